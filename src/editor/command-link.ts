/** A link to a command with one argument, for trusted Markdown of our own words. The command reads the argument as if anybody had written it. */
export function commandLink(command: string, argument: unknown): string {
  // Parentheses and the like would end the link early.
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `command:${command}?${encoded}`;
}
