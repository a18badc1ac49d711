import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { useRefreshPlaybooks } from "../useRefreshPlaybooks";

type Approval = Schemas["ApprovalOut"];

/** What flows ask this person; nothing asked, nothing shown. */
export function ApprovalsPanel() {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const found = api.useQuery("get", "/api/v1/w/{slug}/playbooks/approvals", { params: { path: { slug } } });
  if (!found.data?.length) return null;
  return (
    <Panel title={t("approve.title", { count: found.data.length })}>
      <ul className="flow-steps">
        {found.data.map((one) => (
          <Asked key={one.id} asked={one} />
        ))}
      </ul>
    </Panel>
  );
}

function Asked({ asked: { id, text, customer, playbook, due_at } }: { asked: Approval }) {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const to = useTo();
  const { dayTime } = useFormat();
  const refresh = useRefreshPlaybooks();
  const [note, setNote] = useState("");
  const decide = api.useMutation("post", "/api/v1/w/{slug}/playbooks/approvals/{approval_id}", {
    onSuccess: () => notifyDone(t("approve.done")),
    onSettled: refresh,
  });
  const say = (approved: boolean) =>
    decide.mutate({ params: { path: { slug, approval_id: id } }, body: { approved, note } });
  return (
    <li className="stack">
      <strong>{text}</strong>
      <Link to={to(`/customers/${customer.id}`)}>{customer.name}</Link>
      <p className="muted small">
        {playbook} {t("approve.due", { when: dayTime(due_at) })}
      </p>
      <Input
        aria-label={t("approve.note", { name: customer.name })}
        placeholder={t("approve.notePlaceholder")}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="row approve-actions">
        <Button
          type="primary"
          loading={decide.isPending}
          onClick={() => say(true)}
          aria-label={t("approve.yesTo", { name: customer.name })}
        >
          {t("approve.yes")}
        </Button>
        <Button
          loading={decide.isPending}
          onClick={() => say(false)}
          aria-label={t("approve.noTo", { name: customer.name })}
        >
          {t("approve.no")}
        </Button>
      </div>
    </li>
  );
}
