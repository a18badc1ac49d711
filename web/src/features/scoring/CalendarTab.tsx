import { LeftOutlined, PlusOutlined, RightOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { CalendarImportSheet } from "./CalendarImportSheet";
import { PeriodSheet } from "./PeriodSheet";

export type Period = Schemas["CalendarPeriodOut"];

/** 假期日历: what is known of the country, the workspace's own periods, and 调休; next year's missing swaps are told in time. */
export function CalendarTab({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation("scoring");
  const { now } = useFormat();
  const slug = useSlug();
  const [{ year: asked }, change] = useUrlState({ year: "" });
  const year = Number(asked) || new Date(now).getUTCFullYear();
  const [sheet, setSheet] = useState<Period | "new" | "import" | null>(null);
  const path = { slug };
  const calendar = api.useQuery("get", "/api/v1/w/{slug}/calendar", { params: { path, query: { year } } });
  const close = () => {
    setSheet(null);
    void calendar.refetch();
  };
  const missing = calendar.data?.missing_swaps;
  return (
    <div className="stack">
      {missing && (
        <Alert
          type="warning"
          showIcon
          title={t("calendar.missing", { year: missing })}
          description={t("calendar.missingText", { year: missing })}
        />
      )}
      <Panel
        title={t("calendar.title", { year })}
        extra={
          <span className="row wrap">
            <YearStep
              label={t("calendar.before")}
              icon={LeftOutlined}
              onClick={() => change({ year: String(year - 1) })}
            />
            <YearStep
              label={t("calendar.after")}
              icon={RightOutlined}
              onClick={() => change({ year: String(year + 1) })}
            />
            {!disabled && <Button onClick={() => setSheet("import")}>{t("calendar.import")}</Button>}
            {!disabled && (
              <Button icon={<Icon of={PlusOutlined} />} onClick={() => setSheet("new")}>
                {t("calendar.add")}
              </Button>
            )}
          </span>
        }
        flush
      >
        <p className="muted small panel-note">{t("calendar.text")}</p>
        {calendar.isError && <ErrorState error={calendar.error} retry={() => void calendar.refetch()} />}
        {calendar.isPending && <SkeletonRows rows={6} />}
        <ul className="calendar-list">
          {calendar.data?.periods.map((period) => (
            <PeriodRow
              key={period.ref}
              period={period}
              disabled={disabled}
              onEdit={() => setSheet(period)}
              onDone={() => void calendar.refetch()}
            />
          ))}
        </ul>
      </Panel>
      <CalendarImportSheet open={sheet === "import"} onClose={close} />
      {sheet !== null && sheet !== "import" && <PeriodSheet period={sheet === "new" ? null : sheet} onClose={close} />}
    </div>
  );
}

function YearStep({ label, icon, onClick }: { label: string; icon: typeof LeftOutlined; onClick: () => void }) {
  return <Button type="text" aria-label={label} icon={<Icon of={icon} />} onClick={onClick} />;
}

function PeriodRow({
  period,
  disabled,
  onEdit,
  onDone,
}: {
  period: Period;
  disabled: boolean;
  onEdit: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation(["scoring", "common"]);
  const params = { path: { slug: useSlug(), ref: period.ref } };
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/calendar/periods/{ref}", { onSuccess: onDone });
  const restore = api.useMutation("post", "/api/v1/w/{slug}/calendar/periods/{ref}/restore", { onSuccess: onDone });
  const days = period.start === period.end ? period.start : `${period.start} – ${period.end}`;
  return (
    <li style={period.removed ? { opacity: 0.6 } : undefined}>
      <span className="risk-tag risk-normal">{t(`scoring:calendar.kind.${period.kind}`)}</span>
      <strong>{period.name}</strong>
      <span className="num">{days}</span>
      <span className="grow muted small">
        {[
          period.tolerant && t("scoring:calendar.tolerant"),
          period.lunar && t("scoring:calendar.lunar"),
          period.own && t("scoring:calendar.own"),
          period.changed && t("scoring:calendar.changed"),
          period.removed && t("scoring:calendar.removed"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {!disabled && (
        <span>
          {(period.changed || period.removed) && (
            <Button size="small" type="text" loading={restore.isPending} onClick={() => restore.mutate({ params })}>
              {t("scoring:calendar.restore")}
            </Button>
          )}
          {!period.removed && (
            <>
              <Button size="small" type="text" onClick={onEdit}>
                {t("common:action.edit")}
              </Button>
              <Button size="small" type="text" loading={remove.isPending} onClick={() => remove.mutate({ params })}>
                {t("common:action.delete")}
              </Button>
            </>
          )}
        </span>
      )}
    </li>
  );
}
