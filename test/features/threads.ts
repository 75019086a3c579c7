/** Texts for the tests of features, with a caret sign ‸ where the cursor stands. */

/** A mail with a header and this body; gives the text without the cursor and where it stood. */
export function mail(
  body: string,
  subject = 'Re: [PATCH v2 3/7] x86/virt/tdx: Find room for the PAMT',
): { text: string; at: number } {
  const marked = `From: Ada Lindqvist <ada@example.org>\nTo: kvm@lists.example.org\nSubject: ${subject}\nDate: Mon, 4 Mar 2024 09:12:31 +0100\nMessage-ID: <20240304081231.1-1-ada@example.org>\n\n${body}`;
  const at = marked.indexOf('\u2038');
  return { text: at === -1 ? marked : marked.slice(0, at) + marked.slice(at + 1), at };
}
