import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { LEVELS } from "@/shared/lib/risk";
import { FilterBar } from "@/shared/list/FilterBar";
import { FilterSelect } from "@/shared/list/FilterSelect";
import { SearchInput } from "@/shared/list/SearchInput";
import { useOwners, useSegments } from "@/shared/list/useOwners";
import { countSet } from "@/shared/list/values";
import { useSlug, useWorkspace } from "@/shared/session/SessionContext";
import { type CustomerUrl, DUE_DAYS, FILTERS, NO_FILTERS, type View } from "./customers.logic";

const TIERS = ["high", "mid", "low"] as const;
const STATUSES = ["active", "lost", "paused", "closed"] as const;

export interface CustomerFiltersProps {
  url: CustomerUrl;
  view: View;
  change: (part: Partial<CustomerUrl>) => void;
  extra: ReactNode;
}

export function CustomerFilters({ url, view, change, extra }: CustomerFiltersProps) {
  const { t } = useTranslation(["customers", "common"]);
  return (
    <FilterBar
      search={<SearchInput label={t("filter.search")} value={url.q} onChange={(q) => change({ q })} />}
      active={countSet(url, FILTERS)}
      onClear={() => change(NO_FILTERS)}
      extra={extra}
    >
      {view !== "high" && (
        <FilterSelect
          label={t("filter.level")}
          value={url.level}
          options={[...LEVELS].reverse().map((value) => ({ value, label: t(`common:level.${value}`) }))}
          onChange={(level) => change({ level })}
        />
      )}
      <FilterSelect
        label={t("filter.tier")}
        value={url.tier}
        options={TIERS.map((value) => ({ value, label: t(`common:tier.${value}`) }))}
        onChange={(tier) => change({ tier })}
      />
      <SegmentFilter value={url.segment} onChange={(segment) => change({ segment })} />
      <TagFilter value={url.tag} onChange={(tag) => change({ tag })} />
      {view !== "lost" && (
        <FilterSelect
          label={t("filter.status")}
          value={url.status}
          options={STATUSES.map((value) => ({ value, label: t(`common:status.${value}`) }))}
          onChange={(status) => change({ status })}
        />
      )}
      <OwnerFilter value={url.owner} onChange={(owner) => change({ owner })} />
      <FilterSelect
        single
        label={t("filter.due")}
        value={url.due}
        options={DUE_DAYS.map((value) => ({ value, label: t("filter.dueIn", { count: Number(value) }) }))}
        onChange={(due) => change({ due })}
      />
    </FilterBar>
  );
}

function SegmentFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation("customers");
  const [asked, setAsked] = useState(false);
  const names = new Set([...useSegments(asked), ...value.split(",").filter(Boolean)]);
  return (
    <FilterSelect
      label={t("filter.segment")}
      value={value}
      options={[...names].map((name) => ({ value: name, label: name }))}
      onOpen={() => setAsked(true)}
      onChange={onChange}
    />
  );
}

function TagFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation("customers");
  const slug = useSlug();
  const [asked, setAsked] = useState(value !== "");
  const tags = api.useQuery(
    "get",
    "/api/v1/w/{slug}/tags",
    { params: { path: { slug } } },
    { enabled: asked, select: (all) => all.filter(({ enabled }) => enabled) },
  );
  const known = (tags.data ?? []).map(({ code, name }) => ({ value: code, label: name }));
  const gone = value.split(",").filter((code) => code && !known.some((option) => option.value === code));
  return (
    <FilterSelect
      label={t("filter.tag")}
      value={value}
      options={[...known, ...gone.map((code) => ({ value: code, label: code }))]}
      onOpen={() => setAsked(true)}
      onChange={onChange}
    />
  );
}

function OwnerFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation(["customers", "common"]);
  const { scope } = useWorkspace();
  const owners = useOwners();
  if (scope === "own") return null;
  const people = (owners.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <FilterSelect
      label={t("filter.owner")}
      value={value}
      options={[{ value: "none", label: t("common:state.unassigned") }, ...people]}
      onChange={onChange}
    />
  );
}
