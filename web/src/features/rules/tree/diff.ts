export interface Line {
  depth: number;
  text: string;
}

export interface DiffLine extends Line {
  change: "same" | "added" | "removed";
  /** Stable within one diff. */
  key: string;
}

const same = (a: Line | undefined, b: Line | undefined) => a?.text === b?.text && a?.depth === b?.depth;

/** Length of the longest common subsequence of the tails a[i..], b[j..]. */
function commonLengths(before: readonly Line[], after: readonly Line[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) fillRow(table, i, before, after);
  return table;
}

function fillRow(table: number[][], i: number, before: readonly Line[], after: readonly Line[]): void {
  const cell = (row: number, column: number) => table[row]?.[column] ?? 0;
  for (let j = after.length - 1; j >= 0; j -= 1) {
    const value = same(before[i], after[j]) ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    const row = table[i];
    if (row) row[j] = value;
  }
}

/** What changed between two forms of a rule, line by line: the fewest removed and added lines. */
export function diffLines(before: readonly Line[], after: readonly Line[]): DiffLine[] {
  const table = commonLengths(before, after);
  const lines: DiffLine[] = [];
  const push = (change: DiffLine["change"], line: Line | undefined) => {
    if (line) lines.push({ depth: line.depth, text: line.text, change, key: `${lines.length}` });
  };
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && same(before[i], after[j])) {
      push("same", before[i]);
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      push("removed", before[i]);
      i += 1;
    } else {
      push("added", after[j]);
      j += 1;
    }
  }
  return lines;
}

export const hasChanges = (lines: readonly DiffLine[]) => lines.some(({ change }) => change !== "same");
