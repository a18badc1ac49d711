import { useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { CapsFields } from "./CapsFields";
import { HoursFields } from "./HoursFields";
import { MoneyFields } from "./MoneyFields";
import { PolicyVersions } from "./PolicyVersions";
import { ReplayNote } from "./ReplayNote";

const ADDRESS = "/api/v1/w/{slug}/governor/policy";

/** The policy in force, edited, tried on the last 30 days and published. */
export function PolicyPanel() {
  const slug = useSlug();
  const policy = api.useQuery("get", ADDRESS, { params: { path: { slug } } });
  if (policy.isError) return <ErrorState error={policy.error} retry={() => void policy.refetch()} />;
  if (!policy.data) return <SkeletonRows rows={8} />;
  return <PolicyForm key={policy.data.number} live={policy.data} />;
}

function PolicyForm({ live }: { live: Schemas["TouchPolicyOut"] }) {
  const { t } = useTranslation("governor");
  const can = useCan();
  const client = useQueryClient();
  const params = { path: { slug: useSlug() } };
  const [policy, setPolicy] = useState(live.policy);
  const [note, setNote] = useState("");
  const meta = { quiet: true }; // faults stand beside the form, not in a toast as well
  const trying = api.useMutation("post", `${ADDRESS}/preview`, { meta });
  const publishing = api.useMutation("put", ADDRESS, {
    meta,
    onSuccess: (saved) => {
      notifyDone(t("published", { number: saved.number }));
      return client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(ADDRESS) });
    },
  });
  const edit = (next: typeof policy) => {
    setPolicy(next);
    trying.reset();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        publishing.mutate({ params, body: { policy, based_on: live.number, note } });
      }}
    >
      {live.holds && <p className="form-note">{t(`holds.${live.holds as "dry_run"}`)}</p>}
      <fieldset className="stack bare" disabled={!can("publish")}>
        <CapsFields policy={policy} onChange={edit} />
        <HoursFields policy={policy} onChange={edit} />
        <MoneyFields policy={policy} onChange={edit} />
      </fieldset>
      {can("publish") && (
        <Panel>
          <div className="stack">
            <Field label={t("note")}>
              {(control) => (
                <Input {...control} value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
              )}
            </Field>
            <FormError error={publishing.error ?? trying.error} />
            {trying.data && <ReplayNote replay={trying.data} />}
            <div className="row wrap">
              <Button loading={trying.isPending} onClick={() => trying.mutate({ params, body: { policy } })}>
                {t("try")}
              </Button>
              <Button type="primary" htmlType="submit" loading={publishing.isPending}>
                {t("publish")}
              </Button>
            </div>
          </div>
        </Panel>
      )}
      <PolicyVersions current={live.number} />
    </form>
  );
}
