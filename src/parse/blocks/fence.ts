import type { Run } from '../construct.ts';

const FENCE = /^ {0,3}(`{3}|~{3})([\w+#.-]{0,20})\s{0,8}$/;
/** No more lines are looked at for the fence that closes. */
const MOST_FENCED = 300;

/** The first line behind a block between fences, empty lines in it included; nothing when no fence closes it. */
export function fenceEnd(run: Run, line: number): number | undefined {
  const open = fenceAt(run, line);
  if (!open) return undefined;
  for (let to = line + 1; to < Math.min(run.to, line + MOST_FENCED); to++) {
    const fence = fenceAt(run, to);
    // A fence that names a language opens a block of its own: the one above was not closed.
    if (fence && fence[1] === open[1]) return fence[2] === '' ? to + 1 : undefined;
  }
  return undefined;
}

function fenceAt(run: Run, line: number): RegExpExecArray | null {
  const { text } = run.heads;
  const start = run.heads.start(line);
  const sign = text.charCodeAt(start);
  if (sign !== BACKTICK && sign !== TILDE && sign !== SPACE) return null;
  return FENCE.exec(text.slice(start, Math.min(run.heads.end(line), start + 40)));
}

const BACKTICK = 0x60;
const TILDE = 0x7e;
const SPACE = 0x20;
