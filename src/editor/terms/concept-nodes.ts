import type * as vscode from 'vscode';
import type { TermMention, ThreadMessage, ThreadTerm, ThreadTerms, Unexplained, WrittenOut } from '#features';

/** What the view shows. */
export interface Shown {
  document: vscode.TextDocument;
  terms: ThreadTerms;
  /** Whether an offset is in a message of the thread. */
  holds(offset: number): boolean;
}

/** `id` of a term is that of its note: commands on the node take it for an argument. */
export type Node =
  | { kind: 'field'; field: string; terms: readonly ThreadTerm[] }
  | { kind: 'term'; id: string; term: ThreadTerm }
  | { kind: 'written' | 'unexplained'; candidates: readonly (Unexplained | WrittenOut)[] }
  | { kind: 'candidate'; candidate: Unexplained | WrittenOut }
  | { kind: 'message'; of: string; message: ThreadMessage; mentions: readonly TermMention[] }
  | { kind: 'mention'; of: string; mention: TermMention };

export function roots({ terms: { explained, written, unexplained } }: Shown, byField: boolean): Node[] {
  const nodes = byField ? fields(explained) : explained.map(termNode);
  if (written.length > 0) nodes.push({ kind: 'written', candidates: written });
  if (unexplained.length > 0) nodes.push({ kind: 'unexplained', candidates: unexplained });
  return nodes;
}

/** By the first word of the field, `TDX · host memory` under TDX; the field with the heaviest term first. */
function fields(terms: readonly ThreadTerm[]): Node[] {
  const groups = new Map<string, ThreadTerm[]>();
  for (const term of terms) {
    const field = term.field.split(' \u00b7 ')[0] ?? term.field;
    const group = groups.get(field);
    if (group) group.push(term);
    else groups.set(field, [term]);
  }
  return [...groups].map(([field, inField]) => ({ kind: 'field', field, terms: inField }));
}

function termNode(term: ThreadTerm): Node {
  return { kind: 'term', id: term.concept, term };
}

export function childrenOf({ terms }: Shown, node: Node): Node[] {
  switch (node.kind) {
    case 'field':
      return node.terms.map(termNode);
    case 'written':
    case 'unexplained':
      return node.candidates.map((candidate) => ({ kind: 'candidate', candidate }));
    case 'term':
      return messagesWith(terms, node.id, node.term.mentions);
    case 'candidate':
      return messagesWith(terms, node.candidate.text, node.candidate.mentions);
    case 'message':
      return node.mentions.map((mention) => ({ kind: 'mention', of: node.of, mention }));
    case 'mention':
      return [];
  }
}

function messagesWith({ messages }: ThreadTerms, of: string, mentions: readonly TermMention[]): Node[] {
  const byMessage = new Map<number, TermMention[]>();
  for (const mention of mentions) {
    const here = byMessage.get(mention.message);
    if (here) here.push(mention);
    else byMessage.set(mention.message, [mention]);
  }
  return messages.flatMap((message): Node[] => {
    const here = byMessage.get(message.index);
    return here ? [{ kind: 'message', of, message, mentions: here }] : [];
  });
}
