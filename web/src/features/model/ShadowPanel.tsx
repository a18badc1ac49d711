import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";

type Day = Schemas["ShadowDayOut"];
const LEVELS = ["normal", "early", "medium", "high"] as const;

/** What a model in shadow would have said, beside the score in use; the newest day in full. */
export function ShadowPanel({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation(["model", "common"]);
  const slug = useSlug();
  const { customers, percent, score } = useFormat();
  const newest = days[0];
  if (!newest) return null;
  const level = (name: (typeof LEVELS)[number]) => t(`common:level.${name}`);
  const columns = [
    {
      key: "used",
      title: t("model:shadow.used"),
      render: ({ row }: { row: number }) => level(LEVELS[row] ?? "normal"),
    },
    ...LEVELS.map((name, place) => ({
      key: name,
      title: t("model:shadow.would", { level: level(name) }),
      render: ({ row }: { row: number }) => newest.levels[row]?.[place] ?? 0,
      end: true,
    })),
  ];
  return (
    <Panel title={t("model:shadow.title")}>
      <p>
        {t("model:shadow.text", {
          day: newest.day,
          customers: customers(newest.customers),
          agree: percent(newest.agree),
          rank: newest.rank === null ? "—" : newest.rank.toFixed(2),
        })}
      </p>
      <SimpleTable
        columns={columns}
        rows={LEVELS.map((_, row) => ({ row }))}
        rowKey={({ row }) => row}
        label={t("model:shadow.title")}
      />
      {newest.apart.length > 0 && (
        <>
          <h3>{t("model:shadow.apart")}</h3>
          <ul className="missing">
            {newest.apart.map((one) => (
              <li key={one.customer_id}>
                <Link to={`/w/${slug}/customers/${one.customer_id}`}>{one.name}</Link> {score(one.used)} →{" "}
                {score(one.shadow)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
