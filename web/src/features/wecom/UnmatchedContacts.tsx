import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { CustomerSelect } from "@/shared/list/CustomerSelect";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";

function Contact({ item, onMatched }: { item: Schemas["UnmatchedOut"]; onMatched: () => void }) {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const { dayTime } = useFormat();
  const match = api.useMutation("post", "/api/v1/w/{slug}/wecom/contacts/{contact_id}/match", {
    onSuccess: () => {
      notifyDone(t("contacts.matched", { name: item.name }));
      onMatched();
    },
  });
  const facts = [item.corp_name, item.user, item.added_at && dayTime(item.added_at)];
  return (
    <li className="item-row">
      <div className="grow">
        <strong>{item.name}</strong>
        <div className="muted small">{facts.filter(Boolean).join(" · ")}</div>
      </div>
      <CustomerSelect
        label={t("contacts.choose", { name: item.name })}
        value={undefined}
        onChange={(customer_id) =>
          match.mutate({ params: { path: { slug, contact_id: item.id } }, body: { customer_id } })
        }
      />
    </li>
  );
}

/** Contacts in WeCom of whom nobody knows whose they are. None, nothing shown. */
export function UnmatchedContacts() {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const contacts = api.useQuery("get", "/api/v1/w/{slug}/wecom/contacts", { params: { path: { slug } } });
  const refresh = () => void contacts.refetch();
  if (contacts.isError) return <ErrorState error={contacts.error} retry={refresh} />;
  if (!contacts.data?.total) return null;
  return (
    <Panel title={t("contacts.title", { count: contacts.data.total })} flush>
      <p className="muted small" style={{ padding: "0 20px" }}>
        {t("contacts.text")}
      </p>
      <ul>
        {contacts.data.items.map((item) => (
          <Contact key={item.id} item={item} onMatched={refresh} />
        ))}
      </ul>
    </Panel>
  );
}
