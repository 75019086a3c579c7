import { withCommands } from '../hover-markdown.ts';

/** The links of a note lead here and nowhere else; the commands read their arguments again. */
export const noteLinkCommands = ['patchgloss.openConceptNote', 'patchgloss.openSimulator'] as const;

/**
 * A note's Markdown as it is shown: `concept:` and `simulator:` links are live, other links to commands are broken, and no picture is
 * loaded. The file may have come with somebody else's mail.
 */
export function noteMarkdown(text: string): string {
  return withCommands(text.replaceAll('![', '!\\['), undefined);
}
