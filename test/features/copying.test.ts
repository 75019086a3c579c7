import { describe, expect, test } from 'vitest';
import { archiveAddress, markdownQuote, plainReply, readText } from '#features';
import { mail } from './threads.ts';

const { text } = mail(
  'On Sun, Mar 3, 2024, Ben Okafor wrote:\n> Why is it *cold*?\n\nThe pot is `cold`.\n- and [empty](http://example.org)\n\n+ one\n\n-- \nAda\n',
);
const reading = readText(text);
const select = (from: string, to: string) => ({ start: text.indexOf(from), end: text.indexOf(to) + to.length });
const nothing = { start: 0, end: 0 };

describe('a message copied', () => {
  test('as a link leads to the archive, whatever its id holds', () => {
    expect(archiveAddress(reading, 0)).toBe('https://lore.kernel.org/all/20240304081231.1-1-ada%40example.org/');
    const odd = readText('From: a@example.org\nSubject: tea\nMessage-ID: <a/../b?c#d@example.org>\n\nTea.\n');
    expect(archiveAddress(odd, 0)).toBe('https://lore.kernel.org/all/a%2F..%2Fb%3Fc%23d%40example.org/');
    expect(archiveAddress(readText('From: a@example.org\nSubject: tea\n\nTea.\n'), 0)).toBeUndefined();
  });

  test('as a plain reply says who wrote it and marks each line once more', () => {
    expect(plainReply(reading, select('Why', 'cold`.'))).toBe(
      'On Mon, 4 Mar 2024 09:12:31 +0100, Ada Lindqvist wrote:\n>> Why is it *cold*?\n>\n> The pot is `cold`.\n',
    );
  });

  test('whole when nothing is selected, without its signature', () => {
    const copied = plainReply(reading, nothing) ?? '';
    expect(copied).toContain('>> Why is it *cold*?');
    expect(copied).toContain('> + one');
    expect(copied).not.toContain('> Ada\n');
  });

  test('as Markdown stays text: nothing of the mail becomes markup', () => {
    const copied = markdownQuote(reading, nothing) ?? '';
    expect(copied.split('\n')[0]).toBe(
      'Ada Lindqvist, Mon, 4 Mar 2024 09:12:31 +0100, [Re: \\[PATCH v2 3/7\\] x86/virt/tdx: Find room for the PAMT](https://lore.kernel.org/all/20240304081231.1-1-ada%40example.org/):',
    );
    expect(copied).toContain('> > Why is it \\*cold\\*?');
    expect(copied).toContain('> The pot is \\`cold\\`.');
    expect(copied).toMatch(/^> \\- and \\\[empty\]/m);
    expect(copied).not.toMatch(/^> [-+] /m);
  });

  test('as Markdown keeps the columns of code', () => {
    const code = mail(
      '---\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1 +1,2 @@\n fill();\n+\theat();\n',
    ).text;
    expect(markdownQuote(readText(code), nothing)).toContain('> +\theat();');
  });
});
