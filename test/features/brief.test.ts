import fc from 'fast-check';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { type Annotation, addReply, anchor, changeStatus, newAnnotation } from '#annotations';
import { anchorAt, type Reading, readText } from '#features';
import { briefNotes, briefOf, htmlBrief } from '#features/sharing';

const PATCH = `From: Ada Example <ada@example.org>
Subject: [PATCH 1/1] tea: warm the pot
Date: Mon, 4 Mar 2024 09:12:31 +0100
Message-ID: <1@example.org>

A cold pot cools the water, they say.
Nobody has measured it so far.
`;
const REPLY = `From: Ben Example <ben@example.org>
Subject: Re: [PATCH 1/1] tea: warm the pot
Date: Mon, 4 Mar 2024 10:12:31 +0100
Message-ID: <2@example.org>
In-Reply-To: <1@example.org>

On Mon, 4 Mar 2024 09:12:31 +0100, Ada Example wrote:
> A cold pot cools the water, they say.

I measured it.
`;
const THREAD = [PATCH, REPLY].map((mail) => `From a@example.org Mon Mar  4 09:00:00 2024\n${mail}\n`).join('');

let count = 0;

function noteOn(reading: Reading, text: string, words: string, written: string, more: object = {}): Annotation {
  const at = text.indexOf(words);
  const spot = anchorAt(reading, at, at + words.length);
  if (!spot) throw new Error('no place');
  return newAnnotation({
    id: `urn:example:${count++}`,
    textId: `urn:example:${count++}`,
    now: '2024-03-06T09:00:00Z',
    kind: 'question',
    text: written,
    target: anchor(spot),
    creator: 'Grace Example',
    ...more,
  });
}

function brief(annotations: readonly Annotation[], all = true, text = THREAD) {
  const files = [{ path: 'thread.mbox', reading: readText(text) }];
  const notes = briefNotes(files, annotations, all);
  return { markdown: briefOf(files, notes), html: [...htmlBrief(files, notes)].join('') };
}

const reading = readText(THREAD);

