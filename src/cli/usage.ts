/** Wrong usage: said on stderr with the usage of the command, exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const COMMANDS = [
  'read',
  'index',
  'tree',
  'hover',
  'explain',
  'lint',
  'trace',
  'diff',
  'applies',
  'simulate',
  'annotations',
  'fetch',
  'search',
  'reply',
  'lsp',
] as const;
export type CommandName = (typeof COMMANDS)[number];

const USAGE: Readonly<Record<CommandName, string>> = {
  read: `patchgloss read FILE... [--text | --json | --html | --markdown] [--store FILE] [--notes FOLDER]...
  Reads mail whole: mbox, .gz, .eml, a patch, a saved archive page, a folder of them; - is standard input.
  --text      the mails with their terms (the default; colored on a terminal unless NO_COLOR is set)
  --json      everything that was found, as one JSON value
  --html      one self-contained page
  --markdown  a brief: who says what, changes, trailers, terms
  --store     your notes at their places, in --html and --markdown: an annotation file, or a folder of them
  --notes     explains terms with the notes of this folder too; may be given several times, also to hover and explain`,
  index: `patchgloss index FILE... [--json] [--stats] [--cache FOLDER]
  Lists the messages and threads of mailboxes of any size, by their headers alone. FILE may be a folder, a maildir, and a
  public-inbox of version 2 (a folder of git repositories, or one of them).
  --json      boundaries, headers and threads as one JSON value
  --stats     how long it took, and how much memory
  --cache     keeps what is found in large mailboxes, folders, compressed files and archives in git in this folder; the next time it
              is at hand at once, and only what is new is read`,
  tree: `patchgloss tree FILE [--json]
  Shows the syntax tree of every message; positions are line:column of the message's readable text.
  --json      unist, with the bytes of every node in data.source`,
  hover: `patchgloss hover FILE LINE:COLUMN [--notes FOLDER]... [--json]
  Shows what stands at a place of a file. Lines end at LF or CRLF; columns are UTF-16 units; both count from 1.`,
  explain: `patchgloss explain TERM [--near WORDS] [--notes FOLDER]... [--json]
  Shows the notes on a term; several meanings: all of them, best first.
  --near      words that say what it is about`,
  lint: `patchgloss lint FOLDER... [--json]
  Checks folders of notes: what is wrong as path:line:column, with what may be written instead. Status 1 when there are mistakes.
  --json      notes, mistakes and advice of each folder as one JSON value`,
  trace: `patchgloss trace FILE LINE[:COLUMN] [--with FILE]... [--json]
  Says where a quoted line was first said, and who has quoted it. Lines and columns count as for hover.
  --with      another file or folder with mails of the thread, or of another version of its series; may be given several times`,
  diff: `patchgloss diff A B [--from VERSION] [--to VERSION] [--json]
  Says what changed between two versions of a patch or of a series, without a repository. A and B are mails, mailboxes
  or folders of them; a file given twice is compared within itself.
  --from      the version to take from A, of several (the latest; of a file given twice the one before it)
  --to        the version to take from B, of several (the latest)`,
  applies: `patchgloss applies FILE --repository FOLDER [--base COMMIT] [--json]
  Tries the latest series of FILE on a repository, in an index of its own: your files stay as they are. Says what was tried, on
  which commit, and which hunk fails why.
  --base      the commit to try on (the one that the mails name, else where the repository stands)`,
  simulate: `patchgloss simulate [ID] [--json | --jsonl]
patchgloss simulate ID --scenario NAME [--set NAME=VALUE]... [--json | --jsonl]
patchgloss simulate ID --scenario NAME --against NAME=VALUE... [--json | --jsonl]
patchgloss simulate ID --input FILE [--json | --jsonl]
patchgloss simulate ID --explore [--until STATE] [--json | --jsonl]
patchgloss simulate ID --situations STATE [--json | --jsonl]
  Lists the simulators; runs a scenario; answers raw inputs, one JSON object a line (- is standard input); walks all
  states within the stated bound.
  --scenario  the id or the title of a scenario
  --set       changes a parameter of the scenario; may be given several times
  --against   runs the scenario a second time with these parameters and shows where the two part
  --until     the name of a state to find the shortest way to
  --situations  asks backwards: which situations within the bound lead to this state`,
  annotations: `patchgloss annotations place FILE... --store FILE [--json]
patchgloss annotations export --store FILE [--format markdown | jsonld | hypothesis] [--base URL]
patchgloss annotations import FILE --store FILE
patchgloss annotations path FILE... --store FILE [--title WORDS] [--author NAME]
patchgloss annotations walk PATH FILE...
  Says of each stored note where it stands in the mails, where it could stand, or why it stands nowhere.
  --store     the annotation file, or a folder of them
  --json      lines and columns of the text of messages, as read --json gives it
  export writes the notes as a text to read (the default), as W3C annotations, or as Hypothesis' search gives them; --base is
  the archive that Message-IDs lead to. import adds the notes of such a file to a store; what it has already is united.
  path writes a reading path through the notes that have a place in FILE, in the order of the mails: one file to edit and to share.
  walk says of each stop of such a file where it is in the mails, and what is wrong with the file.`,
  fetch: `patchgloss fetch MESSAGE-ID|URL [--base URL]... [--output FILE] [--timeout SECONDS] [--verbose]
patchgloss fetch --forget
  Downloads a thread from a public-inbox server, https://lore.kernel.org/all unless said otherwise, into FILE. A URL is one of a message
  at such a server or at Patchwork. A file that has the thread already gets what is new behind what it has.
  --base      the address of an archive to ask; several are asked one after the other
  --output    the file (the Message-ID with .mbox, in the current folder)
  --timeout   how long to wait for the thread, in seconds (5 until the answer begins, 30 for all of it)
  --verbose   says on stderr what is asked for
  --forget    deletes what is remembered of downloads (~/.cache/patchgloss/fetched.json: which file came from where; no mail)`,
  search: `patchgloss search QUERY FILE...
patchgloss search QUERY --base URL [--timeout SECONDS]
patchgloss search QUERY (--notmuch | --lei)
  Lists the messages that a query finds, by thread: in mailboxes and folders, by the search of a public-inbox server, or by notmuch or
  lei, where one of them is installed and knows your mail. lei is asked for what this machine has, never for what lies at servers.
  QUERY       words of subject, author and text, "words in a row", and s: subject, f: author, d:20240101..20240201, l: list,
              dfn: file of a diff, b: text, m: Message-ID; - in front leaves out. A server may know more.`,
  reply: `patchgloss reply FILE [LINE | LINE-LINE] [--store FILE]
  Writes the draft of an answer to the mail at LINE, with these lines quoted: who gets it, what it answers, who wrote the words. It is
  a mail to edit and to send with git send-email; nothing is sent. FILE alone, of one mail, quotes all of it. Your name and address
  are those that git knows.
  --store     puts your open notes under the lines that they are on, from an annotation file or a folder of them`,
  lsp: `patchgloss lsp --stdio [--notes FOLDER]...
  Answers an editor that speaks the Language Server Protocol: hover, symbols, folding, definition, references, links.
  --stdio     over standard input and output, the only way there is`,
};

export function usageOf(command: CommandName): string {
  return `Usage: ${USAGE[command].replaceAll('\npatchgloss', '\n       patchgloss')}`;
}

export function usage(): string {
  const first = COMMANDS.flatMap((name) => USAGE[name].split('\n').filter((line) => line.startsWith('patchgloss ')));
  return `Usage: patchgloss COMMAND ...

Reads patch mail, explains its terms, runs its models.

${first.map((line) => `  ${line}`).join('\n')}

  patchgloss COMMAND --help says more; patchgloss --version says which version this is.

Exit status: 0 all inputs were read; 1 an input could not be opened, is binary, or a line of it was bad; 2 wrong usage.`;
}
