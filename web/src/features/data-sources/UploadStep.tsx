import { InboxOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, fetchApi } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { FormError } from "@/shared/ui/FormError";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { type FileFault, fileFault } from "./mapping.logic";
import { useUpload } from "./useUpload";

function Templates() {
  const { t } = useTranslation("dataSources");
  const slug = useSlug();
  const entities = api.useQuery("get", "/api/v1/w/{slug}/entities", { params: { path: { slug } } });
  return (
    <Panel title={t("upload.templates")} extra={<span className="muted small">{t("upload.templatesText")}</span>}>
      <ul className="row wrap">
        {(entities.data ?? []).map(({ name, label, help }) => (
          <li key={name}>
            <a className="tag" href={`/api/v1/w/${slug}/entities/${name}/template.csv`} download title={help}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Drop a file or choose one; the server finds out what it is. */
export function UploadStep() {
  const { t } = useTranslation("dataSources");
  const navigate = useNavigate();
  const to = useTo();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [fault, setFault] = useState<FileFault>();
  const upload = useUpload(fetchApi, (id) => void navigate(to(`/data/import/${id}`)));
  const take = (file: File | undefined) => {
    if (!file) return;
    const found = fileFault(file);
    setFault(found);
    if (!found) upload.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div className="wizard">
      <section
        aria-label={t("upload.label")}
        className={`drop${over ? " over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon of={InboxOutlined} />
        <strong>{t("upload.drop")}</strong>
        <span className="muted">{t("upload.kinds")}</span>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.tsv,.xlsx"
          tabIndex={-1}
          aria-label={t("upload.choose")}
          onChange={(event) => take(event.target.files?.[0])}
        />
        <Button type="primary" loading={upload.isPending} onClick={() => input.current?.click()}>
          {t(upload.isPending ? "upload.sending" : "upload.choose")}
        </Button>
        {fault && (
          <p className="form-error" role="alert">
            {t(`upload.fault.${fault}`)}
          </p>
        )}
        <FormError error={upload.error} />
      </section>
      <div>
        <Link to={to("/checkup")}>{t("upload.checkup")}</Link>
        <div className="muted">{t("upload.checkupText")}</div>
      </div>
      <Templates />
    </div>
  );
}
