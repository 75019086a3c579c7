import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hover, readText } from '#features';
import { hoverCommands, readSimulatorTarget, withCommands } from '../../src/editor/hover-markdown.ts';

const origin = { uri: 'file:///mail.mbox', start: 3, end: 7, label: '' };

/** The command links of a Markdown text: command and arguments. */
function commandsIn(markdown: string): { command: string; argument: unknown }[] {
  return [...markdown.matchAll(/(?<!\\)\]\(command:([\w.]+)\?([^)]*)\)/g)].map(([, command = '', query = '']) => ({
    command,
    argument: JSON.parse(decodeURIComponent(query))[0],
  }));
}

describe('the links of a hover', () => {
  test('a note link runs the command for notes with its id and the place in the mail', () => {
    expect(commandsIn(withCommands('[Note](concept:pamt)', origin))).toEqual([
      { command: 'patchgloss.openConceptNote', argument: { id: 'pamt', origin } },
    ]);
    expect(commandsIn(withCommands('[Note](concept:pamt)', undefined))).toEqual([
      { command: 'patchgloss.openConceptNote', argument: 'pamt' },
    ]);
  });

  test('a simulator link carries scenario, values and the place in the mail', () => {
    expect(commandsIn(withCommands('[Run](simulator:tdmr-pamt/one-chunk?nodes=2&hole=true&by=any)', origin))).toEqual([
      {
        command: 'patchgloss.openSimulator',
        argument: {
          simulator: 'tdmr-pamt',
          scenario: 'one-chunk',
          values: { nodes: 2, hole: true, by: 'any' },
          fromText: ['nodes', 'hole', 'by'],
          origin,
        },
      },
    ]);
  });

  test('an attachment link saves that part of the mail under the pointer', () => {
    expect(commandsIn(withCommands('[Save](attachment:0/2)', origin))).toEqual([
      { command: 'patchgloss.saveAttachment', argument: { uri: 'file:///mail.mbox', message: 0, part: 2 } },
    ]);
  });

  test('a place link leads to an offset of the mail under the pointer, and only there', () => {
    expect(commandsIn(withCommands('[First use](place:120)', origin))).toEqual([
      { command: 'patchgloss.showPlace', argument: { uri: 'file:///mail.mbox', offset: 120 } },
    ]);
    for (const target of ['-1', '1e3', '0x10', '120/1', 'file:///etc', '1234567890123']) {
      expect(commandsIn(withCommands(`[First use](place:${target})`, origin))).toEqual([]);
    }
    expect(commandsIn(withCommands('[First use](place:120)', undefined))).toEqual([]);
  });

  test('the numbers of a paragraph arrive as values', () => {
    const text =
      'From: a@example.org\nSubject: TDX\nDate: Mon, 8 Jan 2024 10:00:00 +0000\n\nThe TDX module needs PAMTs on 2 NUMA nodes with 512 GB per node.\n';
    const markdown = hover(readText(text), text.indexOf('PAMTs'))?.markdown ?? '';
    const run = commandsIn(withCommands(markdown, origin)).find(
      ({ command }) => command === 'patchgloss.openSimulator',
    );
    expect(run?.argument).toMatchObject({ values: { nodes: 2, gbPerNode: 512 }, fromText: ['nodes', 'gbPerNode'] });
  });

  test('a scenario may have a kernel version in its id', () => {
    expect(readSimulatorTarget('cma-pins/sev-pins-before-6.15')?.scenario).toBe('sev-pins-before-6.15');
  });

  test.each([
    '[x](concept:../../etc)',
    '[x](concept:PAMT)',
    '[x](simulator:a/b/c)',
    '[x](simulator:%zz)',
    '[x](simulator:a?b=%zz)',
    '[x](simulator:a?__proto__=1)',
    '[x](attachment:0)',
    '[x](attachment:0/-1)',
    '[x](attachment:../x)',
  ])('%s leads nowhere', (link) => {
    expect(withCommands(link, origin)).toBe('[x]()');
  });

  test('an escaped bracket is text', () => {
    expect(withCommands('\\[x\\](concept:pamt)', origin)).toBe('\\[x\\](concept:pamt)');
  });

  test('a command link that was already in the text is broken', () => {
    for (const hostile of [
      '[x](command:workbench.action.quit)',
      '<COMMAND:x>',
      '[x](command:patchgloss.openSimulator?%5B%5D)',
    ]) {
      expect(withCommands(hostile, origin)).not.toMatch(/command:/i);
    }
  });

  test('whatever the text says, only our commands come out, with checked arguments', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      'command:',
      'concept:',
      'simulator:',
      'a',
      '/',
      '?',
      '=',
      '&',
      '%',
      '\\',
      '<',
      '>',
      '"',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const { command, argument } of commandsIn(withCommands(pieces.join(''), origin))) {
          expect(hoverCommands).toContain(command);
          expect(typeof argument === 'string' || typeof argument === 'object').toBe(true);
        }
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

describe('words of a hostile mail in a hover', () => {
  const hostile = [
    '](command:workbench.action.terminal.new)',
    '[click](command:patchgloss.openSimulator?%5B%22x%22%5D)',
    '<img src=x onerror=alert(1)>',
    '$(warning) `code` **bold**',
    '![picture](https://example.org/track.png)',
    '[Run](simulator:tdmr-pamt/one-chunk)',
    '<command:workbench.action.quit>',
    '\u202e]( command:x )',
  ];

  test.each(hostile)('%s stays text', (words) => {
    const said = `The Physical Address Metadata Table (PAMT) ${words} holds the TDX module's metadata of TDMRs.`;
    const mail = `From: Ada ${words} <ada@example.org>\nSubject: [PATCH] TDX ${words}\nMessage-ID: <1@example.org>\n\nOn Mon, 1 Jan 2024, Bo ${words} wrote:\n> ${said}\n\nThe PAMT of a TDMR is large.\n`;
    const answer = hover(readText(mail), mail.lastIndexOf('PAMT'));
    expect(answer).toBeDefined();
    const markdown = withCommands(answer?.markdown ?? '', origin);
    for (const { command } of commandsIn(markdown)) expect(hoverCommands).toContain(command);
    const ours = commandsIn(
      withCommands(
        hover(readText(mail.replaceAll(words, 'indeed')), mail.replaceAll(words, 'indeed').lastIndexOf('PAMT'))
          ?.markdown ?? '',
        origin,
      ),
    );
    // The same links as in the same mail without the hostile words: the mail added none.
    expect(commandsIn(markdown).map(({ command }) => command)).toEqual(ours.map(({ command }) => command));
    expect(markdown).not.toMatch(/(?<!\\)!\[|(?<!\\)<img|(?<!\\)\$\(warning/);
  });
});
