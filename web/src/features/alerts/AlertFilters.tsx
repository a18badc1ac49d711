import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LEVELS } from "@/shared/lib/risk";
import { FilterBar } from "@/shared/list/FilterBar";
import { FilterSelect } from "@/shared/list/FilterSelect";
import { SaveViewButton } from "@/shared/list/SavedViews";
import { SearchInput } from "@/shared/list/SearchInput";
import { useOwners, useSegments } from "@/shared/list/useOwners";
import { countSet } from "@/shared/list/values";
import { useWorkspace } from "@/shared/session/SessionContext";
import { type AlertUrl, type Chip, FILTERS } from "./alerts.logic";

const FAMILIES = ["interaction", "consumption", "service", "key_action", "intent", "payment"] as const;
const TIERS = ["high", "mid", "low"] as const;

export function AlertFilters({
  url,
  chip,
  change,
}: {
  url: AlertUrl;
  chip: Chip;
  change: (part: Partial<AlertUrl>) => void;
}) {
  const { t } = useTranslation(["alerts", "common"]);
  const { scope } = useWorkspace();
  const [asked, setAsked] = useState(false);
  const segments = useSegments(asked);
  const owners = useOwners();
  const levels = LEVELS.filter((level) => level !== "normal").map((value) => ({
    value,
    label: t(`common:level.${value}`),
  }));
  const known = new Set([...segments, ...url.segment.split(",").filter(Boolean)]);
  const clear = () => change({ q: "", level: "", tier: "", family: "", segment: "", owner: "" });
  return (
    <FilterBar
      search={<SearchInput label={t("filter.search")} value={url.q} onChange={(q) => change({ q })} />}
      active={countSet(url, FILTERS)}
      onClear={clear}
      extra={<SaveViewButton page="alerts" />}
    >
      {chip !== "high" && (
        <FilterSelect
          label={t("filter.level")}
          value={url.level}
          options={levels}
          onChange={(level) => change({ level })}
        />
      )}
      <FilterSelect
        label={t("filter.tier")}
        value={url.tier}
        options={TIERS.map((value) => ({ value, label: t(`common:tier.${value}`) }))}
        onChange={(tier) => change({ tier })}
      />
      <FilterSelect
        label={t("filter.family")}
        value={url.family}
        options={FAMILIES.map((value) => ({ value, label: t(`common:family.${value}`) }))}
        onChange={(family) => change({ family })}
      />
      <FilterSelect
        label={t("filter.segment")}
        value={url.segment}
        options={[...known].map((value) => ({ value, label: value }))}
        onOpen={() => setAsked(true)}
        onChange={(segment) => change({ segment })}
      />
      {scope !== "own" && chip !== "unassigned" && (
        <FilterSelect
          label={t("filter.owner")}
          value={url.owner}
          options={(owners.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(owner) => change({ owner })}
        />
      )}
    </FilterBar>
  );
}
