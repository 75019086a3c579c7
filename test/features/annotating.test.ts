import { describe, expect, test } from 'vitest';
import { anchor, newAnnotation } from '#annotations';
import { anchorAt, placeAnnotations, readBytes, readText } from '#features';
import { mail } from './threads.ts';

const body = 'On Mon, Mar 4, 2024, Ben Okafor wrote:\n> Who needs a pot?\n\nAnybody who drinks tea.\n';

function noteOn(text: string, words: string) {
  const start = text.indexOf(words);
  const spot = anchorAt(readText(text), start, start + words.length, 'thread.eml');
  if (!spot) throw new Error('no spot');
  return {
    spot,
    annotation: newAnnotation({
      id: 'urn:uuid:8f2b0c51-6d0a-4f7e-9a3e-0c1f3d5e7a90',
      textId: 'urn:uuid:1b671a64-40d5-491e-99b0-da01ff1f3341',
      now: '2024-03-04T09:00:00Z',
      kind: 'question',
      text: 'Really?',
      target: anchor(spot),
    }),
  };
}

describe('a note in the margin', () => {
  const { text } = mail(body);

  test('knows the message, the words and who speaks', () => {
    const { spot } = noteOn(text, 'Who needs a pot?');
    expect(spot).toMatchObject({
      messageId: '20240304081231.1-1-ada@example.org',
      speaker: 'Ben Okafor',
      messageIndex: 0,
    });
    expect(spot.text.slice(spot.start, spot.end)).toBe('Who needs a pot?');
  });

  test('is found again in the same mail with other header lines, and in the bytes of the file', () => {
    const { annotation } = noteOn(text, 'Who needs a pot?');
    const moved = `X-Relay: na\u00efve\n${text}`;
    const bytes = new TextEncoder().encode(moved);
    const [placed] = placeAnnotations(readBytes(bytes), [annotation], 'elsewhere.eml');
    expect(placed?.placing.state).toBe('placed');
    expect(new TextDecoder().decode(bytes.slice(placed?.place?.start, placed?.place?.end))).toBe('Who needs a pot?');
  });

  test('is said to be lost when its words are gone, never put elsewhere', () => {
    const { annotation } = noteOn(text, 'Who needs a pot?');
    const [placed] = placeAnnotations(readText(text.replace('Who needs a pot?', 'Whatever.')), [annotation]);
    expect(placed?.placing.state).toBe('lost');
    expect(placed?.place).toBeUndefined();
  });

  test('in a diff knows its file and line', () => {
    const patch = mail(
      '---\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -7,1 +7,2 @@\n fill();\n+heat();\n',
    ).text;
    expect(noteOn(patch, 'heat();').spot.diff).toEqual({ file: 'tea.c', side: 'after', line: 8 });
  });
});
