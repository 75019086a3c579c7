import { type FootnoteReference, type MailNode, nodesAt, walk } from '#mailast';
import { messageIdInUrl, messageIdsOf } from '#reading';
import { plainLine } from './markdown.ts';
import type { DocumentLink, Place } from './plain.ts';
import type { Page, Reading } from './reading.ts';
import { type TrailerReference, trailerReference } from './trailer-reference.ts';

/** Addresses, Message-IDs and footnote marks that lead somewhere. What leads nowhere is no link. */
export function links(reading: Reading): DocumentLink[] {
  const found: DocumentLink[] = [];
  const mails = mailsById(reading);
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (page) walk(page.message.tree, (node) => void addLink(page, node, mails, found) as undefined);
  }
  return found;
}

type Mails = ReadonlyMap<string, { start: number; tooltip: string }>;

/** Where the mails begin that a Message-ID may lead to, with who wrote them. Of two with one id the first is meant. */
function mailsById(reading: Reading): Mails {
  const mails = new Map<string, { start: number; tooltip: string }>();
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    const id = messageIdsOf(page?.fields.get('message-id')?.[0] ?? '')[0];
    if (!page || id === undefined || mails.has(id)) continue;
    mails.set(id, { start: page.message.span.start, tooltip: toldOf(page) });
  }
  return mails;
}

/** Who wrote a mail, when, and about what. */
function toldOf(page: Page): string {
  const { subject = 'no subject' } = page;
  const told = [page.voices.author ?? 'Somebody', page.fields.get('date')?.[0], subject];
  return plainLine(told.filter((one) => one !== undefined).join(' \u00b7 '));
}

/** Where message `index` of a source begins, and what a link to it says. */
export function mailTarget(reading: Reading, index: number): { start: number; tooltip: string } | undefined {
  const page = reading.page(index);
  return page && { start: page.message.span.start, tooltip: toldOf(page) };
}

/** The Message-ID that stands at an offset of the source, perhaps in an address. */
export function messageIdAt(reading: Reading, offset: number): { place: Place; messageId: string } | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  const node = page && readable !== undefined ? nodesAt(page.message.tree, readable).at(-1) : undefined;
  const named = page && node && namedBy(page, node);
  const messageId = named && idOf(named.node);
  const isThere = named !== undefined && readable !== undefined && named.start <= readable && readable < named.end;
  return page && isThere && messageId !== undefined ? { place: page.place(named), messageId } : undefined;
}

function idOf(node: Naming): string | undefined {
  if (node.type === 'messageReference') return node.messageId;
  return node.type === 'link' ? messageIdInUrl(node.url) : undefined;
}

function addLink(page: Page, node: MailNode, mails: Mails, found: DocumentLink[]): void {
  const named = namedBy(page, node);
  const target = named && targetOf(page, named.node, mails);
  if (target) found.push({ place: page.place({ start: named.start, end: named.end }), ...target });
}

/** What may lead somewhere: a node of the text, or what a trailer names. */
type Naming = MailNode | TrailerReference['node'];

function namedBy(page: Page, node: MailNode): { node: Naming; start: number; end: number } | undefined {
  if (node.type === 'trailer') return trailerReference(node, page.message.text);
  return { node, start: node.position.start.offset, end: node.position.end.offset };
}

function targetOf(page: Page, node: Naming, mails: Mails): Omit<DocumentLink, 'place'> | undefined {
  const id = idOf(node);
  const mail = id === undefined ? undefined : mails.get(id);
  // A mail that is here is read here; the address is for those that are not.
  if (mail) return { target: `patchgloss:${mail.start}`, tooltip: mail.tooltip };
  if (node.type === 'link') {
    const address = asciiAddress(node.url);
    if (address === undefined) return undefined;
    return { target: address, tooltip: address, ...(id === undefined ? {} : { messageId: id }) };
  }
  if (node.type === 'messageReference') {
    const address = `https://lore.kernel.org/all/${encodeURIComponent(node.messageId)}/`;
    return { target: address, tooltip: address, messageId: node.messageId, bare: true };
  }
  if (node.type === 'commitReference') {
    // The kernel's own short address of a commit; which tree it is in, a mail does not say.
    const address = `https://git.kernel.org/torvalds/c/${node.hash}`;
    return {
      target: address,
      tooltip: node.title === undefined ? address : plainLine(`${node.title} \u00b7 ${address}`),
    };
  }
  return node.type === 'footnoteReference' ? footnoteTarget(page, node) : undefined;
}

function footnoteTarget(page: Page, node: FootnoteReference): Pick<DocumentLink, 'target' | 'tooltip'> | undefined {
  const target = page.footnotes.get(node);
  if (target?.state !== 'defined') return undefined;
  const { start, end } = target.definition.position;
  const place = page.place({ start: start.offset, end: end.offset });
  return { target: `patchgloss:${place.start}`, tooltip: `Footnote [${node.label}]` };
}

/** The whole address in ASCII: a look-alike host shows as punycode. Absent when it is no web address. */
function asciiAddress(url: string): string | undefined {
  try {
    const address = new URL(url);
    return /^https?:$/.test(address.protocol) ? address.href : undefined;
  } catch {
    return undefined;
  }
}
