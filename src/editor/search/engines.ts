import * as vscode from 'vscode';
import { hostOf } from '#archive/fetch';
import { type FoundMessage, leiArguments, notmuchArguments, type Query, readLei, readNotmuch } from '#archive/search';
import { mailPrograms } from '#editor/mail-programs';
import { servers } from '../fetch/settings.ts';

/** What is searched: mail at hand, a server, or what a program of this machine knows; `name` is a short word for it. */
export type Engine =
  | { kind: 'here'; label: string; name: string }
  | { kind: 'server'; label: string; name: string; server: string }
  | { kind: 'program'; label: string; name: string; program: Program };

/** A program that has an index of mail, asked by its arguments. */
interface Program {
  name: string;
  /** What to run it with; `wrong` has the terms that it cannot answer. */
  question(query: Query): { args: string[]; wrong: string[] };
  /** Absent when it is no answer. */
  answer(text: string): FoundMessage[] | undefined;
}

const PROGRAMS: readonly Program[] = [
  { name: 'notmuch', question: notmuchArguments, answer: readNotmuch },
  { name: 'lei', question: leiArguments, answer: readLei },
];

/** All that can be searched here. Programs run only where the workspace is trusted. */
export async function engines(): Promise<Engine[]> {
  const found: Engine[] = [
    {
      kind: 'here',
      label: vscode.l10n.t('Mail in this workspace, open and fetched mail'),
      name: vscode.l10n.t('mail at hand'),
    },
    ...servers().map((server): Engine => ({ kind: 'server', label: server, name: hostOf(server), server })),
  ];
  if (!vscode.workspace.isTrusted || !mailPrograms) return found;
  for (const program of PROGRAMS) {
    if (await mailPrograms.has(program.name))
      found.push({
        kind: 'program',
        label: vscode.l10n.t('{0} on this computer', program.name),
        name: program.name,
        program,
      });
  }
  return found;
}

/** What a program finds; rejects with an `Error` for the reader. */
export async function askProgram(program: Program, query: Query, signal: AbortSignal): Promise<FoundMessage[]> {
  if (!vscode.workspace.isTrusted || !mailPrograms) return [];
  const answer = await mailPrograms.ask(program.name, program.question(query).args, signal);
  const found = program.answer(answer);
  if (!found) throw new Error(vscode.l10n.t('{0} answered with something that is no list of messages.', program.name));
  return found.map(({ file, ...message }) =>
    file === undefined ? message : { ...message, file: vscode.Uri.file(file).toString() },
  );
}
