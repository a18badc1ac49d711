import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import type { Person } from "./PeoplePage";
import { RosterModal } from "./RosterModal";
import { ID_KINDS, type IdKind } from "./staffIds.logic";

type Ids = Schemas["StaffAddressesOut"];

function IdField({ person, kind, value }: { person: Person; kind: IdKind; value: string }) {
  const { t } = useTranslation("messengers");
  const slug = useSlug();
  const [typed, setTyped] = useState(value);
  const save = api.useMutation("put", "/api/v1/w/{slug}/people/{person_id}/addresses", { meta: { quiet: true } });
  const keep = () =>
    typed.trim() !== value &&
    save.mutate({ params: { path: { slug, person_id: person.id } }, body: { [kind]: typed.trim() } });
  return (
    <span className="grow">
      <Input
        size="small"
        aria-label={t("ids.of", { name: person.name, kind: t(`ids.${kind}`) })}
        placeholder={t(`ids.${kind}`)}
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onPressEnter={keep}
        status={save.isError ? "error" : ""}
      />
      {save.isSuccess && <span className="muted small">{t("ids.saved")}</span>}
      <FormError error={save.error} />
    </span>
  );
}

/** Where members are found in the company's messengers: by hand, or from a roster. */
export function StaffIdsPanel({ people }: { people: readonly Person[] }) {
  const { t } = useTranslation("messengers");
  const slug = useSlug();
  const ids = api.useQuery("get", "/api/v1/w/{slug}/staff-addresses", { params: { path: { slug } } });
  const [importing, setImporting] = useState(false);
  const of = (id: number): Ids | undefined => ids.data?.find(({ person_id }) => person_id === id);
  return (
    <Panel title={t("ids.title")} extra={<Button onClick={() => setImporting(true)}>{t("ids.roster")}</Button>} flush>
      <p className="muted small item-row">{t("ids.lead")}</p>
      {ids.data && (
        <ul className="item-list">
          {people
            .filter(({ is_active }) => is_active)
            .map((person) => (
              <li key={person.id} className="item-row">
                <strong style={{ width: 120 }}>{person.name || person.email}</strong>
                {ID_KINDS.map((kind) => {
                  const value = of(person.id)?.[kind] ?? "";
                  return <IdField key={`${kind}:${value}`} person={person} kind={kind} value={value} />;
                })}
              </li>
            ))}
        </ul>
      )}
      {importing && (
        <RosterModal
          onClose={() => {
            setImporting(false);
            void ids.refetch();
          }}
        />
      )}
    </Panel>
  );
}
