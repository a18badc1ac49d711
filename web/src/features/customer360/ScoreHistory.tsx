import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useBands, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chart } from "@/shared/ui/Chart";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonBlock } from "@/shared/ui/Skeletons";
import { historyOption, historyRange } from "./history.logic";
import { ScoreChange } from "./ScoreChange";

const HEIGHT = 170;

export function ScoreHistory({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customer360", "common"]);
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const bands = useBands();
  const path = { slug: useSlug(), customer_id: customerId };
  const history = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/score-history", { params: { path } });
  const option = useMemo(
    () =>
      history.data &&
      historyOption(history.data, bands, {
        score: t("common:score.name"),
        day: format.day,
        mark: (version) => t("history.mark", { version }),
      }),
    [history.data, bands, t, format],
  );
  const range = historyRange(history.data?.points ?? []);
  return (
    <Panel title={t("history.title")} extra={<span className="muted small">{t("common:score.note")}</span>}>
      {history.isError && <ErrorState error={history.error} retry={() => void history.refetch()} />}
      {history.isPending && <SkeletonBlock height={HEIGHT} />}
      {history.data && !range && <p className="muted">{t("history.none")}</p>}
      {option && range && <Chart option={option} height={HEIGHT} label={t("history.label", range)} />}
      {history.data && history.data.points.length > 1 && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t("change.title")}</summary>
          {open && <ScoreChange customerId={customerId} points={history.data.points} />}
        </details>
      )}
      {history.data?.marks.map(({ at, version, note }) => (
        <p key={version} className="muted small">
          {t("history.change", { day: format.day(at), version, note })}
        </p>
      ))}
    </Panel>
  );
}
