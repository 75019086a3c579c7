import type { Concept } from '#concepts';
import { simulatorById } from '#simulators';
import { ourGlossary } from './packs.ts';

/** A note as a Markdown page: its text, what it is easily taken for, related notes, sources. Absent when there is no such note. */
export function conceptPage(id: string): string | undefined {
  const concept = ourGlossary().byId.get(id);
  if (!concept) return undefined;
  const title = concept.expansion === undefined ? concept.title : `${concept.title} \u2014 ${concept.expansion}`;
  const parts = [`# ${title}`, `*${concept.field}*`, concept.markdown, ...sections(concept)];
  return `${parts.join('\n\n')}\n`;
}

function sections(concept: Concept): string[] {
  const { byId } = ourGlossary();
  const related = concept.related.flatMap((id) => {
    const other = byId.get(id);
    return other ? [`- [${other.title}](concept:${id})`] : [];
  });
  return [
    ...section('Run it', runs(concept)),
    ...section(
      'Not to be confused with',
      concept.not.map((other) => `- ${other}`),
    ),
    ...section('Kernel versions', versions(concept)),
    ...section('See also', related),
    ...section(
      'Sources',
      concept.sources.map((source) => `- ${source}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`## ${title}`, lines.join('\n')] : [];
}

function runs({ simulator, scenarios }: Concept): string[] {
  const model = simulator === undefined ? undefined : simulatorById(simulator);
  return scenarios.flatMap(({ id }) => {
    const scenario = model?.scenario(id);
    return scenario ? [`- [${scenario.title}](simulator:${simulator}/${id}): ${scenario.lesson}`] : [];
  });
}

function versions({ since, changed }: Concept): string[] {
  return [
    ...(since === undefined ? [] : [`- ${since}: came`]),
    ...changed.map(({ version, what }) => `- ${version}: ${what}`),
  ];
}
