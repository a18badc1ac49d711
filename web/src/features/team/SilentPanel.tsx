import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { usePhone } from "@/shared/lib/useMedia";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Score, ScoreNote } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { SilentDrawerProps } from "./SilentDrawer";

export function SilentPanel({ ask, days, onClose }: SilentDrawerProps) {
  const { t } = useTranslation("team");
  const phone = usePhone();
  const title = ask?.name ? t("silent.of", { days, name: ask.name }) : t("silent.title", { days });
  return (
    <Drawer open onClose={onClose} title={title} placement={phone ? "bottom" : "right"} size={phone ? "80%" : 520}>
      <div className="stack">
        <ScoreNote />
        <Silent owner={ask?.owner ?? null} />
        <p className="muted small">{t("silent.how")}</p>
      </div>
    </Drawer>
  );
}

function Silent({ owner }: { owner: number | null }) {
  const { t } = useTranslation("team");
  const params = { path: { slug: useSlug() }, query: owner === null ? {} : { owner } };
  const list = api.useQuery("get", "/api/v1/w/{slug}/team-board/silent", { params });
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <SkeletonRows />;
  if (list.data.length === 0) return <EmptyState title={t("silent.none")} />;
  return (
    <ul>
      {list.data.map((row) => (
        <SilentItem key={row.customer.id} row={row} />
      ))}
    </ul>
  );
}

function SilentItem({ row }: { row: Schemas["SilentRow"] }) {
  const { t } = useTranslation("team");
  const to = useTo();
  const format = useFormat();
  const last = row.last_contact_at;
  return (
    <li className="team-silent-row">
      <CustomerCell customer={row.customer} to={to(`/customers/${row.customer.id}`)} meta={row.owner?.name} />
      <div className="spread">
        <span className="muted small">{last ? t("silent.last", { day: format.day(last) }) : t("silent.never")}</span>
        <span className="row">
          <span className="num">{format.money(row.annual_value)}</span>
          <Score score={row.score} level={row.level} />
        </span>
      </div>
    </li>
  );
}
