import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { connect, keepOutlets, removeNode, START, setParams } from "../flow/edit";
import { ofNode } from "../flow/problems";
import { type FlowNode, nodeOf, type Plain } from "../flow/spec";
import { firstParams, outletsOf, titleOf } from "../flow/words";
import type { Kind } from "../types";
import { useBuilder } from "./BuilderContext";
import { FieldInput } from "./FieldInput";
import { SettingsForm } from "./SettingsForm";

/** The settings of what is selected: a step, the trigger, or the flow itself. */
export function Inspector() {
  const { t } = useTranslation("playbooks");
  const { spec, selected } = useBuilder();
  const node = selected ? nodeOf(spec, selected) : undefined;
  return (
    <aside className="flow-inspector" aria-label={t("build.inspector")}>
      {node ? <StepForm key={node.id} node={node} /> : selected === START ? <TriggerForm /> : <SettingsForm />}
    </aside>
  );
}

function Fields({
  kind,
  params,
  node,
  onChange,
}: {
  kind: Kind;
  params: Plain;
  node: string;
  onChange: (params: Plain, field: string) => void;
}) {
  const { problems } = useBuilder();
  const wrong = ofNode(problems, node);
  return kind.fields.map((field) => (
    <FieldInput
      key={field.name}
      field={field}
      value={params[field.name]}
      error={wrong.find((one) => one.field === field.name || one.field.startsWith(`${field.name}.`))?.message}
      onChange={(value) => onChange({ ...params, [field.name]: value }, field.name)}
    />
  ));
}

function TriggerForm() {
  const { t } = useTranslation("playbooks");
  const { book, spec, change } = useBuilder();
  const { kind: name, ...params } = spec.trigger;
  const kind = book.trigger(name);
  return (
    <div className="stack">
      <h2>{t("build.trigger")}</h2>
      <Field label={t("build.triggerKind")}>
        {({ status: _status, ...control }) => (
          <NativeSelect
            {...control}
            value={name}
            options={book.kinds.triggers.map((one) => ({ value: one.name, label: one.label }))}
            onChange={(next) => {
              const other = book.trigger(next);
              change((now) => ({ ...now, trigger: { ...(other ? firstParams(other) : {}), kind: next } }));
            }}
          />
        )}
      </Field>
      <p className="muted small">{kind?.about}</p>
      {kind && (
        <Fields
          kind={kind}
          params={params}
          node={START}
          onChange={(next, field) =>
            change((now) => ({ ...now, trigger: { ...next, kind: name } }), `trigger.${field}`)
          }
        />
      )}
    </div>
  );
}

function StepForm({ node }: { node: FlowNode }) {
  const { t } = useTranslation("playbooks");
  const { book, change, select } = useBuilder();
  const kind = book.node(node.kind);
  const put = (params: Plain, field: string) =>
    change((now) => {
      const names = outletsOf(book, { kind: node.kind, params }).map(({ value }) => value);
      return keepOutlets(setParams(now, node.id, params), node.id, names);
    }, `${node.id}.${field}`);
  const remove = () => {
    change((now) => removeNode(now, node.id));
    select(null);
  };
  return (
    <div className="stack">
      <h2>{kind?.label ?? node.kind}</h2>
      <p className="muted small">{kind?.about}</p>
      {kind && <Fields kind={kind} params={node.params} node={node.id} onChange={put} />}
      {node.kind === "message" && <Preview params={node.params} />}
      <Ways node={node} />
      <Button danger onClick={remove}>
        {t("build.remove")}
      </Button>
    </div>
  );
}

function Preview({ params }: { params: Plain }) {
  const { t } = useTranslation("playbooks");
  const { book } = useBuilder();
  const template = book.kinds.templates.find(({ code }) => code === params.template);
  if (!template) return null;
  return (
    <figure className="flow-preview" aria-label={t("build.preview")}>
      {template.subject && <strong>{template.subject}</strong>}
      <p>{template.body}</p>
    </figure>
  );
}

/** Where each outlet leads, as plain selects: the way to link steps without a mouse. */
function Ways({ node }: { node: FlowNode }) {
  const { t } = useTranslation("playbooks");
  const { book, spec, problems, change } = useBuilder();
  const others = spec.nodes.filter(({ id }) => id !== node.id);
  const named = others.map(({ id, kind, params }) => {
    const known = book.node(kind);
    return { value: id, label: [known?.label, titleOf(book, known, params)].filter(Boolean).join(" · ") };
  });
  const wrong = ofNode(problems, node.id);
  const optional = book.node(node.kind)?.optional ?? [];
  return outletsOf(book, node).map(({ value, label }) => (
    <Field
      key={value}
      label={t("build.then", { outlet: label })}
      error={wrong.find(({ field }) => field === `next.${value}`)?.message}
    >
      {({ status: _status, ...control }) => (
        <NativeSelect
          {...control}
          value={node.next[value] ?? ""}
          options={[{ value: "", label: t(optional.includes(value) ? "build.nowhere" : "build.choose") }, ...named]}
          onChange={(to) => change((now) => connect(now, node.id, value, to))}
        />
      )}
    </Field>
  ));
}
