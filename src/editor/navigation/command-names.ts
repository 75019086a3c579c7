/** The commands about getting about in a mail and taking something out of it, as package.json names them behind `patchgloss.`. */
export const navigationCommands = [
  'goTo',
  'nextMessage',
  'previousMessage',
  'nextPatch',
  'previousPatch',
  'nextRemark',
  'previousRemark',
  'nextNewText',
  'previousNewText',
  'toggleQuotes',
  'foldQuotesOlder',
  'copyMessageAs',
  'copyLoreLink',
  'copyMarkdownQuote',
  'copyPlainReply',
  'openRaw',
  'openAtLore',
  'readClipboard',
  'more',
] as const;

export type NavigationCommand = (typeof navigationCommands)[number];

/** The scheme of pages that show bytes. */
export const bytesScheme = 'patchgloss-bytes';
