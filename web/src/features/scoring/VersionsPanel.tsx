import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { ConfigDiff } from "./ConfigDiff";

type Version = Schemas["ScoreConfigOut"];

/** Every version that was live, with its note and what it changed; an older one can be made the draft. */
export function VersionsPanel({ mayEdit, onRestored }: { mayEdit: boolean; onRestored: () => void }) {
  const { t } = useTranslation("scoring");
  const slug = useSlug();
  const [open, setOpen] = useState<number | null>(null);
  const versions = api.useQuery("get", "/api/v1/w/{slug}/scoring/versions", { params: { path: { slug } } });
  const shown = (versions.data ?? []).filter(({ status }) => status !== "draft");
  return (
    <Panel title={t("version.title")} flush>
      {versions.isError && <ErrorState error={versions.error} retry={() => void versions.refetch()} />}
      <ul>
        {shown.map((version, place) => (
          <VersionRow
            key={version.version}
            version={version}
            before={shown[place + 1]}
            open={open === version.version}
            onToggle={() => setOpen(open === version.version ? null : version.version)}
            mayEdit={mayEdit}
            onRestored={onRestored}
          />
        ))}
      </ul>
    </Panel>
  );
}

interface RowProps {
  version: Version;
  before: Version | undefined;
  open: boolean;
  onToggle: () => void;
  mayEdit: boolean;
  onRestored: () => void;
}

function VersionRow({ version: row, before, open, onToggle, mayEdit, onRestored }: RowProps) {
  const { t } = useTranslation("scoring");
  const slug = useSlug();
  const { dayTime } = useFormat();
  const { version, status, note, created_by, published_at } = row;
  const restore = api.useMutation("post", "/api/v1/w/{slug}/scoring/versions/{version}/restore", {
    onSuccess: onRestored,
  });
  return (
    <li>
      <div className="version">
        <div className="grow">
          <strong>{t("version.name", { version })}</strong>{" "}
          {status === "published" && <span className="risk-tag risk-normal">{t("version.live")}</span>}
          <div className="muted small">
            {[note, created_by, published_at && dayTime(published_at)].filter(Boolean).join(" · ")}
          </div>
        </div>
        {before && (
          <Button size="small" aria-expanded={open} onClick={onToggle}>
            {t("version.diff", { version: before.version })}
          </Button>
        )}
        {mayEdit && status === "retired" && (
          <Popconfirm
            title={t("version.ask", { version })}
            onConfirm={() => restore.mutate({ params: { path: { slug, version } } })}
          >
            <Button size="small">{t("version.restore")}</Button>
          </Popconfirm>
        )}
      </div>
      {open && before && <ConfigDiff before={before.config} after={row.config} />}
    </li>
  );
}
