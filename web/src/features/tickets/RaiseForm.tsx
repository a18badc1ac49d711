import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { requestKey } from "@/shared/list/requestKey";
import { Sheet } from "@/shared/list/Sheet";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import type { RaiseSheetProps } from "./RaiseSheet";
import { bodyOf, emptyDraft, isReady, type TicketDraft, TOPICS, type Topic, withTopic } from "./tickets.logic";

/** Topic, team, what is wrong, by when. */
export function RaiseForm({ open, about, customerName, onClose }: RaiseSheetProps) {
  const { t } = useTranslation("tickets");
  const { slug, now, time_zone: zone } = useWorkspace();
  const refresh = useRefreshWork();
  const routes = api.useQuery("get", "/api/v1/w/{slug}/ticket-routes", { params: { path: { slug } } });
  const [draft, setDraft] = useState<TicketDraft>(() => emptyDraft(now, zone));
  const [key] = useState(requestKey);
  const raise = api.useMutation("post", "/api/v1/w/{slug}/tickets", {
    onSuccess: () => {
      notifyDone(t("raised"));
      onClose();
      return refresh();
    },
  });
  const set = (part: Partial<TicketDraft>) => setDraft({ ...draft, ...part });
  return (
    <Sheet
      open={open}
      title={t("raiseFor", { name: customerName })}
      onClose={onClose}
      onSave={() => raise.mutate({ params: { path: { slug } }, body: bodyOf(draft, about, key, now, zone) })}
      saveLabel={t("send")}
      saving={raise.isPending}
      disabled={!isReady(draft)}
    >
      <Field label={t("topicLabel")}>
        {(control) => (
          <NativeSelect
            id={control.id}
            className="wide"
            value={draft.topic}
            options={TOPICS.map((topic) => ({ value: topic, label: t(`topic.${topic}`) }))}
            onChange={(topic) => setDraft(withTopic(draft, topic as Topic, routes.data?.routes ?? []))}
          />
        )}
      </Field>
      <Whom draft={draft} data={routes.data} onChange={set} />
      <Field label={t("what")}>
        {(control) => (
          <Input
            {...control}
            maxLength={160}
            value={draft.title}
            onChange={(event) => set({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("text")}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={4000}
            value={draft.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("dueLabel")}>
        {(control) => (
          <Input {...control} type="date" value={draft.due} onChange={(event) => set({ due: event.target.value })} />
        )}
      </Field>
    </Sheet>
  );
}

interface WhomProps {
  draft: TicketDraft;
  data: Schemas["TicketRoutes"] | undefined;
  onChange: (part: Partial<TicketDraft>) => void;
}

/** The team, and one of its people if wanted. */
function Whom({ draft, data, onChange }: WhomProps) {
  const { t } = useTranslation("tickets");
  const teams = data?.teams ?? [];
  const team = teams.find(({ id }) => String(id) === draft.team);
  const people = (data?.people ?? []).filter((person) => team && person.team === team.name);
  return (
    <>
      <Field label={t("team")} hint={data && teams.length === 0 ? t("noTeams") : undefined}>
        {(control) => (
          <NativeSelect
            id={control.id}
            className="wide"
            value={draft.team}
            options={[
              { value: "", label: t("chooseTeam") },
              ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(chosen) => onChange({ team: chosen, owner: "" })}
          />
        )}
      </Field>
      <Field label={t("owner")} hint={t("ownerHint")}>
        {(control) => (
          <NativeSelect
            id={control.id}
            className="wide"
            value={draft.owner}
            options={[
              { value: "", label: t("anybody") },
              ...people.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(owner) => onChange({ owner })}
          />
        )}
      </Field>
    </>
  );
}
