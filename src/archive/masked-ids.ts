/** `20230703.1-ada@...mple.org`: archives hide the beginning of the domain (openwall), of ids too. */
const MASKED = /^([^@\s]{6,450})@\.{3}([^@\s]{0,450})$/;

/**
 * Ids that an archive has masked, by the whole ids that they stand for, where a single one among all of `ids` fits. Others are absent: two copies of an archive agree in how
 * they mask.
 */
export function maskedIds(ids: Iterable<string>): ReadonlyMap<string, string> {
  const masked = new Map<string, { local: string; ending: string }>();
  const whole = new Map<string, Set<string>>();
  for (const id of ids) {
    const [, local, ending] = MASKED.exec(id) ?? [];
    if (local !== undefined && ending !== undefined) masked.set(id, { local, ending });
  }
  if (masked.size === 0) return new Map();
  const locals = new Set([...masked.values()].map(({ local }) => local));
  for (const id of ids) {
    const local = id.slice(0, id.indexOf('@'));
    if (!masked.has(id) && locals.has(local)) whole.set(local, (whole.get(local) ?? new Set()).add(id));
  }
  const found = new Map<string, string>();
  for (const [id, { local, ending }] of masked) {
    const [only, ...others] = [...(whole.get(local) ?? [])].filter((one) => one.endsWith(ending));
    if (only !== undefined && others.length === 0) found.set(id, only);
  }
  return found;
}
