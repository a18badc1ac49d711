import { CloseOutlined, SaveOutlined, TeamOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Icon } from "../ui/Icon";
import { onDemand } from "./onDemand";
import { PLACES, useViews, type ViewPage } from "./useViews";
import { viewQuery } from "./values";
import "./list.css";

/** The named filters of a page: open one, delete an own one. */
export function SavedViewChips({ page }: { page: ViewPage }) {
  const { t } = useTranslation("list");
  const [search, setSearch] = useSearchParams();
  const { items, remove, slug } = useViews(page);
  const current = viewQuery(search, PLACES);
  if (items.length === 0) return null;
  return (
    <div className="chips" role="group" aria-label={t("views.label")}>
      {items.map((view) => (
        <span key={view.id} className="view-chip">
          <button
            type="button"
            className="chip"
            aria-pressed={view.query === current}
            onClick={() => setSearch(view.query)}
          >
            {view.shared && <Icon of={TeamOutlined} className="view-shared" />}
            {view.name}
            {view.shared && <span className="sr-only">{t("views.isShared")}</span>}
          </button>
          {view.mine && (
            <button
              type="button"
              className="view-remove"
              aria-label={t("views.remove", { name: view.name })}
              onClick={() => remove.mutate({ params: { path: { slug, view_id: view.id } } })}
            >
              <Icon of={CloseOutlined} />
            </button>
          )}
        </span>
      ))}
    </div>
  );
}

export interface SaveViewProps {
  page: ViewPage;
  open: boolean;
  onClose: () => void;
}

const SaveViewForm = onDemand<SaveViewProps>(
  ({ open }) => open,
  async () => (await import("./SaveViewForm")).SaveViewForm,
);

/** Saves the filters of the address under a name, for oneself or for all. */
export function SaveViewButton({ page }: { page: ViewPage }) {
  const { t } = useTranslation("list");
  const [search] = useSearchParams();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Icon of={SaveOutlined} />} disabled={!viewQuery(search, PLACES)} onClick={() => setOpen(true)}>
        {t("views.save")}
      </Button>
      <SaveViewForm page={page} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
