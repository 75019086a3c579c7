import * as vscode from 'vscode';
import type { TrailerCounts } from '#features';

export function patchCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 patch') : vscode.l10n.t('{0} patches', count);
}

/** `found`: of so many mails a filter found these. */
export function mailCount(count: number, found: number | undefined): string {
  if (found !== undefined && found !== count) return vscode.l10n.t('{0} of {1} mails', found, count);
  return count === 1 ? vscode.l10n.t('1 mail') : vscode.l10n.t('{0} mails', count);
}

/** Facts in one line; those that are empty are left out. */
export function joined(facts: readonly string[]): string {
  return facts.filter((fact) => fact !== '').join(' \u00b7 ');
}

/** `R2 A1`: reviewed by two, acked by one. */
export function trailersText({ reviewed, acked, tested }: TrailerCounts): string {
  const counts: [string, number][] = [
    ['R', reviewed],
    ['A', acked],
    ['T', tested],
  ];
  return counts.flatMap(([letter, count]) => (count === 0 ? [] : [`${letter}${count}`])).join(' ');
}

/** The same in words. */
export function trailersSpoken({ reviewed, acked, tested }: TrailerCounts): string {
  const counts: [string, number][] = [
    ['Reviewed-by', reviewed],
    ['Acked-by', acked],
    ['Tested-by', tested],
  ];
  return counts.flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${name}`])).join(', ');
}
