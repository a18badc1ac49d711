import { useTranslation } from "react-i18next";
import { EmptyState } from "@/shared/ui/EmptyState";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { type Compared, intervalText } from "./model.logic";

/** The model beside plain ways to do the same, on the same customers at the same origins. */
export function ComparisonTable({ rows }: { rows: readonly Compared[] }) {
  const { t } = useTranslation("model");
  if (rows.length === 0) return <EmptyState title={t("compare.none")} text={t("compare.noneText")} />;
  const figure = (key: "auc" | "ap" | "top" | "log_loss" | "behind") => ({
    key,
    title: t(`compare.${key}`),
    render: (row: Compared) => (key === "behind" && row.name === "stack" ? "—" : intervalText(row[key])),
    end: true,
  });
  const columns = [
    { key: "name", title: t("compare.name"), render: (row: Compared) => t(`compare.names.${row.name}`) },
    figure("auc"),
    figure("ap"),
    figure("top"),
    figure("log_loss"),
    {
      key: "ece",
      title: t("compare.ece"),
      render: (row: Compared) => (row.ece === null ? "—" : row.ece.toFixed(3)),
      end: true,
    },
    figure("behind"),
  ];
  return (
    <>
      <h3>{t("compare.title")}</h3>
      <SimpleTable columns={columns} rows={rows} rowKey={(row) => row.name} label={t("compare.title")} />
      <p className="muted small">{t("compare.note", { count: rows[0]?.auc.n ?? 0 })}</p>
    </>
  );
}
