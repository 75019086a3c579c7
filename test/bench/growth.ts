/** Reads one hard text again and again and prints the least processor time in milliseconds: `growth NAME N`. What else the machine does counts little. */
import { bytesSource } from '#mailast';
import { openMailbox } from '#parse';
import { adversarial } from './adversarial.ts';

const [name = '', n = '1'] = process.argv.slice(2);
const text = adversarial[name]?.(Number(n));
if (text === undefined) throw new Error(`There is no text "${name}".`);
const bytes = Buffer.from(text, 'latin1');
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

let best = Number.POSITIVE_INFINITY;
for (let round = 0; round < 3; round++) {
  const started = processorTime();
  const mailbox = openMailbox(bytesSource(bytes));
  // Half a million empty messages are one text; reading the first of them says what reading costs.
  const messages = Math.min(mailbox.spans.length, 1000);
  for (let index = 0; index < messages; index++) mailbox.message(index);
  best = Math.min(best, processorTime() - started);
}
console.log(JSON.stringify({ milliseconds: best, bytes: bytes.length }));
