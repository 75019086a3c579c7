/** The longest name, in signs: what every file system takes, with room for an ending. */
const LONGEST = 120;
/** Names that Windows keeps for devices, whatever stands behind the first dot. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file name for the thread of a message: its id, of letters, digits and `@ . _ + - =` alone. It is no hidden file and leads nowhere. */
export function threadFileName(messageId: string): string {
  const safe = messageId
    .replace(/[^A-Za-z0-9@._+=-]/g, '_')
    .replace(/^[.-]/, '_')
    .slice(0, LONGEST)
    .replace(DEVICES, '_$&');
  return `${safe}.mbox`;
}
