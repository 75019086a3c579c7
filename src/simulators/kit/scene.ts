/**
 * A picture as data: what a state looks like, in the words of the mechanism. Two renderers draw any scene, one as text (hover,
 * command line, the text twin of the panel), one as SVG. Patterns and labels carry the meaning; colour only helps.
 */
export interface Scene {
  title: string;
  /** The whole picture in one sentence, for a screen reader and for the first line of the text twin. */
  summary: string;
  parts: readonly ScenePart[];
}

export type ScenePart = StripPart | GraphPart | PathPart | TimelinePart | PageTablesPart | TablePart | NotePart;

/** Address strips drawn to one scale, one strip a node, lowest address left; empty stretches may be drawn as a broken axis. */
export interface StripPart {
  kind: 'strips';
  /** Stable between steps. A part that has one can be looked at through a window, and keeps it from step to step. */
  id?: string;
  title: string;
  /** What one unit of `start` and `end` is: `page of 4 KB`. */
  unit: string;
  /** Bytes of one unit, where it has any: then lengths are said in KB, MB and GB. */
  unitBytes?: number;
  strips: readonly Strip[];
  /** Places on the axis worth naming, in reading words: `4 GB`. Without them the ends are named in the unit. */
  marks?: readonly { at: number; label: string }[];
  /** What each look means in this part, for the legend; looks that are not named or not used are left out. */
  legend?: Partial<Readonly<Record<Look, string>>>;
}

/** A part of a strip's axis, half open, in the part's unit. */
export interface Window {
  start: number;
  end: number;
}

export interface Strip {
  label: string;
  /** Half open, in the part's unit. */
  start: number;
  end: number;
  pieces: readonly Piece[];
}

export type Look = 'outline' | 'solid' | 'hatched' | 'dotted' | 'empty';

/** A piece of a strip. Later pieces are drawn over earlier ones. */
export interface Piece extends Item {
  start: number;
  end: number;
  label: string;
  look: Look;
  /** An index into the theme's chart colours, 0..7; by convention the NUMA node. */
  hue?: number;
}

/** Whatever can be pointed at in a picture. */
interface Item {
  /** Stable between steps, so that a change can be followed. */
  id: string;
  /** Everything a reader is told about it: base, size, what it costs. */
  detail: string;
  /** What the step that led to this state touched. */
  fresh?: boolean;
}

/** Boxes and arrows, at most a dozen of each kind: who holds what, who waits for whom, what comes before what. */
export interface GraphPart {
  kind: 'graph';
  title: string;
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
  /** A way round, as ids of edges, each of which begins where the one before it ends; and the same in words. */
  cycle?: { edges: readonly string[]; words: string };
  /** What each kind of arrow means. */
  legend?: Partial<Readonly<Record<GraphEdge['look'], string>>>;
}

export interface GraphNode extends Item {
  label: string;
  /** What else stands in the box, a line each. */
  lines: readonly string[];
  /** An actor does things, and its box is round; a thing is had or waited for. */
  role: 'actor' | 'thing';
  /** The row it stands in, from 0, in the order of the nodes; without, both follow from the edges. Either all have one or none. */
  layer?: number;
}

export interface GraphEdge extends Item {
  from: string;
  to: string;
  look: 'solid' | 'dashed';
  /** In the text twin this is said of the node `of`: `holds`, `F(w)`. */
  of: string;
  verb: string;
  object: string;
}

/** A decision path: questions in the order they are asked, from the top down, and where that led. */
export interface PathPart {
  kind: 'path';
  title: string;
  steps: readonly PathStep[];
  end?: { label: string; detail: string; look: 'good' | 'bad' | 'open' };
}

export interface PathStep extends Item {
  question: string;
  /** `open`: still to come. `skipped`: never asked. `undone`: done, and taken back later. */
  look: 'taken' | 'failed' | 'undone' | 'open' | 'skipped';
  answer?: string;
  /** Where the answer leads, when not to the next question. */
  leads?: string;
  /** The answers that were not given, most telling first, and where they would have led. */
  others?: readonly { answer: string; leads?: string }[];
}

/** Lanes side by side, time downwards, as kernel people draw a race. */
export interface TimelinePart {
  kind: 'timeline';
  title: string;
  /** What a row is: `step`. */
  unit: string;
  lanes: readonly { label: string }[];
  rows: readonly TimelineRow[];
  /** How many rows are past; absent: all. The others are still to come. */
  now?: number;
  /** What goes on beside the rows: a lock held, a module initialized. */
  spans?: readonly TimelineSpan[];
  legend?: Partial<Readonly<Record<Look, string>>>;
}

export interface TimelineRow extends Item {
  label: string;
  /** A heading before this row, where a new stretch of time begins. */
  phase?: string;
  /** What happened in each lane; empty where nothing did. */
  cells: readonly string[];
  bad?: boolean;
}

export interface TimelineSpan {
  id: string;
  detail: string;
  lane: number;
  label: string;
  /** Rows, half open; without `to` it goes on. */
  from: number;
  to?: number;
  look: Look;
  hue?: number;
}

/** The tables that translate guest pages, beside each other, and what backs them: columns for each range of guest pages. */
export interface PageTablesPart {
  kind: 'pageTables';
  title: string;
  columns: readonly { id: string; label: string; role: 'guest' | 'table' | 'backing' }[];
  rows: readonly PageRow[];
  legend?: Partial<Readonly<Record<Look, string>>>;
}

export interface PageRow {
  id: string;
  /** As the columns; a place that has nothing is absent. */
  cells: readonly (PageCell | undefined)[];
}

export interface PageCell extends Item {
  /** The first line, and under it a quieter one: `h0-h5`, `present`. */
  label: string;
  state?: string;
  /** Without one it is a plain box. */
  look?: Look;
  /** The column of the same row that this entry leads to. */
  leads?: string;
}

export interface TablePart {
  kind: 'table';
  /** Stable between steps. The cells of a table that has one are marked where the last step changed them. */
  id?: string;
  title: string;
  columns: readonly string[];
  rows: readonly TableRow[];
}

export interface TableRow {
  cells: readonly string[];
  /** `fresh`: what the last step touched. `here`: the row of this run, among those of others. */
  mark?: 'fresh' | 'bad' | 'here';
  /** Cells that the last step changed, by their index. */
  changed?: readonly number[];
}

export interface NotePart {
  kind: 'note';
  look: 'info' | 'warning' | 'error';
  text: string;
}
