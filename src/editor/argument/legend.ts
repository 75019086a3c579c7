import type { ColourKind } from '#features';

/** The types of semantic tokens: those that package.json contributes; the editor knows the others. */
export const tokenTypes: Readonly<Record<ColourKind, string>> = {
  keyword: 'keyword',
  type: 'type',
  function: 'function',
  macro: 'macro',
  string: 'string',
  comment: 'comment',
  number: 'number',
  code: 'diffCode',
  added: 'diffAdded',
  removed: 'diffRemoved',
  hunk: 'diffHunk',
  header: 'diffHeader',
  plain: 'quotedProse',
};

export const legendTypes: readonly string[] = Object.values(tokenTypes);
