import { Input, Modal } from "antd";
import { type ChangeEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { FormError } from "@/shared/ui/FormError";
import { given } from "./staffIds.logic";

/** A CSV of ids: looked at first, written when confirmed. */
export function RosterModal({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("messengers");
  const params = { path: { slug: useSlug() } };
  const [text, setText] = useState("");
  const look = api.useMutation("post", "/api/v1/w/{slug}/staff-roster", { meta: { quiet: true } });
  const write = api.useMutation("post", "/api/v1/w/{slug}/staff-roster", { meta: { quiet: true }, onSuccess: onClose });
  const seen = look.data;
  const type = (value: string) => {
    setText(value);
    look.reset();
  };
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (file) type(await file.text());
  };
  const count = seen?.lines.length ?? 0;
  return (
    <Modal
      open
      title={t("ids.roster")}
      okText={seen ? t("ids.apply", { count }) : t("ids.preview")}
      okButtonProps={{ loading: look.isPending || write.isPending, disabled: !text.trim() || (seen && count === 0) }}
      onOk={() => (seen ? write : look).mutate({ params, body: { text, apply: Boolean(seen) } })}
      onCancel={onClose}
    >
      <div className="form">
        <p className="muted small">{t("ids.rosterLead")}</p>
        <input type="file" accept=".csv,text/csv" aria-label={t("ids.file")} onChange={(event) => void read(event)} />
        <Input.TextArea
          aria-label={t("ids.text")}
          placeholder={t("ids.text")}
          rows={5}
          value={text}
          onChange={(event) => type(event.target.value)}
        />
        {seen && (
          <>
            <ul>
              {seen.lines.map((line) => (
                <li key={line.line}>
                  {line.name} {given(line)}
                </li>
              ))}
            </ul>
            {seen.same > 0 && <p className="muted small">{t("ids.same", { count: seen.same })}</p>}
            {seen.rejects.length > 0 && (
              <section aria-label={t("ids.rejects")}>
                <strong>{t("ids.rejects")}</strong>
                <ul>
                  {seen.rejects.map(({ line, got, reason }) => (
                    <li key={line}>
                      {t("ids.line", { line })} {got}: {reason}
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
        <FormError error={look.error ?? write.error} />
      </div>
    </Modal>
  );
}
