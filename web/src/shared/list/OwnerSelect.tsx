import { useTranslation } from "react-i18next";
import { NativeSelect } from "../ui/NativeSelect";
import { useOwners } from "./useOwners";

export interface OwnerSelectProps {
  value: number | undefined;
  onChange: (owner: number | undefined) => void;
  id: string;
}

/** One person of those who can be given work. */
export function OwnerSelect({ value, onChange, id }: OwnerSelectProps) {
  const { t } = useTranslation("list");
  const owners = useOwners();
  const people = (owners.data ?? []).map(({ id: owner, name, team }) => ({
    value: String(owner),
    label: team ? `${name} · ${team}` : name,
  }));
  return (
    <NativeSelect
      id={id}
      className="wide"
      value={value === undefined ? "" : String(value)}
      options={[{ value: "", label: t("choosePerson") }, ...people]}
      onChange={(owner) => onChange(owner ? Number(owner) : undefined)}
    />
  );
}
