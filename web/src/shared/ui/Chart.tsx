import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { useEffect, useRef, useState } from "react";
import { SkeletonBlock } from "./Skeletons";

const library = () => import("./echarts");

/** Call from a route's loader so that the chart code travels beside the page's. */
export function prefetchCharts(): void {
  void library();
}

export interface ChartProps {
  option: EChartsCoreOption;
  height: number;
  /** What the chart shows, as one sentence; the numbers belong into a table or the text nearby. */
  label: string;
}

export function Chart({ option, height, label }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  useEffect(() => {
    let made: EChartsType | undefined;
    let gone = false;
    const observer = new ResizeObserver(() => made?.resize());
    void library().then(({ init }) => {
      if (gone || !box.current) return;
      made = init(box.current);
      observer.observe(box.current);
      setChart(made);
    });
    return () => {
      gone = true;
      observer.disconnect();
      made?.dispose();
    };
  }, []);
  useEffect(() => {
    // "inherit" would be measured in another font than it is drawn in.
    const { fontFamily } = getComputedStyle(document.body);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart?.setOption(
      { textStyle: { fontFamily }, animation: !still, animationDuration: 300, ...option },
      { notMerge: true },
    );
  }, [chart, option]);
  return (
    <div role="img" aria-label={label} style={{ position: "relative", height }}>
      <div ref={box} style={{ height }} />
      {!chart && (
        <div style={{ position: "absolute", inset: 0 }}>
          <SkeletonBlock height={height} />
        </div>
      )}
    </div>
  );
}
