import { Button, Checkbox } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, fetchApi } from "@/shared/api/client";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { NoPermission } from "@/shared/ui/ErrorState";
import { FormError } from "@/shared/ui/FormError";
import { PageHeader } from "@/shared/ui/PageHeader";
import { RunState } from "./RunState";
import { useCheckup } from "./useCheckup";
import "./mining.css";

/** 流失体检: an order list in, one page to forward out; nothing of the file stays but the report, and that can be deleted. */
export function CheckupPage() {
  const { t } = useTranslation("mining");
  const can = useCan();
  const { runId } = useParams();
  if (!can("import")) return <NoPermission />;
  return (
    <>
      <PageHeader title={t("checkup.title")} />
      <div className="stack">
        <p className="muted">{t("checkup.about")}</p>
        <Upload />
        {runId !== undefined && <RunState id={Number(runId)}>{(run) => <Report id={run.id} />}</RunState>}
      </div>
    </>
  );
}

function Upload() {
  const { t } = useTranslation("mining");
  const slug = useSlug();
  const navigate = useNavigate();
  const to = useTo();
  const input = useRef<HTMLInputElement>(null);
  const upload = useCheckup(fetchApi, slug, (id) => void navigate(to(`/checkup/${id}`)));
  return (
    <div>
      <input
        ref={input}
        type="file"
        className="sr-only"
        aria-label={t("checkup.choose")}
        accept=".csv,.txt,.xlsx"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) upload.mutate(file);
          target.value = "";
        }}
      />
      <Button type="primary" loading={upload.isPending} onClick={() => input.current?.click()}>
        {t("checkup.choose")}
      </Button>
      <FormError error={upload.error} />
    </div>
  );
}

function Report({ id }: { id: number }) {
  const { t } = useTranslation("mining");
  const slug = useSlug();
  const to = useTo();
  const navigate = useNavigate();
  const [mask, setMask] = useState(false);
  const address = `/api/v1/w/${slug}/checkups/${id}/report.html`;
  const forget = api.useMutation("delete", "/api/v1/w/{slug}/mining/{run_id}", {
    onSuccess: () => void navigate(to("/checkup")),
  });
  return (
    <>
      <div className="mining-actions">
        <Checkbox checked={mask} onChange={({ target }) => setMask(target.checked)}>
          {t("checkup.mask")}
        </Checkbox>
        <a href={`${address}?download=true&mask=${mask}`} download>
          {t("checkup.download")}
        </a>
        <a href={`${address}?mask=${mask}`} target="_blank" rel="noreferrer">
          {t("checkup.open")}
        </a>
        <Button
          danger
          type="text"
          loading={forget.isPending}
          onClick={() => forget.mutate({ params: { path: { slug, run_id: id } } })}
        >
          {t("checkup.forget")}
        </Button>
      </div>
      <p className="muted small">{t("checkup.kept")}</p>
    </>
  );
}
