import { useQueryClient } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { Choices } from "@/shared/list/Choices";
import { requestKey } from "@/shared/list/requestKey";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import {
  bodyOf,
  type Choice,
  EMPTY,
  type InterviewDraft,
  isReady,
  questionsOf,
  reasonsOf,
  toggled,
  withCause,
} from "./feedback.logic";
import type { InterviewSheetProps } from "./InterviewSheet";

/** 离开访谈: why they left, by taps first and in words where there are any; its cause becomes that of the registered loss. */
export function InterviewForm({ customerId, open, onClose }: InterviewSheetProps) {
  const { t } = useTranslation("feedback");
  const slug = useSlug();
  const queries = useQueryClient();
  const [key] = useState(requestKey);
  const [draft, setDraft] = useState(EMPTY);
  const change = (part: Partial<InterviewDraft>) => setDraft({ ...draft, ...part });
  const figures = api.useQuery("get", "/api/v1/w/{slug}/exit-interviews/figures", { params: { path: { slug } } });
  const questions = questionsOf(figures.data);
  const save = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/exit-interview", {
    onSuccess: () => {
      notifyDone(t("interview.saved"));
      onClose();
      void queries.invalidateQueries();
    },
    onError: notifyError,
  });
  return (
    <Sheet
      open={open}
      title={t("interview.title")}
      onClose={onClose}
      onSave={() => save.mutate({ params: { path: { slug, customer_id: customerId } }, body: bodyOf(draft, key) })}
      saving={save.isPending}
      disabled={!isReady(draft)}
    >
      <Choices
        label={t("interview.cause")}
        items={(questions?.causes ?? []).map(({ code, text }) => ({ key: code, label: text }))}
        value={draft.cause}
        onChange={(cause) => setDraft(withCause(draft, cause))}
      />
      {draft.cause && (
        <Field label={t("interview.reason")}>
          {(control) => (
            <NativeSelect
              id={control.id}
              className="wide"
              value={draft.reason}
              options={[
                { value: "", label: t("interview.choose") },
                ...reasonsOf(questions, draft.cause).map(({ code, text }) => ({ value: code, label: text })),
              ]}
              onChange={(reason) => change({ reason })}
            />
          )}
        </Field>
      )}
      <Rival draft={draft} change={change} />
      <Several
        label={t("interview.keptBy")}
        items={questions?.kept_by ?? []}
        value={draft.keptBy}
        onChange={(keptBy) => change({ keptBy })}
      />
      <Choices
        label={t("interview.wouldReturn")}
        items={(questions?.would_return ?? []).map(({ code, text }) => ({ key: code, label: text }))}
        value={draft.wouldReturn}
        onChange={(wouldReturn) => change({ wouldReturn })}
      />
      <Words draft={draft} change={change} />
    </Sheet>
  );
}

interface PartProps {
  draft: InterviewDraft;
  change: (part: Partial<InterviewDraft>) => void;
}

function Rival({ draft, change }: PartProps) {
  const { t } = useTranslation("feedback");
  return (
    <>
      <Field label={t("interview.competitor")}>
        {(control) => (
          <Input
            {...control}
            value={draft.competitor}
            maxLength={80}
            onChange={(event) => change({ competitor: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("interview.price")} hint={t("interview.priceHint")}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={draft.price}
            maxLength={4}
            onChange={(event) => change({ price: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function Words({ draft, change }: PartProps) {
  const { t } = useTranslation("feedback");
  return (["why", "improve"] as const).map((name) => (
    <Field key={name} label={t(`interview.${name}`)}>
      {(control) => (
        <Input.TextArea
          {...control}
          autoSize={{ minRows: 2 }}
          value={draft[name]}
          maxLength={2000}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  ));
}

function Several({
  label,
  items,
  value,
  onChange,
}: {
  label: string;
  items: readonly Choice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      <div className="choices-row">
        {items.map(({ code, text }) => (
          <label key={code} className="choice">
            <input type="checkbox" checked={value.includes(code)} onChange={() => onChange(toggled(value, code))} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
