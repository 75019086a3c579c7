import { isParent, lineTable, type MailNode, type Position, type Span, walk } from '#mailast';
import type { Page, Reading } from '../reading.ts';
import { keyOf } from './threads.ts';
import { SCHEMA_VERSION } from './version.ts';

/** A node of unist. Fields of its type stand beside these, as the specification of the tree has them. */
export interface TreeNode {
  type: string;
  position?: Position;
  data?: TreeData;
  children?: TreeNode[];
  [field: string]: unknown;
}

/** What is known about a node beyond its syntax. */
export interface TreeData {
  /** Bytes of the file. */
  source?: Span;
  /** Of a quote: who wrote it, when an attribution says so. */
  speaker?: string;
  /** Of a footnote mark: where it leads, in the message's readable text. */
  footnote?: FootnoteData;
  /** Of a message. */
  key?: string;
  dialect?: string;
  complaints?: readonly { ruleId: string; reason: string; severity: string; place?: Position }[];
}

export type FootnoteData = { state: 'defined'; position: Position } | { state: 'cut-off' } | { state: 'undefined' };

/** The list of a file's messages as the root of one tree. It has no position: each message has a readable text of its own. */
export interface TreeRoot extends TreeNode {
  type: 'mailbox';
  schemaVersion: number;
  path: string;
  dialect: string;
  children: TreeNode[];
}

/** The root without its messages, so that these can be written one by one. */
export function treeRoot(reading: Reading, path: string): TreeRoot {
  const { dialect, complaints } = reading.mailbox;
  const told = complaints.map(({ ruleId, reason, severity }) => ({ ruleId, reason, severity }));
  return { type: 'mailbox', schemaVersion: SCHEMA_VERSION, path, dialect, data: { complaints: told }, children: [] };
}

/** The tree of message `index` with what is known about its nodes; absent when there is no such message. */
export function messageTree(reading: Reading, index: number): TreeNode | undefined {
  const page = reading.page(index);
  if (!page) return undefined;
  const copies: TreeNode[] = [];
  walk(page.message.tree, (node, parents) => {
    const copy = copyOf(page, node);
    copies.length = parents.length;
    copies.at(-1)?.children?.push(copy);
    copies.push(copy);
    return undefined;
  });
  const root = copies[0];
  if (root) root.data = { ...messageData(page, index), ...root.data };
  return root;
}

function copyOf(page: Page, node: MailNode): TreeNode {
  const { start, end } = node.position;
  const data: TreeData = { source: page.place({ start: start.offset, end: end.offset }), ...knownAbout(page, node) };
  return isParent(node) ? { ...node, data, children: [] } : { ...node, data };
}

function knownAbout(page: Page, node: MailNode): TreeData {
  if (node.type === 'quote') {
    const speaker = page.voices.quotes.get(node);
    return speaker === undefined ? {} : { speaker };
  }
  if (node.type !== 'footnoteReference') return {};
  const target = page.footnotes.get(node);
  if (target?.state !== 'defined') return { footnote: { state: target?.state ?? 'undefined' } };
  return { footnote: { state: 'defined', position: target.definition.position } };
}

function messageData(page: Page, index: number): TreeData {
  const table = lineTable(page.message.text);
  return {
    key: keyOf(0, index),
    dialect: page.message.dialect,
    complaints: page.message.complaints.map(({ ruleId, reason, severity, start, end }) => ({
      ruleId,
      reason,
      severity,
      ...(start === undefined ? {} : { place: table.position(start, end ?? start) }),
    })),
  };
}
