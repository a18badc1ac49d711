import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCan, useTo } from "@/shared/session/SessionContext";
import type { Signal } from "./signals.logic";

/** What would unlock a signal; imports as links for those who may import. */
export function UnlockLinks({ signal }: { signal: Pick<Signal, "unlock"> }) {
  const { t } = useTranslation("signals");
  const to = useTo();
  const can = useCan();
  if (signal.unlock.length === 0) return null;
  return (
    <p className="row wrap small">
      <span className="muted">{t("unlock.label")}</span>
      {signal.unlock.map(({ kind, entity, label }) =>
        kind === "import" && can("import") ? (
          <Link key={entity} to={to(`/data/import?entity=${entity}`)}>
            {t("unlock.import", { label })}
          </Link>
        ) : (
          <span key={`${kind}${entity}`}>{label}</span>
        ),
      )}
    </p>
  );
}
