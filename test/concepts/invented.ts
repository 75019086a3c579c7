import type { Concept, Surroundings } from '#concepts';
import { wordsOf } from '#concepts';

/** A note that says only what a test is about. */
export function note(id: string, terms: readonly string[], more: Partial<Concept> = {}): Concept {
  return {
    id,
    title: terms[0] ?? id,
    field: 'test',
    terms,
    scope: {},
    not: [],
    related: [],
    scenarios: [],
    changed: [],
    sources: ['invented'],
    summary: `About ${id}.`,
    markdown: `About ${id}.`,
    ...more,
  };
}

export function around(paragraph: string, more: Partial<Surroundings> & { message?: string } = {}): Surroundings {
  const { message = '', ...rest } = more;
  return { paragraph, paths: [], words: wordsOf(`${paragraph} ${message}`), ...rest };
}
