import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { useHandOverUndo } from "./useHandOverUndo";

/** Hand-overs that stand, newest first, each can be taken back. */
export function HandOversPanel() {
  const { t } = useTranslation("routing");
  const format = useFormat();
  const slug = useSlug();
  const made = api.useQuery("get", "/api/v1/w/{slug}/handovers", { params: { path: { slug } } });
  const undo = useHandOverUndo(() => void made.refetch());
  if (!made.data?.length) return null;
  return (
    <Panel title={t("handover.recent")} flush>
      <ul>
        {made.data.map(({ id, member, successors, customers, at }) => (
          <li key={id} className="item-row">
            <span className="grow">
              {t("handover.line", {
                name: member.name,
                successors: format.list(successors.map(({ name }) => name)),
                customers: format.customers(customers),
              })}{" "}
              <span className="muted small">{format.day(at)}</span>
            </span>
            <Button size="small" aria-label={t("handover.undoOf", { name: member.name })} onClick={() => undo(id)}>
              {t("handover.undo")}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
