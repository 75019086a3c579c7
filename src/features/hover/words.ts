import type { PhrasingContent } from 'mdast';
import type { Concept } from '#concepts';
import { plainLine, say } from '../markdown.ts';

/** `PAMT - Physical Address Metadata Table · TDX`; `here` is what the thread itself writes out, where that differs. */
export function nameLine({ title, expansion, field }: Concept, here?: string): PhrasingContent[] {
  const name = [say.strong(plainLine(title))];
  if (expansion !== undefined) name.push(say.text(` \u2014 ${plainLine(expansion)}`));
  if (here !== undefined) name.push(say.text(' (here: '), say.mail(here), say.text(')'));
  return [...name, say.text(' \u00a0\u00b7\u00a0 '), say.quiet(plainLine(field))];
}

export function noteLink({ id }: Concept): PhrasingContent {
  return say.link('\u25a4 Note', `concept:${id}`);
}

/** The note speaks of all of a family; nothing is known of this member by itself. */
export function memberLine(family: string): PhrasingContent[] {
  return [say.quiet(`A member of ${family}; this one has no note of its own.`)];
}
