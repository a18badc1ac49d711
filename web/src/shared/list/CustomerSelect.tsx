import { keepPreviousData } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { api } from "../api/client";
import { useSlug } from "../session/SessionContext";

const SHOWN = 12;

/** One customer, found on the server by name or number. */
export function CustomerSelect({
  id,
  label,
  value,
  onChange,
}: {
  id?: string;
  label: string;
  value: number | undefined;
  onChange: (id: number) => void;
}) {
  const slug = useSlug();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const query = { q, scope: "all", limit: SHOWN };
  const found = api.useQuery(
    "get",
    "/api/v1/w/{slug}/customers",
    { params: { path: { slug }, query } },
    { placeholderData: keepPreviousData },
  );
  const options = (found.data?.items ?? []).map((customer) => ({
    value: customer.id,
    label: `${customer.name} · ${customer.key}`,
  }));
  return (
    <Select
      id={id}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={onChange}
      options={options}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setText }}
      style={{ width: "100%" }}
    />
  );
}
