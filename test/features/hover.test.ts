import { describe, expect, test } from 'vitest';
import { hover, readBytes, readText } from '#features';
import { mail } from './threads.ts';

function hoverAt(body: string, subject?: string) {
  const { text, at } = mail(body, subject);
  return { text, answer: hover(readText(text), at) };
}

describe('a hover on a term', () => {
  test('gives the meaning, its reason and the text it covers', () => {
    const { text, answer } = hoverAt('The TDX module needs a PA‸MT for each TDMR.\n');
    expect(answer?.meanings[0]).toMatchObject({ concept: 'pamt', title: 'PAMT' });
    expect(answer?.text).toBe('PAMT');
    expect(text.slice(answer?.place.start, answer?.place.end)).toBe('PAMT');
    expect(answer?.markdown).toContain('**PAMT**');
  });

  test('finds a term that is broken over a line end and a quote mark', () => {
    const { text, answer } = hoverAt(
      'On Mon, Mar 4, 2024, Ben Okafor wrote:\n> For TDX each "TD Memory\n> Re‸gion" has a PAMT.\n',
    );
    expect(answer?.meanings[0]?.concept).toBe('tdmr');
    expect(answer?.spans.map(({ start, end }) => text.slice(start, end))).toEqual(['TD Memory', 'Region']);
    expect(text.slice(answer?.place.start, answer?.place.end)).toBe('Region');
  });

  test('finds a term whose hyphen stands at a line end, in a quote as well', () => {
    const { text, answer } = hoverAt(
      'On Mon, Mar 4, 2024, Ben Okafor wrote:\n> > The guest takes a page-\n> > fau‸lt of KVM.\n',
    );
    expect(answer?.meanings[0]?.concept).toBe('page-fault');
    expect(answer?.spans.map(({ start, end }) => text.slice(start, end))).toEqual(['page-', 'fault']);
  });

  test('opens the simulator with the numbers of the paragraph, and says what they come to', () => {
    const { answer } = hoverAt(
      'On a box with 2 NUMA nodes the TDX module needs PA‸MTs of ~1/256th of 512 GB per node.\n',
    );
    expect(answer?.meanings[0]?.scenario).toMatchObject({
      simulator: 'tdmr-pamt',
      parameters: { nodes: 2, gbPerNode: 512, entryBytes: 16 },
    });
    expect(answer?.markdown?.replaceAll('\\&', '&')).toContain(
      'simulator:tdmr-pamt/one-256th?nodes=2&gbPerNode=512&entryBytes=16',
    );
    expect(answer?.markdown).toMatch(/Simulated:[^\n]*TDMR/);
  });

  test('leaves the kernel of a scenario alone that is about a kernel', () => {
    const { answer } = hoverAt('On v6.16 SEV pins guest memory of a CMA area, before 6.15 without FOLL_LON‸GTERM.\n');
    const scenario = answer?.meanings[0]?.scenario;
    expect(scenario?.simulator).toBe('cma-pins');
    if (scenario?.id === 'sev-pins-before-6.15') expect(scenario.parameters).toEqual({});
  });

  test('says who explains it in this mail, and where', () => {
    const { answer } = hoverAt(
      'On Mon, Mar 4, 2024, Ben Okafor wrote:\n> The Physical Address Metadata Table (PAMT) is the bookkeeping of TDX.\n\nHow large is the PA‸MT of one TDMR?\n',
    );
    expect(answer?.markdown).toMatch(/Ben Okafor spells it out in line 8/);
    expect(answer?.markdown).toContain('bookkeeping of TDX');
  });

  test.each([
    ['in a header field', undefined, '[PATCH] PA‸MT and TDX'],
    ['in a trailer', 'TDX text\n\nReviewed-by: PA‸MT Example <pamt@example.org>\n', undefined],
    ['in a signature', 'TDX text\n\n-- \nPA‸MT\n', undefined],
    ['in an attribution', 'On Mon, Mar 4, 2024, PA‸MT Example wrote:\n> TDX\n', undefined],
    ['in an address', 'See https://example.org/TDX/PA‸MT for more on TDX.\n', undefined],
    ['inside an identifier', 'Call my_PA‸MT_size() for TDX.\n', undefined],
  ])('shows nothing %s', (_place, body, subject) => {
    const marked = mail(body ?? 'TDX\n', subject);
    expect(hover(readText(marked.text), marked.at)).toBeUndefined();
  });

  test('shows nothing in the letters of base64', () => {
    const content = Buffer.from('The PAMT of TDX is large, and the TDX module fills the PAMT.\n').toString('base64');
    const text = mail(`${content}\n`).text.replace('\n\n', '\nContent-Transfer-Encoding: base64\n\n');
    const reading = readText(text);
    expect(reading.page(0)?.mentions.length).toBeGreaterThan(0);
    for (let at = text.indexOf(content); at < text.length; at++) expect(hover(reading, at)).toBeUndefined();
  });

  test('explains the token of a trailer', () => {
    const { answer } = hoverAt('TDX text\n\nReview‸ed-by: PAMT Example <pamt@example.org>\n');
    expect(answer?.meanings[0]?.concept).toBe('reviewed-by');
  });

  test('shows two meanings, the likelier one first, each with its reason and its note', () => {
    const { answer } = hoverAt(
      'Each T‸D of the xHCI ring is read by USB code, also in a TDX guest of KVM.\n',
      'usb in tdx',
    );
    expect(answer?.meanings.length).toBe(2);
    const lines = answer?.markdown.split('\n').filter((line) => line !== '') ?? [];
    expect(lines.length).toBeLessThanOrEqual(6);
    expect(lines.filter((line) => line.includes('*Because* '))).toHaveLength(2);
    expect([...(answer?.markdown ?? '').matchAll(/\]\(concept:([\w-]+)\)/g)].map(([, id]) => id)).toEqual(
      answer?.meanings.map(({ concept }) => concept),
    );
  });

  test('says of a member of a family that it has no note of its own', () => {
    const { answer } = hoverAt('KVM leaves with KVM_EXIT_MM‸IO to userspace.\n');
    expect(answer?.markdown).toContain('A member of KVM_EXIT\\_\\*; this one has no note of its own.');
  });

  test('shows nothing where the word means something else', () => {
    expect(hoverAt('The Unity package is installed by the U‸PM tool.\n', 'editor plugins').answer).toBeUndefined();
  });

  test('reads a file by bytes: places behind a wide character are byte offsets', () => {
    const { text } = mail('na\u00efve \u2014 the TDX module and its PAMT\n');
    const bytes = new TextEncoder().encode(text);
    const at = Buffer.from(bytes).indexOf('PAMT', Buffer.from(bytes).indexOf('TDX module'));
    const answer = hover(readBytes(bytes), at + 1);
    expect(answer?.place).toEqual({ start: at, end: at + 4 });
  });
});

