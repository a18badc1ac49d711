import { CloseOutlined } from "@ant-design/icons";
import { keepPreviousData } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { ReassignSheet } from "@/features/tasks/ReassignSheet";
import { api } from "@/shared/api/client";
import { usePhone } from "@/shared/lib/useMedia";
import { SaveViewButton } from "@/shared/list/SavedViews";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { usePager } from "@/shared/ui/usePager";
import { CustomerCards } from "./CustomerCards";
import { CustomerFilters } from "./CustomerFilters";
import {
  type CustomerQuery,
  type CustomerRow,
  type CustomerUrl,
  FILTERS,
  NO_FILTERS,
  type View,
} from "./customers.logic";
import { TableMenu, useTableHabits } from "./TableMenu";
import { useAssign } from "./useAssign";

const CustomersTable = lazy(async () => ({ default: (await import("./CustomersTable")).CustomersTable }));
const LIMIT = 50;

export interface CustomerResultsProps {
  url: CustomerUrl;
  view: View;
  query: CustomerQuery;
  change: (part: Partial<CustomerUrl>) => void;
}

/** Filters, one page of the list and the pager. While another page loads, the old rows stay. */
export function CustomerResults({ url, view, query, change }: CustomerResultsProps) {
  const slug = useSlug();
  const phone = usePhone();
  const { cursor } = usePager();
  const [habits, setHabits] = useTableHabits();
  const request = { ...query, ...(cursor && { cursor }), limit: LIMIT };
  const list = api.useQuery(
    "get",
    "/api/v1/w/{slug}/customers",
    { params: { path: { slug }, query: request } },
    { placeholderData: keepPreviousData },
  );
  const rows = list.data?.items;
  const extra = (
    <>
      <SaveViewButton page="customers" />
      <TableMenu habits={habits} onChange={setHabits} />
    </>
  );
  const content = (
    <>
      <CustomerFilters url={url} view={view} change={change} extra={extra} />
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows />}
      {rows?.length === 0 && <NoCustomers url={url} view={view} change={change} />}
      {rows && rows.length > 0 && phone && <CustomerCards rows={rows} />}
      {rows && rows.length > 0 && !phone && (
        <Suspense fallback={<SkeletonRows />}>
          <SelectableTable
            rows={rows}
            loading={list.isPlaceholderData}
            sort={String(query.sort)}
            onSort={(sort) => change({ sort })}
            habits={habits}
          />
        </Suspense>
      )}
      {list.data && <PagedFoot page={list.data} size={LIMIT} />}
    </>
  );
  return phone ? content : <Panel flush>{content}</Panel>;
}

type TableProps = Pick<React.ComponentProps<typeof CustomersTable>, "loading" | "sort" | "onSort" | "habits"> & {
  rows: readonly CustomerRow[];
};

function SelectableTable(props: TableProps) {
  const { t } = useTranslation("customers");
  const can = useCan();
  const { assign, busy } = useAssign();
  const [selected, setSelected] = useState<number[]>([]);
  const [asked, setAsked] = useState(false);
  const ids = props.rows.map(({ id }) => id).filter((id) => selected.includes(id));
  const save = (owner: number) => {
    assign(ids, owner);
    setAsked(false);
    setSelected([]);
  };
  return (
    <>
      <CustomersTable {...props} selected={ids} onSelect={can("assign") ? setSelected : undefined} />
      {ids.length > 0 && (
        <div className="bulk-bar" role="toolbar" aria-label={t("assign.bar")}>
          <strong>{t("assign.selected", { count: ids.length })}</strong>
          <Button type="primary" onClick={() => setAsked(true)}>
            {t("assign.action")}
          </Button>
          <Button
            type="text"
            icon={<Icon of={CloseOutlined} />}
            aria-label={t("assign.clear")}
            onClick={() => setSelected([])}
          />
        </div>
      )}
      <ReassignSheet
        title={t("assign.title", { count: ids.length })}
        open={asked}
        saving={busy}
        onClose={() => setAsked(false)}
        onSave={save}
      />
    </>
  );
}

function NoCustomers({ url, view, change }: Omit<CustomerResultsProps, "query">) {
  const { t } = useTranslation(["customers", "common"]);
  if (FILTERS.some((key) => url[key])) {
    return (
      <EmptyState title={t("empty.filtered")} text={t("empty.filteredText")}>
        <Button onClick={() => change(NO_FILTERS)}>{t("common:action.clearFilters")}</Button>
      </EmptyState>
    );
  }
  return <EmptyState title={t(`empty.${view}`)} text={t("empty.text")} />;
}
