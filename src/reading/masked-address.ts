const LONGEST = 1000;

/** How archives write addresses: `ada at example.org` (pipermail), `ada () example ! org` (marc). Anything else comes back as it is. */
export function unmasked(text: string): string {
  if (text.length > LONGEST || !/ (?:at|\(\)) /.test(text)) return text;
  return text
    .replace(
      /([\w.+=-]{1,200}) \(\) ([\w-]{1,100}(?: ! [\w-]{1,100}){1,20})/,
      (_, user: string, host: string) => `${user}@${host.replaceAll(' ! ', '.')}`,
    )
    .replace(/(^|\s)([\w.+=-]{1,200}) at ([\w-]{1,100}(?:\.[\w-]{1,100}){1,20})(?=$|[\s)])/, '$1$2@$3');
}

/** A bare address, also with the spaces around its dots that old mail may have; pipermail's `Ada Example ada@example.org` has a name before it. Absent where the text is none. */
export function addressIn(text: string): { name?: string; address: string } | undefined {
  const joined = text.replace(/\s{1,100}\.\s{0,100}|\.\s{1,100}/g, '.');
  if (/^\S+@\S+$/.test(joined)) return { address: joined };
  const [, name, address] = /^(.{1,200}) (\S{1,200}@\S{1,200})$/.exec(text) ?? [];
  return name === undefined || address === undefined ? undefined : { name, address };
}
