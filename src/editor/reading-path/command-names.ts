/** The commands about reading paths, as they are called behind `patchgloss.`; the last three are for our own links only. */
export const pathCommands = [
  'newReadingPath',
  'walkReadingPath',
  'path.next',
  'path.previous',
  'path.end',
  'path.showAnswer',
  'path.openSimulator',
  'path.fetch',
] as const;

export type PathCommand = (typeof pathCommands)[number];
