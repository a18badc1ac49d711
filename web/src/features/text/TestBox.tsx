import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { ReadingChips, ReadText } from "@/shared/text/ReadText";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import type { Lists } from "./lists.logic";

/** What a sentence yields and why, with the live lists or with those being edited. Nothing of it is kept. */
export function TestBox({ lists }: { lists: Lists | null }) {
  const { t } = useTranslation("text");
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const trying = api.useMutation("post", "/api/v1/w/{slug}/text/try", { onSuccess: () => setAsked(text) });
  const params = { path: { slug: useSlug() } };
  const submit = () => text.trim() && trying.mutate({ params, body: { text, lists } });
  return (
    <Panel title={t("try.title")}>
      <div className="stack">
        <Input.TextArea
          aria-label={t("try.label")}
          placeholder={t("try.placeholder")}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={20000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="row wrap">
          <Button type="primary" loading={trying.isPending} disabled={!text.trim()} onClick={submit}>
            {t("try.read")}
          </Button>
          <span className="muted small">{t(lists ? "try.edited" : "try.live")}</span>
        </div>
        <FormError error={trying.error} />
        {trying.data && (
          <div aria-live="polite">
            <p className="review-text">
              <ReadText text={asked} reading={trying.data} />
            </p>
            <ReadingChips reading={trying.data} />
            {trying.data.topics.some(({ team }) => team) && (
              <p className="muted small">
                {trying.data.topics
                  .filter(({ team }) => team)
                  .map(({ label, team }) => t("try.goes", { label, team }))
                  .join(" · ")}
              </p>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
