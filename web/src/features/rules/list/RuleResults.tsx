import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { usePhone } from "@/shared/lib/useMedia";
import { FilterBar } from "@/shared/list/FilterBar";
import { FilterSelect } from "@/shared/list/FilterSelect";
import { SearchInput } from "@/shared/list/SearchInput";
import { countSet } from "@/shared/list/values";
import { useTo } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import type { RuleOut } from "../types";
import { FILTERS, filtered, NO_FILTERS, OWN, packsOf, type RulesUrl, STATUSES, sorted } from "./list.logic";
import { RuleCards } from "./RuleCards";
import { RuleTable } from "./RuleTable";

export interface RuleResultsProps {
  rules: readonly RuleOut[];
  url: RulesUrl;
  change: (part: Partial<RulesUrl>) => void;
  onPacks: () => void;
  mayEdit: boolean;
}

export function RuleResults({ rules, url, change, onPacks, mayEdit }: RuleResultsProps) {
  const { t } = useTranslation(["rules", "common"]);
  const phone = usePhone();
  const to = useTo();
  const navigate = useNavigate();
  if (rules.length === 0) {
    return (
      <EmptyState title={t("empty.title")} text={t("empty.text")}>
        {mayEdit && (
          <Button type="primary" onClick={onPacks}>
            {t("empty.packs")}
          </Button>
        )}
        {mayEdit && !phone && <Button onClick={() => navigate(to("/rules/new"))}>{t("new")}</Button>}
      </EmptyState>
    );
  }
  const rows = sorted(filtered(rules, url), url.sort);
  const body = (
    <>
      <RuleFilters rules={rules} url={url} change={change} />
      {rows.length === 0 ? (
        <EmptyState title={t("empty.filtered")} text={t("empty.filteredText")}>
          <Button onClick={() => change(NO_FILTERS)}>{t("common:action.clearFilters")}</Button>
        </EmptyState>
      ) : phone ? (
        <RuleCards rules={rows} />
      ) : (
        <RuleTable rules={rows} sort={url.sort} onSort={(sort) => change({ sort })} mayEdit={mayEdit} />
      )}
    </>
  );
  return phone ? body : <Panel flush>{body}</Panel>;
}

function RuleFilters({ rules, url, change }: Pick<RuleResultsProps, "rules" | "url" | "change">) {
  const { t } = useTranslation("rules");
  const packs = packsOf(rules).map((value) => ({ value, label: value }));
  return (
    <FilterBar
      search={<SearchInput label={t("filter.search")} value={url.q} onChange={(q) => change({ q })} />}
      active={countSet(url, FILTERS)}
      onClear={() => change(NO_FILTERS)}
    >
      <FilterSelect
        label={t("filter.status")}
        value={url.status}
        options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        onChange={(status) => change({ status })}
      />
      <FilterSelect
        single
        label={t("filter.enabled")}
        value={url.enabled}
        options={[
          { value: "on", label: t("enabled") },
          { value: "off", label: t("disabled") },
        ]}
        onChange={(enabled) => change({ enabled })}
      />
      {packs.length > 0 && (
        <FilterSelect
          label={t("filter.pack")}
          value={url.pack}
          options={[{ value: OWN, label: t("filter.own") }, ...packs]}
          onChange={(pack) => change({ pack })}
        />
      )}
      <FilterSelect
        single
        label={t("filter.archived")}
        value={url.archived}
        options={[{ value: "yes", label: t("filter.onlyArchived") }]}
        onChange={(archived) => change({ archived })}
      />
    </FilterBar>
  );
}
