export interface SparkShape {
  line: string;
  area: string;
  end: { x: number; y: number };
}

/** A poly-line through the values in a box; undefined with fewer than two points. A flat series runs mid-height. */
export function sparkShape(values: readonly number[], width: number, height: number, pad = 3): SparkShape | undefined {
  if (values.length < 2) return undefined;
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const x = (index: number) => pad + (index / (values.length - 1)) * (width - 2 * pad);
  const y = (value: number) => (span ? height - pad - ((value - low) / span) * (height - 2 * pad) : height / 2);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  const last = values.at(-1) ?? 0;
  return {
    line: `M${points.join("L")}`,
    area: `M${pad},${height}L${points.join("L")}L${(width - pad).toFixed(1)},${height}Z`,
    end: { x: x(values.length - 1), y: y(last) },
  };
}
