import { type DiffFile, type HunkLine, type Message, walk } from '#mailast';
import type { MessageReading } from '#parse';
import { type Case, filesOf, open, suite } from './corpus.ts';

/** Where a line of a patch stands, as the mail that carries the patch says. */
interface Place {
  before: number | undefined;
  after: number | undefined;
  file: string | undefined;
}

/** The lines of the diffs in a message, quoted or not, with the file they belong to. */
function diffLines(tree: Message, quoted: boolean): { line: HunkLine; file: DiffFile }[] {
  const lines: { line: HunkLine; file: DiffFile }[] = [];
  walk(tree, (node, parents) => {
    if (node.type !== 'hunkLine' || node.wrapped) return undefined;
    const file = parents.find((parent) => parent.type === 'diffFile');
    if (file && parents.some((parent) => parent.type === 'quote') === quoted) lines.push({ line: node, file });
    return undefined;
  });
  return lines;
}

/** Mail programs change the white space of what they quote. */
function keyOf(change: string, value: string): string {
  return `${change} ${value.trim()}`;
}

function placesIn(message: MessageReading): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const { line, file } of diffLines(message.tree, false)) {
    const key = keyOf(line.change, line.value);
    const known = places.get(key) ?? [];
    known.push({ before: line.beforeNumber, after: line.afterNumber, file: file.after ?? file.before });
    places.set(key, known);
  }
  return places;
}

function idIn(message: MessageReading, field: string): string | undefined {
  const header = message.tree.children.find((child) => child.type === 'header');
  const value = header?.children.find((one) => one.name.toLowerCase() === field)?.value;
  return /<([^<>\s]+)>/.exec(value ?? '')?.[1];
}

/** The patches above a message, by In-Reply-To. */
function patchesAbove(
  index: number,
  messages: readonly MessageReading[],
  patches: readonly Map<string, Place[]>[],
): Map<string, Place[]>[] {
  const byId = new Map(messages.map((message, at) => [idIn(message, 'message-id'), at]));
  const above: Map<string, Place[]>[] = [];
  const seen = new Set<number>();
  let at: number | undefined = index;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const places = patches[at];
    if (places && places.size > 0 && at !== index) above.push(places);
    const message: MessageReading | undefined = messages[at];
    const parent: string | undefined = message && idIn(message, 'in-reply-to');
    at = parent === undefined ? undefined : byId.get(parent);
  }
  return above;
}

/** What is wrong with the quoted diffs of a reply: a number or a file that the patch does not give, a changed line that is not seen. */
function mistakes(message: MessageReading, patches: readonly Map<string, Place[]>[]): string[] {
  const found: string[] = [];
  const placesOf = (change: string, value: string): Place[] =>
    patches.flatMap((places) => places.get(keyOf(change, value)) ?? []);
  const seen = new Set<number>();
  for (const { line, file } of diffLines(message.tree, true)) {
    seen.add(line.position.start.line);
    const places = placesOf(line.change, line.value);
    if (places.length === 0 || line.value.trim() === '') continue;
    const { beforeNumber: before, afterNumber: after } = line;
    const isNumbered = before !== undefined || after !== undefined;
    if (isNumbered && !places.some((place) => place.before === before && place.after === after))
      found.push(`line ${line.position.start.line} has a wrong number`);
    const name = file.after ?? file.before;
    if (name !== undefined && !places.some((place) => place.file === name))
      found.push(`line ${line.position.start.line} is not of ${name}`);
  }
  for (const [at, text] of message.text.split('\n').entries()) {
    const [, mark, value = ''] = /^(?:> ?)+([+-])(.*)$/.exec(text) ?? [];
    if (mark === undefined || value.trim().length < 4 || seen.has(at + 1)) continue;
    if (placesOf(mark === '+' ? 'added' : 'removed', value).length > 0) found.push(`line ${at + 1} is not seen`);
  }
  return found;
}

const LIST = 'one line that was quoted alone, with the marks of a list, may be prose as well as a line of a patch';
const EMPTY = 'the mail program dropped an empty line of context between two others: nothing in the quote tells';

/** Each case is a reply that quotes lines of the patch it answers: all of them are known, with the right numbers or with none. */
suite(
  'threads: quoted diffs',
  190,
  () =>
    filesOf('threads', '.mbox').flatMap((name): Case[] => {
      const mailbox = open('threads', name);
      const messages = mailbox.spans.map((_, index) => mailbox.message(index));
      const places = messages.map(placesIn);
      return messages.flatMap((message, index) => {
        const patches = patchesAbove(index, messages, places);
        if (patches.length === 0 || diffLines(message.tree, true).length === 0) return [];
        const found = mistakes(message, patches);
        return [{ id: `${name} ${index}`, passes: found.length === 0, because: found.slice(0, 3).join(', ') }];
      });
    }),
  { 't059.mbox 61': LIST, 't059.mbox 65': LIST, 't059.mbox 79': EMPTY },
);
