import { SearchOutlined } from "@ant-design/icons";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../ui/Icon";
import "./list.css";

const PAUSE_MS = 300;

/** A search field that reports after a pause in typing; Enter reports at once. */
export function SearchInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  const report = (next: string) => {
    if (next === sent.current) return;
    sent.current = next;
    onChange(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the pause
  useEffect(() => {
    const timer = setTimeout(() => report(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span className="search-input">
      <Icon of={SearchOutlined} />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && report(text.trim())}
      />
    </span>
  );
}
