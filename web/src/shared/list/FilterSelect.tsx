import { DownOutlined } from "@ant-design/icons";
import { useEffect } from "react";
import { usePhone } from "../lib/useMedia";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { joinValues, splitValues } from "./values";
import "./list.css";

export interface FilterSelectProps {
  label: string;
  /** Chosen values as they stand in the address: `a,b`. */
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  onOpen?: () => void;
  /** One value at most. */
  single?: boolean;
}

/** The values of one filter: a panel of checkboxes under a button, or the checkboxes themselves on the phone's sheet. */
export function FilterSelect(props: FilterSelectProps) {
  const { label, value, options, onOpen } = props;
  const phone = usePhone();
  const chosen = splitValues(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on the phone the options are open from the start
  useEffect(() => {
    if (phone) onOpen?.();
  }, [phone]);
  if (phone) {
    return (
      <fieldset className="filter-group">
        <legend>{label}</legend>
        <FilterOptions {...props} />
      </fieldset>
    );
  }
  const first = options.find((option) => option.value === chosen[0])?.label ?? chosen[0];
  return (
    <Popover
      label={label}
      align="start"
      trigger={({ onClick, ...rest }) => (
        <button
          type="button"
          className={`filter-button${chosen.length ? " set" : ""}`}
          onClick={() => {
            onOpen?.();
            onClick();
          }}
          {...rest}
        >
          <span className="ellipsis">{chosen.length ? `${label}: ${first}` : label}</span>
          {chosen.length > 1 && <span className="num">+{chosen.length - 1}</span>}
          <Icon of={DownOutlined} />
        </button>
      )}
    >
      {() => (
        <div className="filter-panel">
          <FilterOptions {...props} />
        </div>
      )}
    </Popover>
  );
}

function FilterOptions({ value, options, onChange, single }: FilterSelectProps) {
  const chosen = splitValues(value);
  const toggle = (option: string) => {
    if (chosen.includes(option)) return onChange(joinValues(chosen.filter((other) => other !== option)));
    onChange(single ? option : joinValues([...chosen, option]));
  };
  return options.map((option) => (
    <label key={option.value} className="filter-option">
      <input type="checkbox" checked={chosen.includes(option.value)} onChange={() => toggle(option.value)} />
      <span>{option.label}</span>
    </label>
  ));
}
