import { Select } from "antd";
import { useOwners } from "./useOwners";

export interface OwnerSelectProps {
  label: string;
  value: number | undefined;
  onChange: (owner: number) => void;
  id?: string;
}

/** One person, found by typing. */
export function OwnerSelect({ label, value, onChange, id }: OwnerSelectProps) {
  const owners = useOwners();
  const options = (owners.data ?? []).map(({ id: owner, name, team }) => ({
    value: owner,
    label: team ? `${name} · ${team}` : name,
  }));
  return (
    <Select
      id={id}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={onChange}
      options={options}
      loading={owners.isLoading}
      showSearch={{ optionFilterProp: "label" }}
      style={{ width: "100%" }}
    />
  );
}
