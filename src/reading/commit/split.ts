import { isScissors } from '#parse';

export interface SplitOptions {
  /** What stands above a line of scissors is no part of the commit. */
  scissors?: boolean;
  /** Whether `From:`, `Subject:` and `Date:` at the top of a body count; they do when this is absent. */
  inBodyHeader?: boolean;
}

export type FieldName = 'from' | 'subject' | 'date';

/** A body as git parts it: what it says about itself, the message of the commit, the patch. */
export interface CommitText {
  /** As written; encoded words are not decoded, folded lines are joined. */
  fields: Partial<Record<FieldName, string>>;
  message: string;
  /** From the line that ends the message to the end; empty when no line does. */
  patch: string;
}

/** Parts a body. One pass over the lines of the message. */
export function splitCommit(body: string, options: SplitOptions = {}): CommitText {
  return new Splitting(body, options).run();
}

class Splitting {
  #body: string;
  #options: SplitOptions;
  #fields: CommitText['fields'] = {};
  /** The field whose folded lines may follow. */
  #open: { name: FieldName; value: string } | undefined;
  #atTop = true;
  #messageStart = 0;

  constructor(body: string, options: SplitOptions) {
    this.#body = body;
    this.#options = options;
  }

  run(): CommitText {
    const body = this.#body;
    for (let start = 0; start < body.length; ) {
      const lf = body.indexOf('\n', start);
      const end = lf === -1 ? body.length : lf + 1;
      const line = body.slice(start, end);
      if (this.#atTop && this.#takesAtTop(line)) this.#messageStart = end;
      else {
        this.#atTop = false;
        if (this.#options.scissors && isScissors(line)) this.#cutAbove(end);
        else if (beginsPatch(line)) return this.#finish(start);
      }
      start = end;
    }
    return this.#finish(body.length);
  }

  /** Empty lines and fields above the message. An empty line behind fields ends them. */
  #takesAtTop(line: string): boolean {
    if (line === '\n' || line === '') {
      this.#atTop = this.#open === undefined;
      this.#close();
      return true;
    }
    return this.#options.inBodyHeader !== false && this.#takesField(line);
  }

  #takesField(line: string): boolean {
    if (this.#open && /^[ \t]/.test(line) && !(this.#options.scissors && isScissors(line))) {
      this.#open.value = `${this.#open.value} ${line.trim()}`;
      return true;
    }
    this.#close();
    // What `git format-patch` writes above a patch, pasted; an mbox has put the mark before it.
    if (/^>?From [0-9a-f]{40} Mon Sep 17 00:00:00 2001\n$/.test(line)) return true;
    if (/^\[PATCH\]\s/.test(line)) {
      this.#fields.subject = line.trimEnd();
      return true;
    }
    const match = /^(from|subject|date):\s/i.exec(line.slice(0, 9));
    const name = FIELDS.find((one) => one === match?.[1]?.toLowerCase());
    if (!name || this.#fields[name] !== undefined) return false;
    this.#open = { name, value: line.slice(name.length + 2).trim() };
    return true;
  }

  #close(): void {
    if (this.#open) this.#fields[this.#open.name] = this.#open.value;
    this.#open = undefined;
  }

  #cutAbove(end: number): void {
    this.#messageStart = end;
    this.#atTop = true;
    this.#fields = {};
  }

  #finish(patchStart: number): CommitText {
    this.#close();
    return {
      fields: this.#fields,
      message: this.#body.slice(this.#messageStart, patchStart),
      patch: this.#body.slice(patchStart),
    };
  }
}

const FIELDS: readonly FieldName[] = ['from', 'subject', 'date'];

/** `diff -`, `Index: `, `--- tea.c`, or `---` with nothing but white space behind it. The line end belongs to the line. */
export function beginsPatch(line: string): boolean {
  if (line.startsWith('diff -') || line.startsWith('Index: ')) return true;
  if (!line.startsWith('---') || line.length < 4) return false;
  return /^--- \S/.test(line) || /^---\s*\n$/.test(line.slice(0, 1000));
}
