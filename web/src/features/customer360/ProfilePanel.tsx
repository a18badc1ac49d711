import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/shared/api/client";
import { isDialable } from "@/shared/list/phone";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { SampleMark } from "@/shared/ui/SampleMark";
import { DealStage } from "./DealStage";
import { attributesOf, ourName } from "./profile.logic";

type Customer = Schemas["CustomerOut"];

export function ProfilePanel({ customer }: { customer: Customer }) {
  const { t } = useTranslation(["customer360", "common"]);
  const format = useFormat();
  const nameOf = (name: string) => {
    const ours = ourName(name);
    return ours ? t(`profile.attribute.${ours}`) : name;
  };
  return (
    <Panel title={t("profile.title")}>
      <dl className="facts">
        <dt>{t("profile.owner")}</dt>
        <dd>{customer.owner?.name ?? t("common:state.unassigned")}</dd>
        <dt>{t("profile.segment")}</dt>
        <dd>{customer.segment || t("common:state.unknown")}</dd>
        <dt>{t("profile.registered")}</dt>
        <dd>{customer.registered_at ? format.day(customer.registered_at) : t("common:state.unknown")}</dd>
        {attributesOf(customer.attributes, customer.sample_fields, format.number).map(({ name, text, isSample }) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{nameOf(name)}</dt>
            <dd>
              {text} {isSample && <SampleMark />}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

export function ContactsPanel({ contacts }: { contacts: Customer["contacts"] }) {
  const { t } = useTranslation("customer360");
  return (
    <Panel title={t("contacts.title")}>
      {contacts.length === 0 && <p className="muted">{t("contacts.none")}</p>}
      <ul className="profile-list">
        {contacts.map((contact) => (
          <li key={contact.id}>
            <div className="row wrap">
              <strong>{contact.name}</strong>
              <span className="muted">{contact.title}</span>
              {contact.is_key && <span className="tag">{t("contacts.key")}</span>}
              {contact.is_sample && <SampleMark />}
            </div>
            <div className="row wrap small">
              {contact.phone &&
                (isDialable(contact.phone) ? (
                  <a href={`tel:${contact.phone}`}>{contact.phone}</a>
                ) : (
                  <span>{contact.phone}</span>
                ))}
              {contact.email && <span className="ellipsis">{contact.email}</span>}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function ContractsPanel({ customer }: { customer: Customer }) {
  const { t } = useTranslation("customer360");
  const to = useTo();
  const format = useFormat();
  const { contracts, opportunities } = customer;
  if (contracts.length + opportunities.length === 0) return null;
  return (
    <Panel title={t("contracts.title")} extra={<Link to={to("/renewals?scope=all")}>{t("contracts.toRenewals")}</Link>}>
      <ul className="profile-list">
        {contracts.map((contract) => (
          <li key={`contract-${contract.id}`}>
            <div className="spread">
              <span className="grow">
                <strong>{contract.name || contract.key}</strong> {contract.is_sample && <SampleMark />}
              </span>
              <span className="num">{format.money(contract.amount)}</span>
            </div>
            <div className="muted small">
              {t("contracts.until", {
                key: contract.key,
                day: contract.ends_on,
                count: format.daysUntil(contract.ends_on),
              })}
            </div>
          </li>
        ))}
        {opportunities.map((deal) => (
          <li key={`deal-${deal.id}`}>
            <div className="spread">
              <span className="grow">
                <strong>{deal.name}</strong> {deal.is_sample && <SampleMark />}
              </span>
              {deal.amount !== null && <span className="num">{format.money(deal.amount)}</span>}
            </div>
            <div className="muted small row wrap">
              <DealStage deal={deal} />
              {deal.close_on}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
