import { DatabaseOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { isSameDay } from "@/shared/lib/dates";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { Popover } from "@/shared/ui/Popover";

const EVERY = 60_000;

/** 数据截至: how old the facts on the page are; by source, and what is still being counted in, on a press. */
export function DataAge({ compact }: { compact?: boolean }) {
  const { t } = useTranslation("shell");
  const slug = useSlug();
  const to = useTo();
  const can = useCan();
  const { dayTime, clock, count, zone } = useFormat();
  const { data } = api.useQuery(
    "get",
    "/api/v1/w/{slug}/data-age",
    { params: { path: { slug } } },
    { refetchInterval: EVERY },
  );
  if (!data) return null;
  // by the real day: a tab stays open overnight, and the session's present is of the hour it was opened
  const isToday = (at: string) => isSameDay(at, new Date().toISOString(), zone);
  const moment = (at: string | null) => (at ? (isToday(at) ? clock(at) : dayTime(at)) : t("age.never"));
  const name = t(data.late ? "age.late" : "age.named", { when: moment(data.until) });
  return (
    <Popover
      label={t("age.title")}
      trigger={(props) => (
        <button
          type="button"
          className={`${compact ? "icon-button" : "clock-chip"}${data.late ? " late" : ""}`}
          aria-label={name}
          {...props}
        >
          <Icon of={DatabaseOutlined} />
          {!compact && <span className="num">{name}</span>}
        </button>
      )}
    >
      {() => (
        <div className="clock-panel stack">
          <strong>{name}</strong>
          {data.waiting_rows > 0 && (
            <p className="muted small">{t("age.waiting", { rows: count(data.waiting_rows) })}</p>
          )}
          {data.sources.length === 0 ? (
            <p className="muted small">{t(data.until ? "age.files" : "age.none")}</p>
          ) : (
            <ul className="age-sources">
              {data.sources.map((source) => (
                <li key={source.name} className="spread">
                  <span>{source.name}</span>
                  <span className="muted small num">
                    {moment(source.until)}
                    {(source.state === "stale" || source.state === "failing") && ` · ${t(`age.${source.state}`)}`}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {can("sources") && <Link to={to("/data")}>{t("age.open")}</Link>}
        </div>
      )}
    </Popover>
  );
}
