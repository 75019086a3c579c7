/** Archives whose addresses end in a Message-ID: `/r/ID`, `/list/ID/`, or the ID alone. */
const ARCHIVE =
  /^https?:\/\/(?:lore\.kernel\.org\/[^/?#\s]{1,100}|[a-z.]{0,20}msgid\.link)\/([^/?#\s]{3,900})\/?(?:[?#/]|$)/i;

/** The Message-ID that an archive's address names; absent when it names none. */
export function messageIdInUrl(url: string): string | undefined {
  const id = ARCHIVE.exec(url.slice(0, 1200))?.[1];
  if (id === undefined) return undefined;
  try {
    const plain = decodeURIComponent(id);
    return plain.includes('@') ? plain : undefined;
  } catch {
    // A percent sign that begins no code: the address is as it is.
    return id.includes('@') ? id : undefined;
  }
}
