import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { CustomerSelect } from "@/shared/list/CustomerSelect";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { offerUndo } from "@/shared/ui/UndoToast";
import { usePager } from "@/shared/ui/usePager";

const ADDRESS = "/api/v1/w/{slug}/do-not-contact";
const SIZE = 50;

/** Customers whom nobody writes to. */
export function DoNotContactPanel() {
  const { t } = useTranslation("governor");
  const format = useFormat();
  const can = useCan();
  const to = useTo();
  const slug = useSlug();
  const client = useQueryClient();
  const [customer, setCustomer] = useState<number>();
  const [reason, setReason] = useState("");
  const { cursor } = usePager();
  const list = api.useQuery(
    "get",
    ADDRESS,
    { params: { path: { slug }, query: { limit: SIZE, ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  );
  const onSuccess = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(ADDRESS) });
  const adding = api.useMutation("post", ADDRESS, { onSuccess });
  const ending = api.useMutation("delete", `${ADDRESS}/{customer_id}`, { onSuccess });
  const add = (id: number, why: string) =>
    adding.mutate(
      { params: { path: { slug } }, body: { customer_ids: [id], reason: why } },
      { onSuccess: () => notifyDone(t("dnc.added")) },
    );
  const end = (id: number, why: string) =>
    ending.mutate(
      { params: { path: { slug, customer_id: id } } },
      { onSuccess: () => offerUndo(t("dnc.ended"), () => add(id, why)) },
    );
  return (
    <div className="stack">
      {can("handle") && (
        <Panel title={t("dnc.add")}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (customer !== undefined && reason.trim()) add(customer, reason.trim());
            }}
          >
            <CustomerSelect label={t("dnc.customer")} value={customer} onChange={setCustomer} />
            <Input
              aria-label={t("dnc.reason")}
              placeholder={t("dnc.reason")}
              value={reason}
              maxLength={200}
              onChange={(event) => setReason(event.target.value)}
            />
            <FormError error={adding.error ?? ending.error} />
            <Button htmlType="submit" loading={adding.isPending} disabled={customer === undefined || !reason.trim()}>
              {t("dnc.add")}
            </Button>
          </form>
        </Panel>
      )}
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <EmptyState title={t("dnc.empty")} />}
      {list.data && list.data.items.length > 0 && (
        <Panel flush>
          <ul>
            {list.data.items.map((row) => (
              <li key={row.customer.id} className="item-row">
                <div className="grow">
                  <Link to={to(`/customers/${row.customer.id}`)}>{row.customer.name}</Link> {row.reason}
                  <div className="muted small">
                    {t("dnc.by", { who: row.by?.name ?? "—", when: format.dayTime(row.at) })}
                  </div>
                </div>
                {can("publish") && (
                  <Button size="small" onClick={() => end(row.customer.id, row.reason)}>
                    {t("dnc.end")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <PagedFoot page={list.data} size={SIZE} />
        </Panel>
      )}
    </div>
  );
}
