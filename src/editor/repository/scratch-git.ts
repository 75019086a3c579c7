import type { ScratchGit } from '#features';

/** Does something with git in the repository of a folder, beside the reader's files and index. Rejects where there is no git or no repository. */
export type InRepository = <Result>(
  folder: string,
  work: (git: ScratchGit) => Promise<Result>,
  signal?: AbortSignal,
) => Promise<Result>;

/** A host without programs has no git; `node.ts` of the room stands in for this file where there is one. */
export const inRepository: InRepository | undefined = undefined;
