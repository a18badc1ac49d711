import { useId } from "react";
import { sparkShape } from "./spark.logic";

export interface SparkProps {
  values: readonly number[];
  color?: string;
  width?: number;
  height?: number;
  /** What the line shows; without it the spark is decoration beside a number. */
  label?: string;
}

export function Spark({ values, color = "#2F54C8", width = 64, height = 24, label }: SparkProps) {
  const gradient = useId();
  const shape = sparkShape(values, width, height);
  if (!shape) return <span className="muted" style={{ display: "inline-block", width }} aria-hidden />;
  const naming = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} {...naming} style={{ flex: "none" }}>
      <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
        <stop offset="0" stopColor={color} stopOpacity={0.22} />
        <stop offset="1" stopColor={color} stopOpacity={0} />
      </linearGradient>
      <path d={shape.area} fill={`url(#${gradient})`} />
      <path d={shape.line} fill="none" stroke={color} strokeWidth={1.5} strokeLinejoin="round" />
      <circle cx={shape.end.x} cy={shape.end.y} r={2.2} fill={color} />
    </svg>
  );
}
