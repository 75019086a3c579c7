import { type CancellationToken, type FoldingRange, FoldingRangeKind } from 'vscode-languageserver/node';
import { type Fold, foldLines } from '#features';
import type { OpenMail } from './open-mail.ts';

/** Quotes and signatures are comments, the rest regions. */
const KINDS: Readonly<Record<Fold['kind'], FoldingRangeKind>> = {
  message: FoldingRangeKind.Region,
  header: FoldingRangeKind.Region,
  quote: FoldingRangeKind.Comment,
  signature: FoldingRangeKind.Comment,
  diff: FoldingRangeKind.Region,
  trailers: FoldingRangeKind.Region,
  section: FoldingRangeKind.Region,
  furniture: FoldingRangeKind.Comment,
};

export async function foldingRanges(mail: OpenMail, token: CancellationToken): Promise<FoldingRange[]> {
  const lines = foldLines(await mail.folds(token), (offset) => mail.positionAt(offset));
  return lines.map(({ first, last, kind }) => ({ startLine: first, endLine: last, kind: KINDS[kind] }));
}
