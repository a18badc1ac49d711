import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { AuthLayout } from "@/features/auth/AuthLayout";
import { SetupSteps } from "@/features/auth/SetupSteps";
import { TemplateFacts } from "@/features/gallery/TemplateFacts";
import { api } from "@/shared/api/client";
import { useSession } from "@/shared/session/SessionContext";
import { useRefreshSession } from "@/shared/session/useRefreshSession";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { Choice } from "./Choice";
import { afterCreation, industries, SAMPLE, type Template } from "./templates.logic";

function IndustryChoice({
  templates,
  value,
  onChange,
}: {
  templates: readonly Template[];
  value: string;
  onChange: (key: string) => void;
}) {
  const { t } = useTranslation("workspaces");
  return (
    <fieldset className="choices">
      <legend className="muted" style={{ marginBottom: 6, fontSize: 13 }}>
        {t("new.industry")}
      </legend>
      {industries(templates).map(({ key, name, description, currency }) => (
        <Choice key={key} name="industry" value={key} checked={value === key} onChange={onChange} title={name}>
          {description} {t("new.templateFacts", { currency })}
        </Choice>
      ))}
    </fieldset>
  );
}

/** NCD-02: what the chosen template brings, before anything is made. */
function Contents({ template }: { template: Template | undefined }) {
  const { t } = useTranslation("workspaces");
  if (!template) return null;
  return (
    <section className="template-contents" aria-label={t("new.contents", { name: template.name })}>
      <p className="muted small">{t("new.contents", { name: template.name })}</p>
      <TemplateFacts template={template} withRules />
    </section>
  );
}

function CreateForm({ templates }: { templates: readonly Template[] }) {
  const { t } = useTranslation("workspaces");
  const navigate = useNavigate();
  const refresh = useRefreshSession();
  const [start, setStart] = useState<"sample" | "own">("sample");
  const [industry, setIndustry] = useState(industries(templates)[0]?.key ?? "");
  const [name, setName] = useState("");
  const create = api.useMutation("post", "/api/v1/workspaces", {
    meta: { quiet: true },
    onSuccess: async (created) => {
      await refresh();
      void navigate(afterCreation(created), { replace: true });
    },
  });
  const isSample = start === "sample";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ body: { name: name.trim() || t("new.sampleName"), template: isSample ? SAMPLE : industry } });
  };
  return (
    <form className="form" onSubmit={submit}>
      <fieldset className="choices two">
        <legend className="sr-only">{t("new.start")}</legend>
        <Choice
          name="start"
          value="sample"
          checked={isSample}
          onChange={() => setStart("sample")}
          title={t("new.sample")}
        >
          {t("new.sampleText")}
        </Choice>
        <Choice name="start" value="own" checked={!isSample} onChange={() => setStart("own")} title={t("new.own")}>
          {t("new.ownText")}
        </Choice>
      </fieldset>
      {!isSample && <IndustryChoice templates={templates} value={industry} onChange={setIndustry} />}
      {!isSample && <Contents template={templates.find(({ key }) => key === industry)} />}
      <Field label={t("new.name")} hint={t("new.nameHint")}>
        {(control) => (
          <Input
            {...control}
            size="large"
            maxLength={80}
            placeholder={isSample ? t("new.sampleName") : ""}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <FormError error={create.error} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        loading={create.isPending}
        disabled={!isSample && !name.trim()}
      >
        {t(isSample ? "new.createSample" : "new.createOwn")}
      </Button>
    </form>
  );
}

/** A workspace from an industry template, or the sample that is alive at once. */
export function NewWorkspacePage() {
  const { t } = useTranslation("workspaces");
  const { workspaces } = useSession();
  const isFirst = workspaces.length === 0;
  const templates = api.useQuery("get", "/api/v1/templates");
  return (
    <AuthLayout wide title={t("new.title")} lead={t("new.lead")}>
      {isFirst && <SetupSteps current="workspace" />}
      {templates.data && <CreateForm templates={templates.data} />}
      {templates.isPending && <SkeletonRows rows={4} />}
      {templates.isError && <ErrorState error={templates.error} retry={() => void templates.refetch()} />}
      {!isFirst && (
        <div className="auth-foot">
          <Link to="/">{t("new.back")}</Link>
        </div>
      )}
    </AuthLayout>
  );
}
