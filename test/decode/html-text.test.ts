import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HtmlOptions, htmlText } from '../../src/decode/html-text.ts';

interface Piece {
  text: string;
  start: number;
  end: number;
}

function pieces(html: string, options?: HtmlOptions): Piece[] {
  const all: Piece[] = [];
  htmlText(
    html,
    {
      keep: (start, end) => all.push({ text: html.slice(start, end), start, end }),
      put: (text, start, end) => all.push({ text, start, end }),
    },
    options,
  );
  return all;
}

function read(html: string, options?: HtmlOptions): string {
  return pieces(html, options)
    .map((piece) => piece.text)
    .join('')
    .replace(/\n$/, '');
}

describe('HTML reads as a mail of plain text would', () => {
  it.each([
    ['collapses white space outside of <pre>', ' <p>one\n   two </p> ', 'one two'],
    ['parts paragraphs by an empty line', '<p>one</p><p>two</p>', 'one\n\ntwo'],
    [
      'ends lines at <br> and at blocks',
      '<div>one<br>two</div><div>three<br></div><div>four</div>',
      'one\ntwo\nthree\nfour',
    ],
    ['keeps empty lines that a mailer writes as a block', '<div>one</div><div><br></div><div>two</div>', 'one\n\ntwo'],
    [
      'keeps <pre> as it is, but for the line end behind the tag',
      '<pre>\na  b\n\tc\n\n d</pre>e',
      'a  b\n\tc\n\n d\ne',
    ],
    ['keeps white space where a style says so', '<div style="white-space: pre-wrap">a  b\nc</div>d  e', 'a  b\nc\nd e'],
    [
      'marks quotes',
      'A wrote:<blockquote type=cite>one<blockquote>two</blockquote>three</blockquote>four',
      'A wrote:\n> one\n> > two\n> three\nfour',
    ],
    [
      'marks empty lines inside a quote',
      '<blockquote><p>one</p><p>two</p></blockquote>three',
      '> one\n>\n> two\n\nthree',
    ],
    ['marks lines of <pre> inside a quote', '<blockquote><pre>one\n\n two</pre></blockquote>', '> one\n>\n>  two'],
    ['marks items of lists', '<ul><li>one<li>two<ol><li>a</li><li>b</li></ol></ul>', '- one\n- two\n\n  1. a\n  2. b'],
    ['keeps the space of a signature separator', 'bye<br>-- <br>Ada', 'bye\n-- \nAda'],
    [
      'shows the words of a picture, and fetches none',
      'see <img src="http://x.example/a.png" alt="the graph"> and <img src=x>',
      'see [the graph] and',
    ],
    ['parts cells and rows', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['draws a rule', 'a<hr>b', `a\n${'-'.repeat(40)}\nb`],
    ['joins words that tags stand in', 'o<b>n</b>e <i>two</i>', 'one two'],
  ])('%s', (_, html, text) => {
    expect(read(html)).toBe(text);
  });

  it.each([
    ['drops scripts, styles and titles', '<title>t</title><style>p{}</style>a<script>"<p>x</p>"</SCRIPT >b', 'ab'],
    ['drops comments and declarations', '<!DOCTYPE html>a<!-- <p>x</p> -->b<![if !x]>c<?xml y?>d', 'abcd'],
    ['keeps what CDATA holds, word for word', 'a<![CDATA[<b>&amp;]]>b', 'a<b>&amp;b'],
    ['hides nothing behind a comment without an end', 'a<!-- b> c', 'a c'],
    ['hides nothing behind a script without an end', 'a<script>b', 'ab'],
    ['passes over a > in a quoted value', '<a title="x > y">a</a>', 'a'],
    ['hides little behind a quote without an end', '<a title="x>a b', 'a b'],
    ['keeps a sign that opens nothing', 'a < b && c <3 <', 'a < b && c <3 <'],
    [
      'never ends a quote at the end of what stands around it',
      '<span><blockquote>a</span><br>b</blockquote>c',
      '> a\n> b\nc',
    ],
    ['ignores ends of what is not open', '</blockquote></p></constructor>a', 'a'],
  ])('%s', (_, html, text) => {
    expect(read(html)).toBe(text);
  });

  it.each([
    ['names', '&lt;a&gt; &amp;lt; &eacute;&hellip;&rarr;', '<a> &lt; é…→'],
    ['numbers', '&#65;&#x42;&#X1f600;&#146;', 'AB😀’'],
    ['numbers that are no character', '&#0;&#xd800;&#99999999;', '\ufffd\ufffd\ufffd'],
    ['old names without a semicolon', '&lt b &copy2026', '< b &copy2026'],
    ['what is none', '&unknown; & &; &#; a&b=c', '&unknown; & &; &#; a&b=c'],
    ['spaces that do not break', 'a&nbsp;&nbsp;b\u00a0c', 'a  b c'],
  ])('reads character references: %s', (_, html, text) => {
    expect(read(html)).toBe(text);
  });

  it('shows where a link leads when its text says something else', () => {
    const html =
      '<a href="http://x.example/?a&amp;b">here</a> <a href="https://y.example/">y.example</a> <a href="javascript:x">z</a>';
    expect(read(html, { addresses: true })).toBe('here <http://x.example/?a&b> y.example z');
    expect(read(html)).toBe('here y.example z');
  });

  it('begins inside of <pre> where it is told so', () => {
    expect(read('a  b\n  <b>c</b>\n', { preformatted: true })).toBe('a  b\n  c');
  });
});

describe('the way back of HTML', () => {
  const bits = fc.constantFrom(
    ...'abc <>&"\'=\n/-',
    ...['<p>', '</p>', '<br>', '<pre>', '</pre>', '<blockquote>', '</blockquote>', '&lt;', '&#x41;', '<!--', '-->'],
    ...[
      '<script>',
      '</script>',
      '<li>',
      '<ul>',
      '</ul>',
      '<a href="http://x">',
      '</a>',
      '<td>',
      '\r\n',
      'é😀',
      '<![CDATA[',
      ']]>',
    ],
  );

  it('goes forward only, and each piece has a place of its own', () => {
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), fc.boolean(), (parts, addresses) => {
        const html = parts.join('');
        let at = 0;
        for (const { text, start, end } of pieces(html, { addresses })) {
          if (text === '') continue;
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(html.length);
      }),
      { seed: 11, numRuns: 3000 },
    );
  });

  it.each([
    '<!--',
    '<script>',
    '<a x="',
    "<a x='>",
    '<',
    '<p',
    '</',
    '&',
    '&#',
    '<blockquote>',
    '<ul><li>',
    '</span>',
    '<span>',
    '<![CDATA[',
    '<br>',
    '<pre>\n',
  ])(
    'costs little for %j a hundred thousand times',
    (construct) => {
      const html = construct.repeat(100_000);
      for (const text of [html, `${html}>`, `${html}>"'`]) {
        let units = 0;
        const count = (text: string): void => {
          units += text.length;
        };
        htmlText(text, { keep: (start, end) => count(text.slice(start, end)), put: count }, { addresses: true });
        expect(units).toBeLessThan(200 * text.length);
      }
    },
    5000,
  );
});
