import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import type { Lists } from "./lists.logic";

/** What the lists would find in the texts of the last 90 days, beside what the live ones find. */
export function HitsPanel({ lists }: { lists: Lists }) {
  const { t } = useTranslation("text");
  const params = { path: { slug: useSlug() } };
  const counting = api.useMutation("post", "/api/v1/w/{slug}/text/lists/hits");
  const { data } = counting;
  return (
    <Panel title={t("hits.title")}>
      <div className="stack">
        <Button loading={counting.isPending} onClick={() => counting.mutate({ params, body: lists })}>
          {t("hits.count")}
        </Button>
        <FormError error={counting.error} />
        {data && (
          <>
            <p>{t(data.capped ? "hits.foundCapped" : "hits.found", { texts: data.texts, changed: data.changed })}</p>
            <table className="plain-table">
              <thead>
                <tr>
                  <th>{t("hits.what")}</th>
                  <th className="num">{t("hits.now")}</th>
                  <th className="num">{t("hits.then")}</th>
                </tr>
              </thead>
              <tbody>
                {data.hits.map(({ shows, which, label, before, after }) => (
                  <tr key={`${shows}:${which}`} className={before === after ? "" : "changed"}>
                    <td>{label}</td>
                    <td className="num">{before}</td>
                    <td className="num">{after}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {data.examples.length > 0 && <h3>{t("hits.examples")}</h3>}
            <ul className="hit-examples">
              {data.examples.map(({ text, before, after }) => (
                <li key={text}>
                  <q>{text}</q>
                  <span className="muted small">
                    {t("hits.change", { before: before.join(", ") || "—", after: after.join(", ") || "—" })}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}
