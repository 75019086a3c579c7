import { threadAddress } from './servers.ts';

/** The command that lets b4 take the newest version of a series into a tree. It is text to copy: nothing here runs it. */
export function b4Command(messageId: string): string {
  return `b4 am ${messageId.startsWith('-') ? '-- ' : ''}${shellQuoted(messageId)}`;
}

/** The command that applies the patches of a saved thread, or of one that is downloaded for it. It is text to copy: nothing here runs it. */
export function gitAmCommand(messageId: string, from: { file: string } | { server: string }): string {
  if ('file' in from) return `git am -- ${shellQuoted(from.file)}`;
  return `curl -sSf ${shellQuoted(threadAddress(from.server, messageId))} | gunzip | git am`;
}

/** A word for a POSIX shell: in single quotes, unless it is of harmless signs. */
export function shellQuoted(word: string): string {
  if (/^[A-Za-z0-9@%+=:,./_][A-Za-z0-9@%+=:,./_-]*$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
