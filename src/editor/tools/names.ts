/** The tools for language models; in the manifest each has `patchgloss_` before it. */
export const toolNames = ['explain', 'outline', 'hunk', 'ledger'] as const;
export type ToolName = (typeof toolNames)[number];
