import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Avatar } from "../ui/Avatar";
import { SampleMark } from "../ui/SampleMark";

/** A customer's name with its number; the name leads to `to`. */
export function CustomerCell({
  customer,
  to,
  meta,
  avatar = true,
}: {
  customer: Schemas["CustomerRef"];
  to: string;
  meta?: string;
  avatar?: boolean;
}) {
  return (
    <div className="customer-cell">
      {avatar && <Avatar name={customer.name} square />}
      <div className="grow">
        <div className="row customer-name">
          <Link to={to} className="ellipsis">
            {customer.name}
          </Link>
          {customer.name_is_sample && <SampleMark />}
        </div>
        <div className="muted small ellipsis">
          {customer.key}
          {meta && ` · ${meta}`}
        </div>
      </div>
    </div>
  );
}
