import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";

type Trail = Schemas["AlertTrailOut"];

interface Line {
  key: string;
  at: string;
  text: string;
}

/** Whom an alert went to: pushes, and the steps of the ladder. */
export function AlertTrail({ alertId }: { alertId: number }) {
  const { t } = useTranslation("routing");
  const { dayTime, list } = useFormat();
  const path = { slug: useSlug(), alert_id: alertId };
  const trail = api.useQuery("get", "/api/v1/w/{slug}/alerts/{alert_id}/trail", { params: { path } });
  const names = (people: Trail["escalations"][number]["told"]) =>
    list(people.map(({ name }) => name)) || t("preview.toNobody");
  if (trail.isError) return <ErrorState error={trail.error} retry={() => void trail.refetch()} />;
  if (!trail.data) return null;
  const lines: Line[] = [
    ...trail.data.pushes
      .filter(({ kind }) => kind !== "escalation")
      .map(({ at, kind, person }) => ({
        key: `${kind}${person.id}${at}`,
        at,
        text: t(`trail.${kind === "copy" ? "copy" : "own"}`, { name: person.name }),
      })),
    ...trail.data.escalations.map(({ at, step, level, told }) => ({
      key: `${level}${step}`,
      at,
      text: t("trail.step", { step, names: names(told) }),
    })),
  ].sort((one, other) => one.at.localeCompare(other.at));
  if (lines.length === 0) return null;
  return (
    <Panel title={t("trail.title")}>
      <ul className="stack">
        {lines.map(({ key, at, text }) => (
          <li key={key} className="spread wrap">
            <span>{text}</span>
            <span className="muted small">{dayTime(at)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
