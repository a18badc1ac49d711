import { DeleteOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { fetchApi } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { FitTags } from "./FitTags";
import type { Pack } from "./plans.logic";
import { useArchive, useRefreshPlans } from "./usePlanTemplates";

/** A content pack: its scripts and files. */
export function PackCard({ pack, onEdit }: { pack: Pack; onEdit: () => void }) {
  const { t } = useTranslation(["plans", "common"]);
  const can = useCan();
  const archive = useArchive();
  return (
    <li className="card plan-card">
      <div className="spread">
        <strong>{pack.name}</strong>
        <span className="tag">{pack.shipped ? t("shipped") : pack.is_changed ? t("changed") : t("own")}</span>
      </div>
      <p className="muted">{pack.about}</p>
      <FitTags levels={pack.levels ?? []} causes={pack.causes ?? []} />
      <details>
        <summary>{t("scriptCount", { count: pack.scripts?.length ?? 0 })}</summary>
        {pack.scripts?.map((script) => (
          <p key={script.title}>
            <strong>{script.title}</strong> {script.text}
          </p>
        ))}
      </details>
      <Files pack={pack} />
      {can("publish") && (
        <div className="row wrap">
          <Button onClick={onEdit} aria-label={t("editNamed", { name: pack.name })}>
            {t("common:action.edit")}
          </Button>
          <UploadButton code={pack.code} />
          <Button
            type="text"
            onClick={() => archive.pack(pack.code, pack.name)}
            aria-label={t("archiveNamed", { name: pack.name })}
          >
            {t("archive")}
          </Button>
        </div>
      )}
    </li>
  );
}

function Files({ pack }: { pack: Pack }) {
  const { t } = useTranslation("plans");
  const can = useCan();
  const slug = useSlug();
  const archive = useArchive();
  return (
    <ul className="plan-files">
      {pack.files?.map((file) => (
        <li key={file.id} className="row">
          <a href={`/api/v1/w/${slug}/pack-files/${file.id}`} download>
            {file.name}
          </a>
          {can("publish") && (
            <Button
              type="text"
              icon={<Icon of={DeleteOutlined} />}
              aria-label={t("removeFile", { name: file.name })}
              onClick={() => archive.file(file.id, file.name)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append("file", file);
  return form;
}

function UploadButton({ code }: { code: string }) {
  const { t } = useTranslation("plans");
  const slug = useSlug();
  const input = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const { data, error } = await fetchApi.POST("/api/v1/w/{slug}/content-packs/{code}/files", {
        params: { path: { slug, code } },
        body: { file: file.name },
        bodySerializer: () => formOf(file),
      });
      if (!data) throw error;
      return data;
    },
    onSettled: useRefreshPlans(),
  });
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        data-testid={`file-${code}`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) upload.mutate(file);
        }}
      />
      <Button icon={<Icon of={UploadOutlined} />} loading={upload.isPending} onClick={() => input.current?.click()}>
        {t("addFile")}
      </Button>
    </>
  );
}