describe('a hover on a footnote mark', () => {
  const body = 'On Mon, Mar 4, 2024, Ben Okafor wrote:\n> see my RFC[*].\n> \n> [*] https://lists.example.org/first\n';

  test('shows what it points at, also glued to a word', () => {
    const { answer } = hoverAt(body.replace('[*].', '[‸*].'));
    expect(answer?.meanings).toEqual([]);
    expect(answer?.markdown).toContain('lists.example.org/first');
  });

  test('says that the definition was cut off with its author\u2019s text', () => {
    const { answer } = hoverAt('On Mon, Mar 4, 2024, Ben Okafor wrote:\n> see my RFC[‸*].\n\n[*] mine\n');
    expect(answer?.markdown).toMatch(/cut off/);
  });
});

describe('a mail from a stranger', () => {
  const hostile = [
    '[x](command:workbench.action.quit)',
    '![x](https://example.org/track.png)',
    '<img src=x onerror=alert(1)>',
    '```\n> code',
    '$(zap) $(sync~spin)',
    '</div><script>alert(1)</script>',
    '**bold** _em_ ~~gone~~ # head',
    'https://example.org/click www.example.org ada@example.org',
    '[ref]: command:foo',
    '\u202e\u2066hidden\u200b',
    '`tick` ``two``',
    '&lt;img&gt; &#91;x&#93;(command:y)',
    '\\[x\\](command:z)',
    '| a | b |\n> |---|---|',
  ];
  const live =
    /(?<!\\)\]\((?!concept:|simulator:|place:)|(?<!\\)<[a-z/!]|(?<!\\)!\[|https?:\/\/|www\.|(?<!\\)`|(?<!\\)\$\(|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

  test.each(hostile)('puts nothing live into a hover: %s', (payload) => {
    const { answer } = hoverAt(
      `On Mon, Mar 4, 2024, Ben ${payload.replace(/[\n:]/g, ' ')} wrote:\n> The Physical Address Metadata Table (PAMT) is ${payload} of TDX.\n\nSo the PA‸MT of TDX.\n`,
    );
    expect(answer?.markdown).toMatch(/spells it out|spelled out/);
    expect(answer?.markdown.replace(/\[[^\]]*\]\((?:concept|simulator|place):[^)]*\)/g, '')).not.toMatch(live);
  });
});
