import { element } from './dom.ts';
import type { NoteName, PanelState } from './protocol.ts';
import type { Run } from './run.ts';
import { say, type Words } from './words.ts';

interface HeadingActions {
  goToOrigin(): void;
  openNote(id: string): void;
}

/** Title, lesson, the mail it was opened from, and the notes that speak of it. */
export function headingOf(
  { scenario, simulator, trace }: Run,
  { origin }: PanelState,
  notes: readonly NoteName[],
  words: Words,
  actions: HeadingActions,
): HTMLElement[] {
  const title = trace.goal === undefined ? scenario?.title : say(words.shortestWay, trace.goal);
  const lines: HTMLElement[] = title
    ? [element('p', { class: 'field' }, simulator.title), element('h1', {}, title)]
    : [element('h1', {}, simulator.title)];
  lines.push(element('p', { class: 'lesson' }, scenario?.lesson ?? simulator.about));
  const from = element('p', { class: 'origin' });
  if (scenario) from.append(say(words.openedFrom, scenario.from));
  if (origin) {
    if (scenario) from.append(' · ');
    from.append(linkButton(words.goBack, () => actions.goToOrigin(), origin.label));
  }
  if (from.hasChildNodes()) lines.push(from);
  if (notes.length > 0) lines.push(notesLine(notes, words, actions));
  return lines;
}

function notesLine(notes: readonly NoteName[], words: Words, actions: HeadingActions): HTMLElement {
  const line = element('p', { class: 'notes' }, `${words.notes} `);
  for (const [index, { id, title }] of notes.entries()) {
    if (index > 0) line.append(', ');
    line.append(linkButton(title, () => actions.openNote(id)));
  }
  return line;
}

function linkButton(label: string, act: () => void, title?: string): HTMLElement {
  const made = element('button', { type: 'button', class: 'link', title }, label);
  made.addEventListener('click', act);
  return made;
}
