import type { Units } from '#cut';
import { hashInto } from './ids.ts';

/** By what a source is known again without being read as a whole. */
export interface IndexKey {
  /** In units of the source. */
  length: number;
  /** When it was last changed, in milliseconds since 1970; 0 where that is not known. */
  modified: number;
  /** Hashes of blocks: at its start, at its end, and some between. */
  probes: readonly string[];
}

const BLOCK = 4096;
const BLOCKS = 10;

/** The key of the first `length` units of a source. */
export function indexKeyOf(units: Units, modified: number, length = units.length): IndexKey {
  const last = Math.max(0, length - BLOCK);
  const probes: string[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const start = Math.floor((last * block) / (BLOCKS - 1));
    probes.push(hashOf(units.slice(start, Math.min(start + BLOCK, length))));
  }
  return { length, modified, probes };
}

/** What has become of a source since its key was made: `grown` where it is longer and what was there before is there still. */
export function changeSince(key: IndexKey, units: Units, modified: number): 'none' | 'grown' | 'other' {
  const { length } = key;
  if (units.length < length) return 'other';
  if (units.length === length && key.modified !== modified) return 'other';
  const probes = indexKeyOf(units, modified, length).probes;
  if (probes.length !== key.probes.length || probes.some((probe, block) => probe !== key.probes[block])) return 'other';
  return units.length === length ? 'none' : 'grown';
}

export function hashOf(text: string): string {
  const hash = new Uint32Array(2);
  hashInto(hash, text, 0, text.length);
  return Array.from(hash, (half) => half.toString(16).padStart(8, '0')).join('');
}
