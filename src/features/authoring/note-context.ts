/** What a mail tells about a word in it, beside what the word means: where it belongs, what stands near, who wrote it. */
import type { Concept } from '#concepts';
import { addressesOf, commitSubject, isoDate, messageIdsOf } from '#reading';
import { plainLine } from '../markdown.ts';
import type { Page } from '../reading.ts';
import type { SelectedTerm } from './selected-term.ts';

/** Lists to which everything goes: they say nothing about a word. */
const generalLists: ReadonlySet<string> = new Set(['linux-kernel', 'patches', 'stable', 'linux-patches']);
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Fields whose words stand in mail about anything. */
const generalFields: ReadonlySet<string> = new Set(['patch workflow', 'idiom', 'errno']);
/** Words of `scope.near` that are proposed. */
const mostNear = 5;

/** Where it belongs, as the subject or else the list says: `KVM · TDX` of `KVM: TDX: Add ...`. Absent: nobody says. */
export function fieldFrom(page: Page): string | undefined {
  const parts = commitSubject(page.subject ?? '').split(/:\s/);
  parts.pop();
  // A prefix names parts of the kernel, one word each; with blanks in it, it is the beginning of a sentence.
  const prefix = parts.length > 0 && parts.every((part) => /^[\w/.,+-]{1,40}$/.test(part)) ? parts : [];
  return prefix.length > 0 ? prefix.slice(0, 3).join(' \u00b7 ') : listOf(page);
}

function listOf(page: Page): string | undefined {
  const values = ['list-id', 'to', 'cc'].flatMap((name) => page.fields.get(name) ?? []);
  for (const value of values) {
    for (const { name, address = '' } of addressesOf(value)) {
      const [local = '', host = ''] = address.includes('@') ? address.split('@') : address.split(/\.(.*)/);
      const isList = /^linux-[\w-]+$/.test(local) || /(?:^|\.)(?:lists?|vger)\./.test(`${host}.`);
      if (name === undefined && isList && !generalLists.has(local)) return local.replace(/^linux-/, '');
    }
  }
  return undefined;
}

/** The known terms that tell most about the place of a word, best first: those of its own paragraph before the others. */
export function termsNear(page: Page, { where, text }: SelectedTerm): string[] {
  const weights = new Map<Concept, number>();
  for (const { match, where: there } of page.mentions) {
    const concept = page.glossary.byId.get(match.concepts[0] ?? '');
    // What several subsystems use, and what is a plain word, tells nothing.
    if (!concept || match.concepts.length > 1 || concept.scope.ordinary?.includes(match.text)) continue;
    if (concept.scope.needsNear || generalFields.has(concept.field)) continue;
    if (concept.terms.some((term) => sameWord(term, text))) continue;
    const weight = there.block === where.block ? 8 : 1;
    weights.set(concept, (weights.get(concept) ?? 0) + weight);
  }
  const best = [...weights].sort(([, one], [, other]) => other - one).map(([{ title }]) => title);
  return best.filter((title) => !sameWord(title, text)).slice(0, mostNear);
}

function sameWord(one: string, other: string): boolean {
  return one.toLowerCase().replace(/s$/, '') === other.toLowerCase().replace(/s$/, '');
}

/** Who wrote it, on what, and when: `Ada Ament, [PATCH 1/2] tea: warm the pot, 4 Mar 2024 (4.1@example.org)`. */
export function sourceOf(page: Page): string {
  const first = (name: string) => page.fields.get(name)?.[0] ?? '';
  const [from] = addressesOf(first('from'));
  const id = messageIdsOf(first('message-id'))[0];
  const said = [from?.name ?? from?.address, page.subject, dayOf(first('date'))];
  const known = said.flatMap((part) => (part ? [plainLine(part)] : []));
  return `${known.join(', ')}${id === undefined ? '' : ` (${plainLine(id)})`}`.trim();
}

function dayOf(date: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(isoDate(date) ?? '') ?? [];
  return year === undefined ? undefined : `${Number(day)} ${months[Number(month) - 1]} ${year}`;
}
