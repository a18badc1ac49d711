import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/shared/api/client";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Score } from "@/shared/ui/Score";
import { type DayRow, leftReasons, leftTotal } from "./team.logic";

type Item = Schemas["DayItem"];

export interface DayPersonProps {
  row: DayRow;
  /** Nothing: the reader may not change these minutes. */
  onMinutes?: (() => void) | undefined;
}

/** One person's day: minutes, the list, and those who are not on it. */
export function DayPerson({ row, onMinutes }: DayPersonProps) {
  const { t } = useTranslation("team");
  const format = useFormat();
  const name = row.person.name;
  return (
    <Panel
      title={
        <>
          {name} {row.away && <span className="tag">{t("away")}</span>}
          {row.own_minutes && <span className="tag">{t("day.ownMinutes")}</span>}
        </>
      }
      extra={
        <span className="row wrap small">
          <span className="num">{t("day.used", { used: row.used, minutes: row.minutes })}</span>
          <span className="num">{t("day.loss", { money: format.money(row.expected_loss) })}</span>
          {onMinutes && (
            <Button size="small" className="no-print" onClick={onMinutes} aria-label={t("day.editMinutesOf", { name })}>
              {t("day.editMinutes")}
            </Button>
          )}
        </span>
      }
    >
      {row.chosen.length === 0 && <p className="muted">{t(row.away ? "day.nobody" : "day.none")}</p>}
      <ol className="day-list" aria-label={name}>
        {row.chosen.map((item) => (
          <DayLine key={item.alert_id} item={item} />
        ))}
      </ol>
      <LeftOut row={row} />
    </Panel>
  );
}

function DayLine({ item }: { item: Item }) {
  const { t } = useTranslation("team");
  const to = useTo();
  const format = useFormat();
  return (
    <li className="day-line">
      <Score score={item.score} level={item.level} />
      <div className="grow">
        <div className="row wrap">
          <Link to={to(`/customers/${item.customer.id}`)}>
            <strong>{item.customer.name}</strong>
          </Link>
          {item.customer.name_is_sample && <SampleMark />}
          {item.promised && <span className="tag">{t("day.promised")}</span>}
        </div>
        <Link className="muted small" to={to(`/alerts/${item.alert_id}`)}>
          {item.reason}
        </Link>
      </div>
      <span className="day-worth">
        <span className="num">{format.money(item.expected_loss)}</span>
        <span className="muted small num">{t("day.takes", { count: item.minutes })}</span>
      </span>
    </li>
  );
}

function LeftOut({ row }: { row: DayRow }) {
  const { t } = useTranslation("team");
  const to = useTo();
  const format = useFormat();
  const total = leftTotal(row);
  if (total === 0) return null;
  const reasons = leftReasons(row).map(({ key, count }) => t(`day.why.${key}`, { count }));
  return (
    <details className="day-left">
      <summary>
        {t("day.left", { count: total })} <span className="muted small">{reasons.join(" · ")}</span>
      </summary>
      {row.left.length > 0 && (
        <>
          <p className="muted small">{t("day.leftLargest")}</p>
          <ul>
            {row.left.map((item) => (
              <li key={item.alert_id} className="spread">
                <Link to={to(`/customers/${item.customer.id}`)}>{item.customer.name}</Link>
                <span className="num small">{format.money(item.expected_loss)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
