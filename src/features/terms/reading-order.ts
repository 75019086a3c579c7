import type { Glossary } from '#concepts';
import type { ThreadTerm } from './plain.ts';

type Needs = Map<string, Set<string>>;

/**
 * Terms in an order to read them in: each after those that its summary uses, and where that can be, after those it names as related which do not
 * name it. Among terms that wait for nothing the heaviest comes first; where a circle waits for itself, the heaviest of it opens it.
 */
export function inReadingOrder(terms: readonly ThreadTerm[], glossary: Glossary): ThreadTerm[] {
  const heaviest = [...terms].sort((one, other) => other.weight - one.weight);
  const ids = new Set(heaviest.map(({ concept }) => concept));
  const among = (id: string, others: readonly string[]) => new Set(others.filter((one) => one !== id && ids.has(one)));
  const used: Needs = new Map(heaviest.map((term) => [term.concept, among(term.concept, usedBy(term, glossary))]));
  const related: Needs = new Map(heaviest.map(({ concept: id }) => [id, among(id, relatedTo(id, glossary))]));
  const ordered: ThreadTerm[] = [];
  const left = new Set(heaviest);
  while (left.size > 0) {
    const waiting = [...left];
    const next =
      waiting.find(({ concept }) => used.get(concept)?.size === 0 && related.get(concept)?.size === 0) ??
      waiting.find(({ concept }) => used.get(concept)?.size === 0) ??
      opener(waiting, used);
    if (!next) break;
    ordered.push(next);
    left.delete(next);
    for (const needs of [...used.values(), ...related.values()]) needs.delete(next.concept);
  }
  return ordered;
}

/** Of words with several meanings nobody knows which one is needed. */
function usedBy({ summary }: ThreadTerm, { lexicon }: Glossary): string[] {
  return lexicon.matches(summary).flatMap(({ concepts }) => (concepts.length === 1 ? concepts : []));
}

function relatedTo(id: string, { byId }: Glossary): string[] {
  return (byId.get(id)?.related ?? []).filter((other) => !byId.get(other)?.related.includes(id));
}

/** The heaviest term that stands in a circle: it waits for something that waits for it. What only waits for a circle does not open it. */
function opener(left: readonly ThreadTerm[], waiting: Needs): ThreadTerm | undefined {
  return left.find(({ concept }) => reaches(concept, waiting)) ?? left[0];
}

function reaches(wanted: string, waiting: Needs): boolean {
  const seen = new Set<string>();
  const open = [...(waiting.get(wanted) ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === wanted) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(waiting.get(id) ?? []));
  }
  return false;
}
