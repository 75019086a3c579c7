/**
 * What the editor and the panel say to each other. Both sides check every message by hand before they believe it: the
 * panel is a web page, and what comes out of a page is data, never a path, a command or a place to go.
 */

/** Where in a mail the panel was opened from. The panel shows the label; only the editor knows how to go there. */
export interface Origin {
  uri: string;
  /** UTF-16 offsets in the document, end exclusive. */
  start: number;
  end: number;
  /** The message it stands in, in words: its subject or its file name. Text of strangers. */
  label: string;
}

export type Values = Readonly<Record<string, number | string | boolean>>;

/** Everything a panel needs to look as it did: small, plain, kept over a reload of the window. */
export interface PanelState {
  simulator: string;
  scenario?: string;
  /** The name of a state that the run is the shortest way to. */
  goal?: string;
  /** What differs from the scenario's own parameters. */
  values: Values;
  /** Names of the values that were read in the text of the mail. */
  fromText: readonly string[];
  /** A second run stands beside the first, with these values changed. */
  against?: Values;
  /** As a trace counts, or the rows of two: -1 is the start, 0 is after the first step; absent: where the scenario opens. */
  step?: number;
  origin?: Origin;
  zoom?: Zoom;
}

/** A stretch of an axis, half open, in the unit of the part it belongs to. */
export interface Stretch {
  start: number;
  end: number;
}

/** What is shown of each part that can be zoomed, by the part's id; a part that is not there is shown whole. */
export type Zoom = Readonly<Record<string, Stretch>>;

/** A note of the glossary that speaks of the simulator. */
export interface NoteName {
  id: string;
  title: string;
}

export type ToPanel = {
  type: 'open';
  state: PanelState;
  words: Readonly<Record<string, string>>;
  notes: readonly NoteName[];
};

/** What can be saved to a file; a PNG travels as base64. */
export type SavedFormat = 'svg' | 'png' | 'markdown';

export type FromPanel =
  | { type: 'ready' }
  | { type: 'changed'; state: PanelState }
  | { type: 'goToOrigin' }
  | { type: 'openNote'; id: string }
  | { type: 'copy'; text: string }
  /** A shared text, to be copied as a link that opens the editor. */
  | { type: 'copyLink'; text: string }
  | { type: 'save'; format: SavedFormat; text: string };

const idForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** A goal is named in the words of the mechanism: `deadlock`, `RET_PF_SPURIOUS`. */
const goalForm = /^[A-Za-z0-9][\w.-]{0,63}$/;
/** Units of a file that a panel may save. */
const longestFile = 20_000_000;
const nameForm = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** An id of a concept, a simulator or a scenario: kebab-case, where versions keep their dots (`sev-pins-before-6.15`). */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 80 && idForm.test(value.replaceAll('.', '-'));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isGoal(value: unknown): value is string {
  return typeof value === 'string' && goalForm.test(value);
}

function isShortText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

/** At most 50 named plain values; absent when anything is of another form. */
export function readValues(value: unknown): Values | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > 50) return undefined;
  const values: Record<string, number | string | boolean> = {};
  for (const [name, one] of entries) {
    if (!nameForm.test(name)) return undefined;
    if (typeof one === 'boolean' || isShortText(one, 200) || (typeof one === 'number' && Number.isFinite(one))) {
      values[name] = one;
    } else return undefined;
  }
  return values;
}

export function readOrigin(value: unknown): Origin | undefined {
  if (!isObject(value)) return undefined;
  const { uri, start, end, label } = value;
  if (!isShortText(uri, 8192) || !isShortText(label, 500) || !isOffset(start) || !isOffset(end)) return undefined;
  return start <= end ? { uri, start, end, label } : undefined;
}

/** At most 8 stretches that begin before they end; anything else is left out. */
function readZoom(value: unknown): Zoom {
  const zoom: Record<string, Stretch> = {};
  for (const [id, stretch] of isObject(value) ? Object.entries(value).slice(0, 8) : []) {
    if (!isId(id) || !isObject(stretch)) continue;
    const { start, end } = stretch;
    if (typeof start !== 'number' || typeof end !== 'number') continue;
    if (Number.isFinite(start) && Number.isFinite(end) && start < end) zoom[id] = { start, end };
  }
  return zoom;
}

/** A state as it comes from the other side, from a command's arguments or from a reload; absent when it is not one. */
export function readState(value: unknown): PanelState | undefined {
  if (!isObject(value) || !isId(value.simulator)) return undefined;
  const { scenario, goal, step, fromText } = value;
  if (scenario !== undefined && !isId(scenario)) return undefined;
  if (goal !== undefined && !isGoal(goal)) return undefined;
  if (step !== undefined && step !== -1 && !isOffset(step)) return undefined;
  const values = value.values === undefined ? {} : readValues(value.values);
  const origin = value.origin === undefined ? undefined : readOrigin(value.origin);
  const against = value.against === undefined ? {} : readValues(value.against);
  if (values === undefined || against === undefined || (value.origin !== undefined && origin === undefined))
    return undefined;
  const zoom = readZoom(value.zoom);
  const names = Array.isArray(fromText)
    ? fromText.filter((name) => typeof name === 'string' && Object.hasOwn(values, name))
    : [];
  return {
    simulator: value.simulator,
    ...(scenario === undefined ? {} : { scenario }),
    ...(goal === undefined ? {} : { goal }),
    values,
    fromText: names,
    ...(Object.keys(against).length === 0 ? {} : { against }),
    ...(step === undefined ? {} : { step }),
    ...(origin === undefined ? {} : { origin }),
    ...(Object.keys(zoom).length === 0 ? {} : { zoom }),
  };
}

export function readToPanel(value: unknown): ToPanel | undefined {
  if (!isObject(value) || value.type !== 'open' || !isObject(value.words)) return undefined;
  const state = readState(value.state);
  if (state === undefined) return undefined;
  const words: Record<string, string> = {};
  for (const [key, word] of Object.entries(value.words)) if (isShortText(word, 500)) words[key] = word;
  const notes = Array.isArray(value.notes) ? value.notes.flatMap(readNoteName) : [];
  return { type: 'open', state, words, notes };
}

function readNoteName(value: unknown): NoteName[] {
  if (!isObject(value) || !isId(value.id) || !isShortText(value.title, 200)) return [];
  return [{ id: value.id, title: value.title }];
}

export function readFromPanel(value: unknown): FromPanel | undefined {
  if (!isObject(value)) return undefined;
  switch (value.type) {
    case 'ready':
      return { type: 'ready' };
    case 'goToOrigin':
      return { type: 'goToOrigin' };
    case 'openNote':
      return isId(value.id) ? { type: 'openNote', id: value.id } : undefined;
    case 'copy':
    case 'copyLink':
      return isShortText(value.text, 20_000) ? { type: value.type, text: value.text } : undefined;
    case 'save':
      return readSave(value);
    case 'changed': {
      const state = readState(value.state);
      return state && { type: 'changed', state };
    }
    default:
      return undefined;
  }
}

function readSave({ format, text }: Readonly<Record<string, unknown>>): FromPanel | undefined {
  if (!isShortText(text, longestFile)) return undefined;
  return format === 'svg' || format === 'png' || format === 'markdown' ? { type: 'save', format, text } : undefined;
}
