import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Reading, readBytes } from '#features';
import { bodyLinesOf } from '#reading';
import { corpus, filesOf } from './corpus.ts';
import type { MadeMail } from './quoting.ts';

/** Every so many mails are quoted; all of them with PATCHGLOSS_CONFORMANCE=full. */
export const EVERY = process.env.PATCHGLOSS_CONFORMANCE === 'full' ? 1 : 5;

export const NAMES = ['Ada Example', 'Ben Muster', 'Cleo Modelo', 'Dan Voorbeeld', 'Eve Esempio'];

/** Mails of real threads whose own words are long enough to be answered. */
export function originals(): string[][] {
  const bodies: string[][] = [];
  for (const file of filesOf('threads', '.mbox')) {
    const reading = readBytes(readFileSync(join(corpus, 'threads', file)));
    for (let index = 0; index < reading.messages && index < 30; index++) {
      const lines = ownLines(reading, index);
      if (lines.length > 15 && lines.length < 800) bodies.push(lines);
    }
  }
  return bodies;
}

function ownLines(reading: Reading, index: number): string[] {
  const message = reading.page(index)?.message;
  if (!message) return [];
  const body = bodyLinesOf(message);
  const own = body.lines.filter(({ depth, kind }) => depth === 0 && kind !== 'attribution');
  const texts = own.map(({ start, end }) => message.text.slice(start, end).trimEnd());
  return texts.map((text) => (text.startsWith('>') || text.startsWith('From ') ? `x ${text}` : text));
}

/** Each mail answers the one before. Nobody has a name in common with somebody else. */
export function mailbox(mails: readonly MadeMail[]): string {
  return mails
    .map(({ lines }, index) => {
      const references = mails.slice(0, index).map((_, at) => `<${at}@example.org>`);
      return [
        'From mboxrd@z Thu Jan  1 00:00:00 1970',
        `From: ${NAMES[index]} <speaker${index}@example.org>`,
        'To: list@example.org',
        `Subject: ${index === 0 ? '' : 'Re: '}the kettle`,
        `Date: Mon, 0${index + 1} Jan 2024 10:00:00 +0000`,
        `Message-ID: <${index}@example.org>`,
        ...(index === 0 ? [] : [`In-Reply-To: ${references.at(-1)}`, `References: ${references.join(' ')}`]),
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        ...lines.map(({ text }) => text),
        '',
      ].join('\n');
    })
    .join('\n');
}
