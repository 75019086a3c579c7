import { type FootnoteReference, type MailNode, walk } from '#mailast';
import type { DocumentLink } from './plain.ts';
import type { Page, Reading } from './reading.ts';

/** Addresses, Message-IDs and footnote marks that lead somewhere. What leads nowhere is no link. */
export function links(reading: Reading): DocumentLink[] {
  const found: DocumentLink[] = [];
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (page) walk(page.message.tree, (node) => void addLink(page, node, found) as undefined);
  }
  return found;
}

function addLink(page: Page, node: MailNode, found: DocumentLink[]): void {
  const target = targetOf(page, node);
  if (!target) return;
  const place = page.place({ start: node.position.start.offset, end: node.position.end.offset });
  found.push({ place, ...target });
}

function targetOf(page: Page, node: MailNode): Pick<DocumentLink, 'target' | 'tooltip'> | undefined {
  if (node.type === 'link') {
    const address = asciiAddress(node.url);
    return address === undefined ? undefined : { target: address, tooltip: address };
  }
  if (node.type === 'messageReference') {
    const address = `https://lore.kernel.org/all/${encodeURIComponent(node.messageId)}/`;
    return { target: address, tooltip: address };
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
