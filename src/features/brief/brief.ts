import type { Heading, List, ListItem, Paragraph, RootContent } from 'mdast';
import type { Concept } from '#concepts';
import type { BodyLine, BodyLines } from '#reading';
import { findingsOf } from '../answers/findings.ts';
import {
  keyOf,
  type LedgerAnswer,
  ledgerMarkdown,
  positionsOf,
  positionWords,
  ThreadTraces,
  threadLedger,
  threadsAnswer,
} from '../answers/index.ts';
import { mentionsIn } from '../answers/message.ts';
import { markdownOf, say } from '../markdown.ts';
import { ourGlossary } from '../packs.ts';
import type { Page, Reading } from '../reading.ts';
import { type BriefFile, type BriefNotes, NO_NOTES, pageOf } from './brief-notes.ts';
import { othersWords } from './note-words.ts';
import { notesList, type PlaceName, unplacedList } from './notes-markdown.ts';

/** Words of one speaker are cut here: a brief says who speaks about what, the mail says it all. */
const MOST_UNITS = 200;
/** A brief of more turns would be as long as its mail. */
const MOST_TURNS = 1000;

/**
 * A reading brief in Markdown: of each message who says what in which order, the reader's notes, its diffs and trailers, and then every term with the first
 * paragraph of its note. Words of the mail are escaped.
 */
export function briefOf(files: readonly BriefFile[], notes: BriefNotes = NO_NOTES): string {
  const name: PlaceName = (key, line) => placeName(files, key, line);
  const ledger = ledgerBrief(files, name);
  const said: RootContent[] = [];
  const terms = new Set<string>();
  for (const [number, file] of files.entries()) {
    if (!file) continue;
    const { path, reading } = file;
    for (const complaint of reading.mailbox.complaints) {
      said.push(say.paragraph(say.mail(path), say.text(': '), say.mail(complaint.reason)));
    }
    for (let index = 0; index < reading.messages; index++) {
      const page = reading.page(index);
      const key = keyOf(number, index);
      if (page) said.push(...messageBrief(reading, page, path, terms, notesBrief(notes, key, name)));
    }
  }
  said.push(...unplacedBrief(notes, name), ...termsBrief(terms));
  return `${ledger}${markdownOf(said)}\n`;
}

function notesBrief({ placed, faint }: BriefNotes, key: string, name: PlaceName): RootContent[] {
  const [here, faintHere] = [placed.get(key) ?? [], faint.get(key) ?? []];
  return here.length + faintHere.length === 0 ? [] : [heading(2, 'Notes'), notesList(here, faintHere, name)];
}

function unplacedBrief({ unplaced, others }: BriefNotes, name: PlaceName): RootContent[] {
  const more = othersWords(others);
  return [
    ...(unplaced.length === 0 ? [] : [heading(1, 'Notes without a place'), unplacedList(unplaced, name)]),
    ...(more === '' ? [] : [say.paragraph(say.text(more))]),
  ];
}

/** Where the patches of the threads stand: remarks, answers, what came of them. Empty where nobody posts a patch that somebody answers. */
function ledgerBrief(files: readonly BriefFile[], name: PlaceName): string {
  const readings = files.map((file) => file?.reading);
  const threads = threadsAnswer(readings);
  const traces = new ThreadTraces(threads, readings);
  const tables = threads.threads.flatMap((thread) => {
    if (thread.messages.length < 2) return [];
    const ledger = threadLedger(thread, traces);
    const table = ledgerMarkdown(ledger, ({ key, line }) => name(key, line));
    if (table === '') return [];
    const title = heading(1, `Where it stands: ${thread.subject ?? 'a thread without a subject'}`);
    return [`${markdownOf([title, ...positionsBrief(ledger, name)])}\n\n${table}`];
  });
  return tables.length === 0 ? '' : `${tables.join('\n')}\n`;
}

/** Who holds what of the patches, before the remarks one by one. */
function positionsBrief(ledger: readonly LedgerAnswer[], name: PlaceName): RootContent[] {
  const items = positionsOf(ledger).map((position) => {
    const { who, first } = position;
    const place = first ? [say.text(` (${name(first.key, first.line)})`)] : [];
    return say.paragraph(say.mail(who), say.text(`: ${positionWords(position)}`), ...place);
  });
  return section('Positions', items);
}

/** `thread.mbox:120`, or the mail and the line in it where the file lost its lines. */
function placeName(files: readonly BriefFile[], key: string, line: number): string {
  const file = files[Number(key.split(':')[0])];
  const page = pageOf(files, key);
  const row = page?.body.lines[line - 1];
  if (!file || !page || !row || page.message.dialect === 'flattened') return `mail ${key}, line ${line}`;
  return `${shortName(files, file)}:${file.reading.lines.at(page.place({ start: row.start, end: row.start }).start) + 1}`;
}

