import * as vscode from 'vscode';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let format: Intl.DateTimeFormat | undefined;

/** How long ago something was sent (milliseconds since 1970), or on which day; empty where nobody knows. */
export function ageOf(time: number, now: number): string {
  if (time <= 0) return '';
  const age = now - time;
  if (age < -day || age >= 30 * day) return dayOf(time);
  if (age < hour) return vscode.l10n.t('{0} min', Math.max(1, Math.floor(age / minute)));
  return age < day ? vscode.l10n.t('{0} h', Math.floor(age / hour)) : vscode.l10n.t('{0} d', Math.floor(age / day));
}

/** `5 Jul 2023`, in the words of the editor. */
export function dayOf(time: number): string {
  format ??= new Intl.DateTimeFormat(vscode.env.language, { day: 'numeric', month: 'short', year: 'numeric' });
  return time <= 0 ? '' : format.format(time);
}
