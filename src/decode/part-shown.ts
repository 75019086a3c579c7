import { isBinary } from '#cut';
import type { PartCut } from './parts.ts';
import { unwrap } from './unwrap.ts';

/**
 * Which of the contents a reader is shown: a reason for each part that stays away, by its index in the list; nothing for the others. Text and
 * patches are shown. Of the forms of a multipart/alternative the plain text is, HTML where no text stands before it.
 */
export function omissions(text: string, parts: readonly PartCut[]): ReadonlyMap<number, string> {
  const hidden = otherForms(text, parts);
  const omitted = new Map<number, string>();
  const spoken = new SpokenText();
  for (const [index, part] of parts.entries()) {
    spoken.enter(part);
    if (part.holds !== 'content') continue;
    const reason = hidden.has(index) ? OTHER_FORM : reasonAgainst(text, part, spoken.has);
    if (reason !== undefined) omitted.set(index, reason);
    else if (!isHtml(part) && !isBlank(text, part)) spoken.add();
  }
  return omitted;
}

/** Why a form of a multipart/alternative is not shown. Readers need no line that names it. */
export const OTHER_FORM = 'the same content as the plain text beside it';

/** Whether text was shown so far in the message that holds a part. */
class SpokenText {
  #messages: { depth: number; spoken: boolean }[] = [{ depth: 0, spoken: false }];

  enter(part: PartCut): void {
    while (this.#messages.length > 1 && part.depth < (this.#messages.at(-1)?.depth ?? 0)) this.#messages.pop();
    if (part.holds === 'message') this.#messages.push({ depth: part.depth + 1, spoken: false });
  }

  get has(): boolean {
    return this.#messages.at(-1)?.spoken ?? false;
  }

  add(): void {
    const message = this.#messages.at(-1);
    if (message) message.spoken = true;
  }
}

function reasonAgainst(text: string, part: PartCut, spoken: boolean): string | undefined {
  const { mediaType } = part.type;
  if (isHtml(part)) {
    if (part.isMessage) return undefined;
    return isAttachment(part) || spoken ? 'HTML; only text is shown' : undefined;
  }
  if (/-signature$/.test(mediaType)) return 'a signature, which was not checked';
  if (mediaType === 'application/pgp-encrypted') return 'it says how the next part is encrypted';
  const sure = /^(?:text|message|multipart)\//.test(mediaType) && mediaType !== 'text/rtf';
  const perhaps = isPatch(part) || (part.isMessage && mediaType.startsWith('application/'));
  if (!sure && !perhaps) return NO_TEXT;
  // A plain text mail may hold control characters; an attachment that is full of them is no text, whatever it is called.
  return (perhaps || isAttachment(part)) && isBinary(beginning(text, part)) ? NO_TEXT : undefined;
}

const NO_TEXT = 'it is not text';

/** The forms of each multipart/alternative that say again what its plain text says. Attachments among them are no forms. */
function otherForms(text: string, parts: readonly PartCut[]): ReadonlySet<number> {
  const hidden = new Set<number>();
  for (const [index, part] of parts.entries()) {
    if (part.holds !== 'parts' || part.type.mediaType !== 'multipart/alternative') continue;
    const forms = formsOf(parts, index);
    const plain = forms.find((form) => form.some((one) => isPlain(text, parts[one])));
    for (const form of plain ? forms.filter((one) => one !== plain) : []) {
      for (const one of form) if (isForm(parts[one])) hidden.add(one);
    }
  }
  return hidden;
}

/** The parts of a multipart/alternative with all that they hold, as indexes. */
function formsOf(parts: readonly PartCut[], index: number): number[][] {
  const depth = parts[index]?.depth ?? 0;
  const forms: number[][] = [];
  for (let at = index + 1; (parts[at]?.depth ?? 0) > depth; at++) {
    if (parts[at]?.depth === depth + 1) forms.push([at]);
    else forms.at(-1)?.push(at);
  }
  return forms;
}

function isPlain(text: string, part: PartCut | undefined): boolean {
  return isForm(part) && !isHtml(part) && !isBlank(text, part);
}

function isForm(part: PartCut | undefined): part is PartCut {
  return part?.holds === 'content' && part.type.mediaType.startsWith('text/') && !isAttachment(part);
}

function isHtml({ type }: PartCut): boolean {
  return type.mediaType === 'text/html';
}

/** Whether a part is a thing of its own, with a name, rather than a piece of the message's text. */
export function isAttachment({ disposition, filename }: PartCut): boolean {
  return disposition === 'attachment' || filename !== undefined;
}

function isPatch({ type, filename }: PartCut): boolean {
  return /\/x-(?:patch|diff)$/.test(type.mediaType) || /\.(?:patch|diff)$/i.test(filename ?? '');
}

function isBlank(text: string, { body }: PartCut): boolean {
  return !/\S/.test(text.slice(body.start, body.end));
}

const LOOKED = 6000;

/** What the first units of a body decode to, one unit a byte. */
function beginning(text: string, { body, encoding }: PartCut): string {
  const end = Math.min(body.end, body.start + LOOKED);
  return unwrap(text, { start: body.start, end }, encoding).octets?.units ?? text.slice(body.start, end);
}