/** The last part of a path, where no other file has the same. */
function shortName(files: readonly BriefFile[], { path }: NonNullable<BriefFile>): string {
  const last = lastPart(path);
  return files.filter((one) => one && lastPart(one.path) === last).length === 1 ? last : path;
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function messageBrief(
  reading: Reading,
  page: Page,
  path: string,
  terms: Set<string>,
  notes: readonly RootContent[],
): RootContent[] {
  const { body } = page;
  for (const { concept } of mentionsIn(page, body)) terms.add(concept);
  const date = page.fields.get('date')?.[0];
  const from = [say.mail(page.voices.author ?? 'Somebody who is not named')];
  if (date !== undefined) from.push(say.text(', '), say.mail(date));
  from.push(say.text(', in '), say.mail(path));
  return [
    heading(1, page.subject ?? 'A message without a subject'),
    say.paragraph(...from),
    ...section('Who says what', voicesBrief(reading, page, body)),
    ...notes,
    ...findingsBrief(page, body),
    ...section(
      'Read with care',
      page.message.complaints.map(({ reason }) => say.paragraph(say.mail(reason))),
    ),
  ];
}

/** Lines that are somebody's words, and not marks, code or courtesy around them. */
const WORDS = new Set<BodyLine['kind']>(['text', 'quote', 'heading', 'footnote']);

/** The turns of the conversation in the order of the text: a turn goes on as long as the depth is the same. */
function voicesBrief(reading: Reading, page: Page, body: BodyLines): Paragraph[] {
  const turns: Paragraph[] = [];
  for (let at = 0; at < body.lines.length; ) {
    const first = body.lines[at];
    if (!first || !WORDS.has(first.kind)) {
      at++;
      continue;
    }
    let end = at + 1;
    while (body.lines[end]?.depth === first.depth && body.lines[end]?.kind !== 'attribution') end++;
    if (turns.length === MOST_TURNS) {
      return [...turns, say.paragraph(say.text(`and more${lineIn(reading, page, first.start)} and below`))];
    }
    turns.push(turn(reading, page, body.lines.slice(at, end)));
    at = end;
  }
  return turns;
}

function turn(reading: Reading, page: Page, run: readonly BodyLine[]): Paragraph {
  const lines = run.filter((line) => WORDS.has(line.kind));
  const first = lines[0] ?? { start: 0, end: 0, depth: 0 };
  const speaker = page.speakerAt(Math.max(first.end - 1, first.start));
  const words = lines.map((line) => page.message.text.slice(line.start, line.end).replace(/^[> ]{1,200}/, ''));
  const quoted = first.depth > 0 ? ', quoted' : '';
  return say.paragraph(
    speaker === undefined ? say.text('Somebody who is not named') : say.mail(speaker),
    say.text(`${quoted}${lineIn(reading, page, first.start)}: `),
    say.mail(shortened(words.join(' '))),
  );
}

/** `, line 12` of the file; nothing where the file lost its lines. */
function lineIn(reading: Reading, page: Page, readable: number): string {
  if (page.message.dialect === 'flattened') return '';
  return `, line ${reading.lines.at(page.place({ start: readable, end: readable + 1 }).start) + 1}`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= MOST_UNITS) return line;
  const cut = line.lastIndexOf(' ', MOST_UNITS);
  return `${line.slice(0, cut > 0 ? cut : MOST_UNITS)} \u2026`;
}

function findingsBrief(page: Page, body: BodyLines): RootContent[] {
  const { diffs, trailers } = findingsOf(page, body);
  return [
    ...section(
      'Changes',
      diffs.map((diff) =>
        say.paragraph(
          say.mail(diff.after ?? diff.before ?? 'a file without a name'),
          say.text(`: ${diff.added} added, ${diff.removed} removed${diff.depth > 0 ? ', quoted' : ''}`),
        ),
      ),
    ),
    ...section(
      'Trailers',
      trailers.map(({ token, value, depth }) =>
        say.paragraph(say.mail(`${token}: ${value}`), say.text(depth > 0 ? ' (quoted)' : '')),
      ),
    ),
  ];
}

function termsBrief(ids: ReadonlySet<string>): RootContent[] {
  const { byId } = ourGlossary();
  const concepts = [...ids].flatMap((id) => byId.get(id) ?? []);
  return section('Terms', concepts.map(termBrief), 1);
}

function termBrief({ title, expansion, summary }: Concept): Paragraph {
  const name = expansion === undefined ? title : `${title} (${expansion})`;
  return say.paragraph(say.strong(name), say.text(`: ${summary}`));
}

function section(title: string, items: readonly Paragraph[], depth: 1 | 2 = 2): RootContent[] {
  if (items.length === 0) return [];
  const children = items.map((item): ListItem => ({ type: 'listItem', spread: false, children: [item] }));
  const list: List = { type: 'list', ordered: false, spread: false, children };
  return [heading(depth, title), list];
}

function heading(depth: 1 | 2, text: string): Heading {
  return { type: 'heading', depth, children: [say.mail(text)] };
}
