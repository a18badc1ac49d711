import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import { Score, ScoreNote } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { CountOut } from "../types";
import type { LiveCount } from "./useCount";

export interface CountPanelProps {
  live: LiveCount;
  /** Something is still missing, so that nothing is asked. */
  incomplete: boolean;
}

/** How many customers match now, and some of them by name. */
export function CountPanel({ live, incomplete }: CountPanelProps) {
  const { t } = useTranslation("rules");
  const { count, busy, error, faults } = live;
  const stale = incomplete || faults.length > 0;
  return (
    <Panel title={t("count.title")} extra={<State live={live} incomplete={incomplete} />}>
      <div className="stack" aria-live="polite" aria-busy={busy}>
        {Boolean(error) && faults.length === 0 && <FormError error={error} />}
        {!count &&
          !error &&
          (incomplete ? <p className="muted">{t("count.incomplete")}</p> : <SkeletonRows rows={3} />)}
        {count && count.as_of === null && <p className="muted">{t("count.noScoring")}</p>}
        {count && count.as_of !== null && (
          <div className={stale || busy ? "stale" : ""}>
            <CountBody count={count} />
          </div>
        )}
      </div>
    </Panel>
  );
}

function State({ live: { count, busy, faults }, incomplete }: CountPanelProps) {
  const { t } = useTranslation("rules");
  const { dayTime } = useFormat();
  const text = faults.length
    ? t("count.faulty")
    : incomplete
      ? t("count.incomplete")
      : busy
        ? t("count.busy")
        : count?.as_of
          ? t("count.live", { when: dayTime(count.as_of) })
          : "";
  return <span className="muted small">{text}</span>;
}

function CountBody({ count }: { count: CountOut }) {
  const { t } = useTranslation("rules");
  const format = useFormat();
  const to = useTo();
  const share = count.total ? count.matched / count.total : 0;
  return (
    <>
      <p>
        <span className="count-number" data-testid="matched">
          {format.customers(count.matched)}
        </span>{" "}
        <span className="muted">
          {t("count.share", { all: format.customers(count.total), share: format.percent(share, 2) })}
        </span>
      </p>
      {count.excluded > 0 && (
        <p className="muted small">{t("count.excluded", { customers: format.customers(count.excluded) })}</p>
      )}
      {count.matched === 0 && <p className="muted">{t("count.none")}</p>}
      {count.sample.length > 0 && (
        <>
          <h3 className="small muted sample-title">
            {t("count.sample")} <ScoreNote />
          </h3>
          <ul className="sample">
            {count.sample.map(({ customer_id, name, owner, score, level }) => (
              <li key={customer_id} className="row">
                <Link className="grow ellipsis" to={to(`/customers/${customer_id}`)}>
                  {name}
                </Link>
                <span className="muted small ellipsis">{owner?.name}</span>
                <Score score={score} level={level} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
