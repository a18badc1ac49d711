import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { Backtest } from "./backtest.logic";

type Run = Pick<Backtest, "id" | "created_at" | "every" | "horizon_days">;

/** The backtests of this subject so far. */
export function PastRuns({
  runs,
  value,
  onChange,
}: {
  runs: readonly Run[];
  value: number | null;
  onChange: (id: number) => void;
}) {
  const { t } = useTranslation("backtests");
  const { dayTime } = useFormat();
  return (
    <NativeSelect
      aria-label={t("form.past")}
      value={String(value ?? "")}
      options={runs.map(({ id, created_at, every, horizon_days }) => ({
        value: String(id),
        label: t("form.pastItem", { when: dayTime(created_at), every: t(`form.${every}`), days: horizon_days }),
      }))}
      onChange={(id) => onChange(Number(id))}
    />
  );
}
