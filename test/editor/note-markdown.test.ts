import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteLinkCommands, noteMarkdown } from '../../src/editor/annotations/note-markdown.ts';

describe('a note is shown with', () => {
  test('links to notes of the glossary and to simulators', () => {
    expect(noteMarkdown('See [PAMT](concept:pamt).')).toMatch(/\]\(command:patchgloss\.openConceptNote\?/);
    expect(noteMarkdown('[Run](simulator:tdmr-pamt/one-chunk)')).toMatch(/\]\(command:patchgloss\.openSimulator\?/);
    expect(noteMarkdown('[lore](https://lore.example.org/x)')).toBe('[lore](https://lore.example.org/x)');
  });

  test('no other command, no picture, and no link to a file of a mail', () => {
    const shown = noteMarkdown(
      '[x](command:workbench.action.quit) ![p](https://example.org/p.png) [y](attachment:0/1)',
    );
    expect(shown).not.toMatch(/command:/);
    expect(shown).not.toMatch(/(?<!\\)!\[|!(?=\[)/);
    expect(shown).toContain('[y]()');
  });

  test('nothing that anybody can write runs another command', () => {
    const pieces = fc.constantFrom(
      '[x](',
      'command:',
      'COMMAND:',
      'concept:',
      'simulator:',
      'a',
      '/',
      '?',
      '!',
      '[',
      ')',
      '<',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (text) => {
        for (const [, command = ''] of noteMarkdown(text.join('')).matchAll(/command:([\w.]*)/gi))
          expect(noteLinkCommands).toContain(command);
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});