describe('the notes of a reader in a brief', () => {
  const asked = noteOn(reading, THREAD, 'cools the water', 'Does it? See [PAMT](concept:pamt).', { tags: ['heat'] });
  const answered = addReply(asked, {
    textId: 'urn:example:reply',
    text: 'It *does*.',
    now: '2024-03-07T09:00:00Z',
    creator: 'Hal Example',
  });

  test('stand at their place with the words, kind, tags, answers, and that they are resolved', () => {
    const { markdown, html } = brief([changeStatus(answered, 'resolved', '2024-03-08T09:00:00Z')]);
    expect(markdown).toContain('**Question, resolved, by Grace Example, 2024-03-06**, thread.mbox:7, tagged heat');
    expect(markdown).toMatch(/> cools the water\n/);
    expect(markdown).toContain('Does it? See [PAMT](concept:pamt).');
    expect(markdown).toMatch(/Answer by Hal Example, 2024-03-07\n\n\s+It \*does\*\./);
    const [before = '', after = ''] = html.split('<aside class="question"');
    expect(before.endsWith('they say.</span></pre>')).toBe(true);
    expect(after).toContain('<blockquote class="words">cools the water</blockquote>');
    expect(after).toContain('See <a class="term" href="#note-pamt">PAMT</a>');
    expect(after).toContain('<em>does</em>');
    expect(html).toContain('<dt id="note-pamt">');
  });

  test('a quote of their line has them faintly', () => {
    const { markdown, html } = brief([asked]);
    expect(markdown.match(/A line with a note is quoted here/g)).toHaveLength(1);
    expect(html).toMatch(/<p class="faint">A line with a note is quoted here: <a href="#n1">Does it\?/);
    expect(html.indexOf('class="faint"')).toBeGreaterThan(html.indexOf('Ben Example'));
  });

  test('a note about a whole mail stands above its text', () => {
    const whole = { ...asked, target: { type: 'SpecificResource', source: 'mid:2@example.org' } };
    const { markdown, html } = brief([whole]);
    expect(markdown).toContain('2024-03-06**, about the whole mail');
    expect(html).toMatch(/<\/header>\s*<aside class="question" id="n1">/);
  });

  test('one without a place is listed with the reason; of a workspace those about other mail are counted', () => {
    const gone = noteOn(
      readText(PATCH.replace('so far', 'at all, I think')),
      PATCH.replace('so far', 'at all, I think'),
      'at all, I think',
      'Who?',
    );
    const other = {
      ...gone,
      id: 'urn:example:other',
      target: { type: 'SpecificResource', source: 'mid:elsewhere@example.org' },
    };
    const every = brief([gone, other]);
    expect(every.markdown).toMatch(/# Notes without a place\n\n\* \*\*Question, by Grace/);
    expect(every.markdown).toContain('The message is not here.');
    const own = brief([gone, other], false);
    expect(own.markdown).not.toContain('The message is not here.');
    expect(own.markdown).toContain('One more note is about other mail.');
    expect(own.html).toContain('<h1>Notes without a place</h1>');
    expect(own.html).toContain('<blockquote class="words">at all, I think</blockquote>');
  });

  test('without notes a brief is as it was', () => {
    const { markdown, html } = brief([]);
    expect(markdown).not.toContain('Notes');
    expect(html).not.toContain('<aside');
  });
});

describe('what a note may hold', () => {
  const small = readText(PATCH);
  const said = (written: string) => brief([noteOn(small, PATCH, 'cools the water', written)], true, PATCH);

  test('no HTML, no picture, and links to notes, simulators and the web only', () => {
    const hostile = [
      'x <script>alert(1)</script> <b onclick=x>b</b>',
      '',
      '<img src=x onerror=y>',
      '',
      '![pixel](https://example.org/pixel)',
      '[a](javascript:x) [b](command:patchgloss.x) [c](file:///etc) [d](vscode://x) [e][ref] <javascript:alert(1)>',
      '[f](https://example.org/"onmouseover="x) [g](simulator:tdmr-pamt/one-chunk?nodes=2) [h](concept:pamt)',
      '',
      '[ref]: data:text/html,x',
    ].join('\n');
    const { markdown, html } = said(hostile);
    const aside = html.slice(html.indexOf('<aside'), html.indexOf('</aside>'));
    const tags = [...aside.matchAll(/<(\w+)([^>]*)>/g)].map(([, name = '', attributes = '']) => `${name}${attributes}`);
    expect(tags.filter((tag) => /^(?:script|img|b\b.+)/.test(tag))).toEqual([]);
    expect(tags.filter((tag) => tag.startsWith('a '))).toEqual([
      'a href="https://example.org/%22onmouseover=%22x" rel="noopener noreferrer nofollow"',
      'a class="term" href="#note-pamt"',
    ]);
    expect(linksIn(markdown).filter((url) => !/^(?:https?|concept|simulator):/.test(url))).toEqual([]);
    expect(markdown).toContain('](simulator:tdmr-pamt/one-chunk?nodes=2)');
  });

  test.each([
    ['[https://lists.example.org/a](https://evil.example/b)', 'https://evil.example/b', 'evil.example'],
    ['[see **lists.example.org**](https://evil.example/b)', 'https://evil.example/b', 'evil.example'],
    [
      '[lists.example.org](https://lists.ex\u0430mple.org/)',
      'https://lists.xn--exmple-4nf.org/',
      'lists.xn--exmple-4nf.org',
    ],
    ['[here](https://lists.example.org@evil.example/)', undefined, undefined],
    ['[lists.example.org](https://lists.example.org/b)', 'https://lists.example.org/b', undefined],
    ['[the patch](https://evil.example/b)', 'https://evil.example/b', undefined],
  ])('a link says where it leads when its words name another place: %s', (written, address, told) => {
    const { markdown, html } = said(written);
    const aside = html.slice(html.indexOf('<aside'), html.indexOf('</aside>'));
    expect(/href="([^"]*)"/.exec(aside)?.[1]).toBe(address);
    expect(linksIn(markdown).filter((url) => url.startsWith('http'))).toEqual(address === undefined ? [] : [address]);
    expect(/ \(([\w.-]+)\)<\/p>/.exec(aside)?.[1]).toBe(told);
  });

  test('lists, quotes, code and emphasis', () => {
    const { markdown, html } = said('# Title\n\n1. one\n2. `two`\n\n> said\n\n```c\nint x;\n  y <z>;\n```');
    expect(html).toContain('<p><strong>Title</strong></p><ol start="1"><li>one</li><li><code>two</code></li></ol>');
    expect(html).toContain('<blockquote><p>said</p></blockquote><pre>int x;\n  y &lt;z&gt;;</pre>');
    expect(markdown).toContain('  1. one');
    expect(markdown).not.toMatch(/^# Title/m);
  });

  test('whatever is written, there is no element and no live link of its own in what comes out', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '](',
      '[',
      '![',
      ')',
      '`',
      '```\n',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '*',
      '_',
      '&lt;',
      '<a href=x>',
      'javascript:x',
      'command:y',
      'https://example.org/',
      '\\',
      '"',
      "'",
      '|',
      '\u202e',
      '\0',
      '<!--',
      '-->',
      ']: ',
      '    ',
      '<pre>',
      '</aside>',
      'words',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const { markdown, html } = said(pieces.join(''));
        for (const [, name = ''] of html.matchAll(/<\/?([a-z1-6!]+)/gi)) expect(ELEMENTS).toContain(name.toLowerCase());
        expect(html).not.toMatch(/href="(?!#|https?:)/);
        expect(html.match(/<aside/g)?.length).toBe(html.match(/<\/aside>/g)?.length);
        for (const url of linksIn(markdown)) expect(url).toMatch(/^(?:https?|concept|simulator):/);
        expect(`${markdown}${html}`).not.toMatch(/[\0\u202e]/);
      }),
      { seed: 8, numRuns: 40 },
    );
  });

  test('a text that would take long to read as Markdown stands as it is written', () => {
    const longs = ['> '.repeat(2000), '1) '.repeat(1300), '_a*'.repeat(1300), '['.repeat(4000), 'x\n'.repeat(50_000)];
    const annotations = longs.map((long) => noteOn(small, PATCH, 'cools the water', long));
    const start = performance.now();
    expect(brief(annotations, true, PATCH).markdown.match(/\*\*Question/g)).toHaveLength(5);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

const ELEMENTS = [
  '!doctype',
  'html',
  'head',
  'meta',
  'title',
  'style',
  'body',
  'main',
  'article',
  'header',
  'h1',
  'h2',
  'h3',
  'p',
  'pre',
  'span',
  'aside',
  'b',
  'blockquote',
  'br',
  'ul',
  'ol',
  'li',
  'em',
  'strong',
  'code',
  'a',
  'hr',
  'section',
  'dl',
  'dt',
  'dd',
  'footer',
  'div',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
];

/** The targets of all links and pictures, and of HTML, that a reader of Markdown finds. */
function linksIn(markdown: string): string[] {
  const found: string[] = [];
  const walk = (node: { type: string; url?: string; children?: object[] }): void => {
    if (node.type === 'html') found.push('html');
    if (node.type === 'image') found.push('image');
    if (node.url !== undefined) found.push(node.url);
    for (const child of node.children ?? []) walk(child as typeof node);
  };
  walk(unified().use(remarkParse).parse(markdown));
  return found;
}
