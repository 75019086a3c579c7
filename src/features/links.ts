import { type FootnoteReference, type MailNode, walk } from '#mailast';
import { messageIdInUrl, messageIdsOf } from '#reading';
import { plainLine } from './markdown.ts';
import type { DocumentLink } from './plain.ts';
import type { Page, Reading } from './reading.ts';

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
    const { subject = 'no subject' } = page;
    const told = [page.voices.author ?? 'Somebody', page.fields.get('date')?.[0], subject];
    mails.set(id, {
      start: page.message.span.start,
      tooltip: plainLine(told.filter((one) => one !== undefined).join(' \u00b7 ')),
    });
  }
  return mails;
}

function addLink(page: Page, node: MailNode, mails: Mails, found: DocumentLink[]): void {
  const target = targetOf(page, node, mails);
  if (!target) return;
  const place = page.place({ start: node.position.start.offset, end: node.position.end.offset });
  found.push({ place, ...target });
}

function targetOf(page: Page, node: MailNode, mails: Mails): Omit<DocumentLink, 'place'> | undefined {
  const id =
    node.type === 'messageReference' ? node.messageId : node.type === 'link' ? messageIdInUrl(node.url) : undefined;
  const mail = id === undefined ? undefined : mails.get(id);
  // A mail that is here is read here; the address is for those that are not.
  if (mail) return { target: `patchgloss:${mail.start}`, tooltip: mail.tooltip };
  if (node.type === 'link') {
    const address = asciiAddress(node.url);
    return address === undefined ? undefined : { target: address, tooltip: address };
  }
  if (node.type === 'messageReference') {
    const address = `https://lore.kernel.org/all/${encodeURIComponent(node.messageId)}/`;
    return { target: address, tooltip: address, messageId: node.messageId };
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
