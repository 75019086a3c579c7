/**
 * Makes the links of a hover something that an editor without our commands can use: a place becomes the number of its line, a
 * simulator the command line that runs it. What a link can say is ids and plain values; anything else stays text.
 */
export function withCommandLines(markdown: string, lineOf: (offset: number) => number): string {
  return markdown.replace(
    /(?<!\\)\[((?:[^\]\\]|\\.)*)\]\((concept|simulator|attachment|place):([^\s()]*)\)/g,
    (_whole, text: string, kind: string, written: string) => {
      // What Markdown could take for markup was escaped.
      const target = written.replace(/\\([!-/:-@[-`{-~])/g, '$1');
      const told = toldOf(kind, target, lineOf);
      return told === undefined ? text : `${text}: ${told}`;
    },
  );
}

function toldOf(kind: string, target: string, lineOf: (offset: number) => number): string | undefined {
  if (kind === 'concept') return 'Go to Definition';
  if (kind === 'place') return /^\d{1,12}$/.test(target) ? `line ${lineOf(Number(target))}` : undefined;
  return kind === 'simulator' ? simulateCommand(target) : undefined;
}

/** `ID/SCENARIO?name=value&name=value` as a command line, in a code span. */
function simulateCommand(target: string): string | undefined {
  const [, id, scenario, query = ''] = /^([\w-]+)\/([\w-]+)(?:\?(.*))?$/.exec(target) ?? [];
  if (id === undefined) return undefined;
  const pairs = query.split('&').filter((pair) => pair !== '');
  if (!pairs.every((pair) => /^[\w.-]+=[\w.-]*$/.test(pair))) return undefined;
  const settings = pairs.map((pair) => ` --set ${pair}`).join('');
  return `\`patchgloss simulate ${id} --scenario ${scenario}${settings}\``;
}
