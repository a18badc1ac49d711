import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { usePager } from "@/shared/ui/usePager";
import { CsvBox } from "./CsvBox";
import { SuppressForm } from "./SuppressForm";

const ADDRESS = "/api/v1/w/{slug}/suppressions";
const LIMIT = 50;

/** Addresses that get nothing more, and the files of the list and of the consents. */
export function SuppressionsPanel() {
  const { t } = useTranslation(["governor", "messages"]);
  const slug = useSlug();
  const can = useCan();
  const format = useFormat();
  const client = useQueryClient();
  const { cursor } = usePager();
  const list = api.useQuery(
    "get",
    ADDRESS,
    { params: { path: { slug }, query: { state: "all", limit: LIMIT, ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  );
  const refresh = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(ADDRESS) });
  const suppressing = api.useMutation("post", `${ADDRESS}/import`, { onSuccess: refresh });
  const consenting = api.useMutation("post", "/api/v1/w/{slug}/consents/import", { onSuccess: refresh });
  const params = { path: { slug } };
  const { data } = list;
  return (
    <div className="stack">
      <p className="muted small">{t("governor:sup.note")}</p>
      <SuppressForm onAdded={refresh} />
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {data?.items.length === 0 && <EmptyState title={t("governor:sup.empty")} />}
      {data && data.items.length > 0 && (
        <Panel flush>
          <ul>
            {data.items.map((row) => (
              <li key={row.id} className="item-row">
                <div className="grow">
                  <span className="tag">{t(`messages:medium.${row.medium}`)}</span> {row.hint || "—"}{" "}
                  <span className="muted small">
                    {t(`governor:sup.reason.${row.reason as "reply"}`)} · {t(`governor:sup.scopes.${row.scope}`)} ·{" "}
                    {format.dayTime(row.at)}
                  </span>
                </div>
                {row.lifted_at && <span className="risk-tag risk-normal">{t("governor:sup.lifted")}</span>}
              </li>
            ))}
          </ul>
          <PagedFoot page={data} size={LIMIT} />
        </Panel>
      )}
      <Panel>
        <div className="row wrap">
          <a href={`/api/v1/w/${slug}/suppressions/export.csv`} download>
            {t("governor:sup.export")}
          </a>
          {can("export") && (
            <a href={`/api/v1/w/${slug}/consents/export.csv`} download>
              {t("governor:sup.consents")}
            </a>
          )}
        </div>
        <CsvBox
          label={t("governor:sup.import")}
          hint={t("governor:sup.importHint")}
          result={suppressing.data}
          error={suppressing.error}
          onText={(text) => suppressing.mutate({ params, body: { text } })}
        />
        <CsvBox
          label={t("governor:sup.consentsImport")}
          hint={t("governor:sup.consentsHint")}
          result={consenting.data}
          error={consenting.error}
          onText={(text) => consenting.mutate({ params, body: { text } })}
        />
      </Panel>
    </div>
  );
}
