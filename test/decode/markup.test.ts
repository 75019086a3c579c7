import { describe, expect, it } from 'vitest';
import type { MessageCut } from '#cut';
import { decode } from '#decode';
import { bytesSource, textSource } from '#mailast';
import { openMailbox } from '#parse';

const page =
  '<html><h1>Tea &amp; <b>cups</b></h1>\n<li>Ada Example</li><pre>\n&gt; one\n  two &eacute;\n</pre><p>next</p></html>\n';

function span(text: string): { start: number; end: number } {
  const start = page.indexOf(text);
  return { start, end: start + text.length };
}

const cut: MessageCut = {
  dialect: 'page',
  span: { start: 0, end: page.length },
  fields: [
    { name: 'Subject', ...span('Tea &amp; <b>cups</b>'), valueStart: page.indexOf('Tea') },
    { name: 'From', ...span('Ada Example'), valueStart: page.indexOf('Ada') },
  ],
  body: { start: page.indexOf('<pre>'), end: page.length },
  furniture: [span('<p>next</p></html>')],
  breaks: [],
  escapedFrom: false,
  markup: 'html',
  complaints: [],
};

describe('a page that was saved as HTML', () => {
  it.each([textSource(page), bytesSource(Buffer.from(page))])('reads as its text, fields and body', (source) => {
    const { text, fields, body, furniture } = decode(source, cut);
    expect(fields.map(({ value }) => value)).toEqual(['Tea & cups', 'Ada Example']);
    expect(text.slice(body.start, body.end)).toBe('> one\n  two é\nnext\n');
    expect(furniture.map(({ start, end }) => text.slice(start, end).trim())).toEqual(['next']);
  });

  it('leads back to the page', () => {
    const { text, way } = decode(textSource(page), cut);
    const at = text.indexOf('two é');
    expect(way.toSource(at, at + 3)).toEqual(span('two'));
    expect(way.toSource(at + 4, at + 5)).toEqual(span('&eacute;'));
  });
});

describe('mail that is HTML alone', () => {
  const mail =
    'From: a@example.org\nSubject: x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n' +
    '<p>caf=C3=A9 &lt;b=\n&gt;</p><script>bad()</script>\n';

  it('shows its text and says so', () => {
    const { text, complaints, readable } = openMailbox(bytesSource(Buffer.from(mail))).message(0);
    expect(text.slice(readable.body.start)).toBe('café <b>\n');
    expect(complaints.map(({ ruleId }) => ruleId)).toEqual(['html-as-text']);
  });

  it('leads back through the markup and the encoding', () => {
    const { text, way } = openMailbox(bytesSource(Buffer.from(mail))).message(0);
    const source = (piece: string): string => {
      const at = text.indexOf(piece);
      const { start, end } = way.toSource(at, at + piece.length);
      return mail.slice(start, end);
    };
    expect(source('é')).toBe('=C3=A9');
    expect(source('<b>')).toBe('&lt;b=\n&gt;');
  });

  it.each([
    ['<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>\u00f0\u00d2\u00c9', 'При\n'],
    ["<meta charset='windows-1251'><p>\u00cf\u00f0\u00e8</p>", 'При\n'],
    ['<p>\u0093x\u0094</p>', '“x”\n'],
  ])('is read by the charset that it names itself: %s', (html, wanted) => {
    const file = `From: a@example.org\nSubject: x\nContent-Type: text/html\n\n${html}\n`;
    const { text, readable } = openMailbox(bytesSource(Buffer.from(file, 'latin1'))).message(0);
    expect(text.slice(readable.body.start)).toBe(wanted);
  });
});
