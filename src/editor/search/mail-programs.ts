/** The programs of this machine that search mail. */
export interface MailPrograms {
  /** Whether a program is installed: a file that can be run in one of the folders of PATH. */
  has(name: string): Promise<boolean>;
  /** What a program writes when it is run with these arguments. Rejects with an `Error` in its own words. */
  ask(name: string, args: readonly string[], signal: AbortSignal): Promise<string>;
}

/** A browser runs no programs; the other implementation is `node/mail-programs.ts` of the room. */
export const mailPrograms: MailPrograms | undefined = undefined;
