import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { EarningForm } from "./EarningForm";
import { LevelsForm } from "./LevelsForm";
import { exampleOf, readProgramme, same, writeProgramme } from "./loyalty.logic";
import { useRefreshLoyalty } from "./useRefreshLoyalty";

type Loyalty = Schemas["LoyaltyOut"];
const EXAMPLE = 1000;

/** 积分方案: what earns, what is eased, levels and volume; published as a version. */
export function ProgrammeTab({ loyalty }: { loyalty: Loyalty }) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const can = useCan();
  const { count, money } = useFormat();
  const refresh = useRefreshLoyalty();
  const live = readProgramme(loyalty.spec);
  const [draft, setDraft] = useState(live);
  const [note, setNote] = useState("");
  const disabled = !can("publish");
  const changed = !same(draft, live);
  const publish = api.useMutation("post", "/api/v1/w/{slug}/loyalty/publish", {
    meta: { quiet: true },
    onSuccess: () => notifyDone(t("programme.published")),
    onSettled: refresh,
  });
  const example = exampleOf(draft, EXAMPLE);
  return (
    <>
      <EarningForm programme={draft} disabled={disabled} onChange={setDraft} />
      <LevelsForm programme={draft} disabled={disabled} onChange={setDraft} />
      <Panel title={t("programme.publish")}>
        <p>
          {t("programme.example", { money: money(EXAMPLE), usual: count(example.usual), risk: count(example.atRisk) })}
          {example.best !== null && ` ${t("programme.exampleBest", { points: count(example.best) })}`}
        </p>
        <FormError error={publish.error} />
        {!disabled && (
          <div className="loyalty-row">
            <Input
              aria-label={t("programme.note")}
              placeholder={t("programme.note")}
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              style={{ maxWidth: 320 }}
            />
            <Button disabled={!changed} onClick={() => setDraft(live)}>
              {t("programme.reset")}
            </Button>
            <Button
              type="primary"
              disabled={!changed}
              loading={publish.isPending}
              onClick={() =>
                publish.mutate({ params: { path: { slug } }, body: { spec: writeProgramme(draft), note } })
              }
            >
              {t("programme.publish")}
            </Button>
          </div>
        )}
      </Panel>
      <Versions versions={loyalty.versions} mayRestore={!disabled} />
    </>
  );
}

function Versions({ versions, mayRestore }: { versions: Loyalty["versions"]; mayRestore: boolean }) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const { dayTime } = useFormat();
  const refresh = useRefreshLoyalty();
  const restore = api.useMutation("post", "/api/v1/w/{slug}/loyalty/versions/{number}/restore", {
    onSuccess: () => notifyDone(t("programme.published")),
    onSettled: refresh,
  });
  if (versions.length === 0) return null;
  return (
    <Panel title={t("programme.versions")} flush>
      <SimpleTable
        label={t("programme.versions")}
        rows={versions}
        rowKey={({ number }) => number}
        columns={[
          { key: "number", title: t("programme.version"), render: ({ number }) => number },
          { key: "note", title: t("programme.note"), render: (one) => one.note || "—" },
          {
            key: "by",
            title: t("programme.by"),
            render: (one) => `${one.created_by?.name ?? "—"} · ${dayTime(one.created_at)}`,
          },
          {
            key: "restore",
            title: "",
            render: ({ number }) =>
              number === versions[0]?.number ? (
                <span className="tag">{t("programme.live")}</span>
              ) : (
                mayRestore && (
                  <Button
                    size="small"
                    aria-label={t("programme.restoreOne", { number })}
                    onClick={() =>
                      restore.mutate({
                        params: { path: { slug, number } },
                        body: { note: t("programme.restoredNote", { number }) },
                      })
                    }
                  >
                    {t("programme.restore")}
                  </Button>
                )
              ),
          },
        ]}
      />
    </Panel>
  );
}
