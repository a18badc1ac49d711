import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug, useWorkspace } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { ScoreNote } from "@/shared/ui/Score";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { DayPerson } from "./DayPerson";
import { EffortsSheet } from "./EffortsSheet";
import { MinutesSheet } from "./MinutesSheet";
import { type Day, type DayRow, mayChangeMinutes, TEAM_URL } from "./team.logic";

/** 今日名单: for everybody's minutes the customers that matter most, and who is left out. */
export function DayTab() {
  const { t } = useTranslation("team");
  const { scope } = useWorkspace();
  const [url, change] = useUrlState(TEAM_URL);
  const own = url.own !== "" && scope !== "own";
  const day = api.useQuery("get", "/api/v1/w/{slug}/team-board/day", {
    params: { path: { slug: useSlug() }, query: own ? { own } : {} },
  });
  const whose = [
    { key: "", label: t("day.all") },
    { key: "1", label: t("day.own") },
  ];
  return (
    <>
      {scope !== "own" && (
        <div className="no-print">
          <Chips
            label={t("day.whose")}
            items={whose}
            value={own ? "1" : ""}
            onChange={(next) => change({ own: next })}
          />
        </div>
      )}
      {day.isError && <ErrorState error={day.error} retry={() => void day.refetch()} />}
      {day.isPending && <SkeletonCards cards={3} height={180} />}
      {day.data && <Lists day={day.data} />}
    </>
  );
}

function Lists({ day }: { day: Day }) {
  const { t } = useTranslation("team");
  const { membership_id: me } = useWorkspace();
  const can = useCan();
  const [efforts, setEfforts] = useState(false);
  const [person, setPerson] = useState<DayRow | null>(null);
  const { high, medium, early } = day.efforts.minutes;
  return (
    <>
      <p className="muted small team-how">{t("day.how")}</p>
      <div className="spread wrap">
        <span className="small">
          {t("day.efforts", { high, medium, early, perDay: day.efforts.per_day })}{" "}
          {can("workspace") && (
            <Button type="link" size="small" className="no-print" onClick={() => setEfforts(true)}>
              {t("day.editEfforts")}
            </Button>
          )}
        </span>
        <ScoreNote />
      </div>
      {day.rows.length === 0 && <EmptyState title={t("empty")} text={t("emptyText")} />}
      {day.rows.map((row) => (
        <DayPerson
          key={row.person.id}
          row={row}
          onMinutes={mayChangeMinutes(row, me, can) ? () => setPerson(row) : undefined}
        />
      ))}
      {efforts && <EffortsSheet efforts={day.efforts} onClose={() => setEfforts(false)} />}
      {person && <MinutesSheet row={person} usual={day.efforts.per_day} onClose={() => setPerson(null)} />}
    </>
  );
}
