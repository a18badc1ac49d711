import { useTranslation } from "react-i18next";
import { EmptyState } from "@/shared/ui/EmptyState";

/** A page that failed to load or to draw. After a deploy its code may be gone: reloading fetches the new one. */
export function RouteError({ inside }: { inside?: boolean }) {
  const { t } = useTranslation("common");
  return (
    <main role="alert" style={inside ? undefined : { display: "grid", placeItems: "center", minHeight: "100dvh" }}>
      <EmptyState title={t("error.crashed")} text={t("error.crashedText")}>
        <button type="button" className="chip" onClick={() => window.location.reload()}>
          {t("action.reload")}
        </button>
      </EmptyState>
    </main>
  );
}
