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

export type ScenePart = StripPart | TablePart | NotePart;

/** Address strips drawn to one scale, one strip a node, lowest address left; empty stretches may be drawn as a broken axis. */
export interface StripPart {
  kind: 'strips';
  title: string;
  /** What one unit of `start` and `end` is: `page of 4 KB`. */
  unit: string;
  strips: readonly Strip[];
  /** Places on the axis worth naming, in reading words: `4 GB`. Without them the ends are named in the unit. */
  marks?: readonly { at: number; label: string }[];
  /** What each look means in this part, for the legend; looks that are not named or not used are left out. */
  legend?: Partial<Readonly<Record<Piece['look'], string>>>;
}

export interface Strip {
  label: string;
  /** Half open, in the part's unit. */
  start: number;
  end: number;
  pieces: readonly Piece[];
}

/** A piece of a strip. Later pieces are drawn over earlier ones. */
export interface Piece {
  /** Stable between steps, so that a change can be followed. */
  id: string;
  start: number;
  end: number;
  label: string;
  /** Everything a reader is told about it: base, size, what it costs. */
  detail: string;
  look: 'outline' | 'solid' | 'hatched' | 'dotted' | 'empty';
  /** An index into the theme's chart colours, 0..7; by convention the NUMA node. */
  hue?: number;
  /** What the step that led to this state touched. */
  fresh?: boolean;
}

export interface TablePart {
  kind: 'table';
  title: string;
  columns: readonly string[];
  rows: readonly { cells: readonly string[]; mark?: 'fresh' | 'bad' }[];
}

export interface NotePart {
  kind: 'note';
  look: 'info' | 'warning' | 'error';
  text: string;
}
