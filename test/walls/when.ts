/** Conditions of the editor (`when` clauses) as far as package.json uses them. */
type Value = string | boolean;
export type Context = Readonly<Record<string, Value>>;

/**
 * Whether a condition holds: `&&`, `||`, `!`, brackets, `==`, `!=`, `=~ /.../`; what a context does not name is false. Throws at what it cannot read.
 */
export function holds(when: string, context: Context): boolean {
  const words = when.match(/\/(?:[^/\\]|\\.)+\/|&&|\|\||==|!=|=~|[!()]|[^\s!()&|=]+/g) ?? [];
  let at = 0;
  const next = () => words[at++];
  const either = (): boolean => {
    let value = both();
    while (words[at] === '||') {
      at++;
      const other = both();
      value ||= other;
    }
    return value;
  };
  const both = (): boolean => {
    let value = one();
    while (words[at] === '&&') {
      at++;
      const other = one();
      value &&= other;
    }
    return value;
  };
  const one = (): boolean => {
    const word = next();
    if (word === '!') return !one();
    if (word === '(') {
      const value = either();
      if (next() !== ')') throw new Error(`No bracket closes in: ${when}`);
      return value;
    }
    if (word === undefined || /^[&|=)/]/.test(word)) throw new Error(`Cannot read: ${when}`);
    return compared(word);
  };
  const compared = (name: string): boolean => {
    const sign = words[at];
    if (sign !== '==' && sign !== '!=' && sign !== '=~')
      return name === 'true' || (name !== 'false' && Boolean(context[name]));
    at++;
    const wanted = next() ?? '';
    const value = String(context[name] ?? '');
    if (sign === '=~') return new RegExp(wanted.slice(1, -1)).test(value);
    return (value === wanted.replace(/^'|'$/g, '')) === (sign === '==');
  };
  const value = either();
  if (at !== words.length) throw new Error(`Cannot read: ${when}`);
  return value;
}
