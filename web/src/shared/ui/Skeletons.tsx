import { useTranslation } from "react-i18next";

export function SkeletonBlock({ height, width = "100%" }: { height: number; width?: number | string }) {
  return <div className="skeleton" style={{ height, width }} />;
}

/** Grey lines of the height of the list that comes; says "loading" to screen readers. */
export function SkeletonRows({ rows = 6, height = 40 }: { rows?: number; height?: number }) {
  const { t } = useTranslation("common");
  return (
    <div role="status" style={{ display: "grid", gap: 12, padding: 16 }}>
      <span className="sr-only">{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all alike
        <SkeletonBlock key={index} height={height} />
      ))}
    </div>
  );
}

export function SkeletonCards({ cards = 4, height = 112 }: { cards?: number; height?: number }) {
  return (
    <>
      {Array.from({ length: cards }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all alike
        <div key={index} className="panel" style={{ padding: 18 }}>
          <SkeletonBlock height={height - 36} />
        </div>
      ))}
    </>
  );
}
