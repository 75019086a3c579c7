/**
 * The cheapest way to give each row a column of its own, for a square table of costs: the column of each row. The Hungarian method with potentials
 * (Kuhn 1955; Jonker and Volgenant 1987): cubic in the number of rows.
 */
export function assign(size: number, cost: (row: number, column: number) => number): Int32Array {
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  // Counted from 1; column 0 stands for the row that is being placed.
  const rowOf = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) place(row, size, cost, { rowPotential, columnPotential, rowOf });
  const columns = new Int32Array(size).fill(-1);
  for (let column = 1; column <= size; column++) columns[(rowOf[column] ?? 0) - 1] = column - 1;
  return columns;
}

interface Table {
  rowPotential: Float64Array;
  columnPotential: Float64Array;
  rowOf: Int32Array;
}

function place(row: number, size: number, cost: (row: number, column: number) => number, table: Table): void {
  const { rowPotential, columnPotential, rowOf } = table;
  const least = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(size + 1);
  const used = new Uint8Array(size + 1);
  rowOf[0] = row;
  let column = 0;
  do {
    used[column] = 1;
    const current = rowOf[column] ?? 0;
    let delta = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let other = 1; other <= size; other++) {
      if (used[other] === 1) continue;
      const reduced = cost(current - 1, other - 1) - (rowPotential[current] ?? 0) - (columnPotential[other] ?? 0);
      if (reduced < (least[other] ?? 0)) {
        least[other] = reduced;
        before[other] = column;
      }
      if ((least[other] ?? 0) < delta) {
        delta = least[other] ?? 0;
        next = other;
      }
    }
    for (let other = 0; other <= size; other++) {
      if (used[other] === 1) {
        const held = rowOf[other] ?? 0;
        rowPotential[held] = (rowPotential[held] ?? 0) + delta;
        columnPotential[other] = (columnPotential[other] ?? 0) - delta;
      } else least[other] = (least[other] ?? 0) - delta;
    }
    column = next;
  } while (rowOf[column] !== 0);
  for (; column !== 0; column = before[column] ?? 0) rowOf[column] = rowOf[before[column] ?? 0] ?? 0;
}
