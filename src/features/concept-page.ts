import type { Concept } from '#concepts';
import { simulatorById } from '#simulators';
import { markdownOf, say } from './markdown.ts';
import { withoutDanger } from './note-markdown.ts';
import { ourGlossary, packsInUse } from './packs.ts';

/** A note as a Markdown page: its text, what it is easily taken for, related notes, sources. Absent when there is no such note. */
export function conceptPage(id: string): string | undefined {
  const concept = ourGlossary().byId.get(id);
  if (!concept) return undefined;
  const title = concept.expansion === undefined ? concept.title : `${concept.title} \u2014 ${concept.expansion}`;
  const isOwn = packsInUse().packOf(id)?.own;
  const text = isOwn ? withoutDanger(concept.markdown) : concept.markdown;
  const parts = [`# ${words(title)}`, `*${words(concept.field)}*`, ...packLines(id), text, ...sections(concept)];
  return `${parts.join('\n\n')}\n`;
}

/** Words of a note that are no Markdown. */
function words(text: string): string {
  return markdownOf([say.paragraph(say.mail(text))]);
}

/** Where the note comes from when it is the reader's own, and what other packs say otherwise. */
function packLines(id: string): string[] {
  const { packs, packOf, conflicts } = packsInUse();
  const pack = packOf(id);
  const title = (of: string) => packs.find((one) => one.id === of)?.title ?? of;
  const lines = pack?.own ? [`From your notes in ${pack.title}.`] : [];
  for (const conflict of conflicts) {
    if (conflict.kind === 'replaced') {
      if (conflict.id === id) lines.push(`It stands for the note of the same name in ${title(conflict.from)}.`);
      continue;
    }
    const others = conflict.notes.filter((note) => note.id !== id);
    if (others.length === conflict.notes.length) continue;
    const named = others.map((note) => `${note.id} (${title(note.pack)})`).join(', ');
    lines.push(
      `\u201c${conflict.term}\u201d also stands in ${named}, and no note says what must be near when it is meant.`,
    );
  }
  return lines.map((line) => `*${words(line)}*`);
}

function sections(concept: Concept): string[] {
  const { byId } = ourGlossary();
  const related = concept.related.flatMap((id) => {
    const other = byId.get(id);
    return other ? [`- [${words(other.title)}](concept:${id})`] : [];
  });
  return [
    ...section('Run it', runs(concept)),
    ...section('Not to be confused with', items(concept.not)),
    ...section('Kernel versions', versions(concept)),
    ...section('See also', related),
    ...section('Sources', items(concept.sources)),
  ];
}

function items(texts: readonly string[]): string[] {
  return texts.map((text) => `- ${words(text)}`);
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
  return items([
    ...(since === undefined ? [] : [`${since}: came`]),
    ...changed.map(({ version, what }) => `${version}: ${what}`),
  ]);
}
