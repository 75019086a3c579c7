import { describe, expect, it } from 'vitest';
import { type MessageAnswer, messageAnswer, readBytes } from '#features';
import { bytesSource } from '#mailast';

function answer(file: string): MessageAnswer {
  const bytes = Buffer.from(file, 'latin1');
  const page = readBytes(bytes).page(0);
  if (!page) throw new Error('no message');
  return messageAnswer(page, bytesSource(bytes), '0:0', undefined);
}

const HEADER = 'From: =?utf-8?Q?Example=2C_Ada?= <ada@example.org>, b@example.org\nSubject: tea\n';
const FLOWED = 'Content-Type: text/plain; format=flowed\n\n';

describe('the answer about a flowed mail', () => {
  it('has the text with its lines joined, and as it was sent', () => {
    const { text, textAsSent, lines } = answer(`${HEADER}${FLOWED}> tea \n> and cake\nyes \nplease\n`);
    expect(text).toBe('> tea and cake\nyes please\n');
    expect(textAsSent).toBe('> tea \n> and cake\nyes \nplease\n');
    expect(lines).toHaveLength(text.split('\n').length);
  });

  it('has it once where no line flows', () => {
    expect(answer(`${HEADER}${FLOWED}tea\n`)).not.toHaveProperty('textAsSent');
    expect(answer(`${HEADER}\ntea \nand cake\n`)).not.toHaveProperty('textAsSent');
  });

  it('has each part of a mail as it was sent', () => {
    const parts = ['tea \npot', 'a \nb'].map((body, index) => `--x\n${index === 0 ? FLOWED : '\n'}${body}\n`).join('');
    const mail = `${HEADER}Content-Type: multipart/mixed; boundary=x\n\n${parts}--x\n${FLOWED}c \nd\n--x--\n`;
    expect(answer(mail).text).toBe('tea pot\na \nb\nc d');
    expect(answer(mail).textAsSent).toBe('tea \npot\na \nb\nc \nd');
  });
});

it('parts addresses where they were parted, not at a comma in an encoded word', () => {
  const { from, headers } = answer(`${HEADER}\nx\n`);
  expect(from).toEqual({ name: 'Example, Ada', address: 'ada@example.org' });
  expect(headers[0]?.value).toBe('Example, Ada <ada@example.org>, b@example.org');
});
