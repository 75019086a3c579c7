// @ts-check
/** What a run of the tests says of real inputs with expectations of others: a line a suite, and one table of what deviates and why. */

/**
 * @param {string} said what the tests printed
 * @returns {string[]} nothing when no suite ran
 */
export function conformanceTable(said) {
  const suites = [...said.matchAll(/^conformance: (.+) (\d+)\/(\d+)(?:, (\d+) named)?$/gm)];
  if (suites.length === 0) return [];
  let [passed, cases, named] = [0, 0, 0];
  const lines = [];
  for (const [, name, fine, all, apart = '0'] of suites.sort(([, a = ''], [, b = '']) => a.localeCompare(b))) {
    [passed, cases, named] = [passed + Number(fine), cases + Number(all), named + Number(apart)];
    lines.push(`  ${name} ${fine}/${all}${apart === '0' ? '' : `, ${apart} named deviations`}`);
  }
  const share = ((100 * named) / cases).toFixed(1);
  const others = cases - passed - named;
  lines.push(`  all suites ${passed}/${cases}, ${named} named deviations (${share}%), ${others} others`);
  return [...lines, ...deviations(said)];
}

/**
 * Each reason once, with the cases it is the reason of.
 * @param {string} said
 */
function deviations(said) {
  /** @type {Map<string, string[]>} */
  const byReason = new Map();
  for (const [, suite = '', id = '', reason = ''] of said.matchAll(/^deviation: (.+?) \u00b7 (.+?) \u00b7 (.+)$/gm)) {
    const key = `${suite}: ${reason}`;
    byReason.set(key, [...(byReason.get(key) ?? []), id]);
  }
  return [...byReason].flatMap(([reason, ids]) => [`  deviates, ${reason}`, `      ${ids.join(', ')}`]);
}
