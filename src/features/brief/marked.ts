import type { MessageAnswer } from '../answers/index.ts';

/** A stretch of one line: plain, or a term, or a link. */
export interface Stretch {
  text: string;
  /** The id of the note. */
  concept?: string;
  /** A web address. */
  url?: string;
}

interface Mark {
  start: number;
  end: number;
  concept?: string;
  url?: string;
}

/** The lines of a message's text with what stands in them. A term that lies in a link gives way to it. */
export function markedLines(message: MessageAnswer): Stretch[][] {
  const marks = new Map<number, Mark[]>();
  const add = (line: number, mark: Mark): void => {
    const known = marks.get(line);
    if (known) known.push(mark);
    else marks.set(line, [mark]);
  };
  for (const { kind, target, text, line, column } of message.links) {
    if (kind === 'url' && target !== undefined)
      add(line, { start: column - 1, end: column - 1 + text.length, url: target });
  }
  for (const { concept, spans } of message.mentions) {
    for (const span of spans) add(span.line, { start: span.column - 1, end: span.endColumn - 1, concept });
  }
  return message.text.split('\n').map((line, index) => stretches(line, marks.get(index + 1) ?? []));
}

function stretches(line: string, marks: Mark[]): Stretch[] {
  const found: Stretch[] = [];
  let done = 0;
  for (const { start, end, ...known } of marks.sort((a, b) => a.start - b.start)) {
    if (start < done) continue;
    if (start > done) found.push({ text: line.slice(done, start) });
    found.push({ text: line.slice(start, end), ...known });
    done = end;
  }
  if (done < line.length || found.length === 0) found.push({ text: line.slice(done) });
  return found;
}
