import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { type Plan, samePlan } from "./routing.logic";

interface PlanBarProps {
  routing: Schemas["RoutingOut"];
  plan: Plan;
  onChange: (plan: Plan) => void;
  onPublished: () => void;
}

/** Throw the changes away, or put them in force with a note. */
export function PlanBar({ routing, plan, onChange, onPublished }: PlanBarProps) {
  const { t } = useTranslation(["routing", "common"]);
  const slug = useSlug();
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  const changed = !samePlan(plan, routing.plan);
  const publish = api.useMutation("post", "/api/v1/w/{slug}/routing/publish", {
    meta: { quiet: true },
    onSuccess: () => {
      setAsking(false);
      notifyDone(t("routing:published"));
      onPublished();
    },
  });
  return (
    <div className="row">
      <Button disabled={!changed} onClick={() => onChange(routing.plan)}>
        {t("routing:discard")}
      </Button>
      <Button type="primary" disabled={!changed} onClick={() => setAsking(true)}>
        {t("routing:publish")}
      </Button>
      <Modal
        open={asking}
        title={t("routing:publishTitle")}
        okText={t("routing:publish")}
        okButtonProps={{ loading: publish.isPending }}
        onOk={() => publish.mutate({ params: { path: { slug } }, body: { plan, note, based_on: routing.number } })}
        onCancel={() => setAsking(false)}
      >
        <div className="form">
          <p>{t("routing:publishText")}</p>
          <Field label={t("routing:note")}>
            {(control) => (
              <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </Field>
          <FormError error={publish.error} />
        </div>
      </Modal>
    </div>
  );
}
