import type { Scene, ScenePart, TablePart, TableRow } from './scene.ts';

/** The scene with the cells marked that were otherwise in the scene before the step, in the tables that have an id. */
export function withChanges(before: Scene, scene: Scene): Scene {
  return { ...scene, parts: scene.parts.map((part) => changedPart(before.parts, part)) };
}

function changedPart(before: readonly ScenePart[], part: ScenePart): ScenePart {
  if (part.kind !== 'table' || part.id === undefined) return part;
  const old = before.find((each): each is TablePart => each.kind === 'table' && each.id === part.id);
  if (old === undefined || old.columns.join() !== part.columns.join()) return part;
  return { ...part, rows: part.rows.map((row, index) => changedRow(old, row, index, part.rows.length)) };
}

/** Rows are followed by their first cell, and a table of one row, which has no names, by its place. */
function changedRow(old: TablePart, row: TableRow, index: number, count: number): TableRow {
  const single = count === 1 && old.rows.length === 1;
  const was = single ? old.rows[index] : old.rows.find((each) => each.cells[0] === row.cells[0]);
  if (was === undefined) return row.mark === undefined ? { ...row, mark: 'fresh' } : row;
  const changed = row.cells.flatMap((cell, column) => (was.cells[column] === cell ? [] : [column]));
  return changed.length === 0 ? row : { ...row, changed };
}
