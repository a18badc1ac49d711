import { useTranslation } from "react-i18next";
import { useOwners } from "@/shared/list/useOwners";
import { NativeSelect } from "@/shared/ui/NativeSelect";

export const KINDS = ["winback", "renewal", "manual", "playbook"] as const;

export interface TaskFiltersProps {
  kind: string;
  owner: string;
  /** The owner is worth asking for. */
  people: boolean;
  onChange: (change: { kind?: string; owner?: string }) => void;
}

/** Kind and owner; they live in the address. */
export function TaskFilters({ kind, owner, people, onChange }: TaskFiltersProps) {
  const { t } = useTranslation(["work", "tasks"]);
  return (
    <>
      <NativeSelect
        aria-label={t("filter.kind")}
        value={kind}
        options={[
          { value: "", label: t("filter.anyKind") },
          ...KINDS.map((key) => ({ value: key, label: t(`tasks:kind.${key}`) })),
        ]}
        onChange={(chosen) => onChange({ kind: chosen })}
      />
      {people && <OwnerFilter value={owner} onChange={(chosen) => onChange({ owner: chosen })} />}
    </>
  );
}

function OwnerFilter({ value, onChange }: { value: string; onChange: (owner: string) => void }) {
  const { t } = useTranslation("work");
  const owners = useOwners();
  const people = (owners.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <NativeSelect
      aria-label={t("filter.owner")}
      value={value}
      options={[{ value: "", label: t("filter.anyOwner") }, ...people]}
      onChange={onChange}
    />
  );
}
