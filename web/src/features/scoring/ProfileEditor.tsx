import { Input, InputNumber } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { catalogueOf } from "@/features/rules/catalogue.logic";
import { RuleBuilder } from "@/features/rules/editor/RuleBuilder";
import { readTree, writeTree } from "@/features/rules/tree/plain";
import type { RuleTree } from "@/features/rules/tree/syntax";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { MOST_WEIGHT } from "./DimensionHead";
import { OwnSignals } from "./OwnSignals";
import { type Profile, withWeight } from "./profiles.logic";
import { byFamily, type ScoreConfig, type Signal, weightOf } from "./scoring.logic";
import "@/features/rules/rules.css";

/** Attributes and metrics (1), tags and value tiers (2): what a profile may ask about. */
const HIGHEST = 2;
const NO_FAULTS = new Map();

export interface ProfileEditorProps {
  profile: Profile;
  config: ScoreConfig;
  signals: readonly Signal[];
  disabled: boolean;
  onChange: (profile: Profile, tag: string) => void;
}

/** One profile: for whom, and what differs from everybody. */
export function ProfileEditor(props: ProfileEditorProps) {
  const { t } = useTranslation("scoring");
  const { profile, config, disabled, onChange } = props;
  return (
    <>
      <Panel title={profile.name}>
        <div className="form">
          <Field label={t("profile.name")}>
            {(control) => (
              <Input
                {...control}
                maxLength={40}
                value={profile.name}
                disabled={disabled}
                onChange={(event) => onChange({ ...profile, name: event.target.value }, "name")}
              />
            )}
          </Field>
          <Field label={t("signal.base")} hint={t("profile.inherits", { value: config.base })}>
            {(control) => (
              <InputNumber
                {...control}
                min={0}
                max={100}
                placeholder={String(config.base)}
                value={profile.base}
                disabled={disabled}
                onChange={(base) => onChange({ ...profile, base }, "base")}
              />
            )}
          </Field>
        </div>
        <Weights {...props} />
        <OwnSignals {...props} />
      </Panel>
      {!disabled && <When profile={profile} onChange={(when) => onChange({ ...profile, when }, "when")} />}
    </>
  );
}

function Weights({ profile, config, signals, disabled, onChange }: ProfileEditorProps) {
  const { t } = useTranslation(["scoring", "common"]);
  return (
    <fieldset className="plain-fieldset">
      <legend className="muted small">{t("scoring:profile.weights")}</legend>
      <div className="factor-grid">
        {byFamily(signals).map(({ family }) => {
          const name = config.dimensions[family]?.name || t(`common:family.${family as "intent"}`);
          return (
            <label key={family}>
              <span>{name}</span>
              <InputNumber
                size="small"
                prefix="×"
                min={0}
                max={MOST_WEIGHT}
                step={0.1}
                placeholder={String(weightOf(config, family))}
                value={profile.dimensions[family] ?? null}
                disabled={disabled}
                onChange={(weight) => onChange(withWeight(profile, family, weight), `weight.${family}`)}
              />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function When({ profile, onChange }: { profile: Profile; onChange: (when: Profile["when"]) => void }) {
  const slug = useSlug();
  const known = api.useQuery("get", "/api/v1/w/{slug}/rules/catalogue", { params: { path: { slug } } });
  const [kept, setKept] = useState<RuleTree>(() => readTree(profile.when));
  // Undo changes the document from outside; the tree's ids follow only then.
  const tree = JSON.stringify(writeTree(kept)) === JSON.stringify(profile.when) ? kept : readTree(profile.when);
  const catalogue = useMemo(
    () =>
      known.data &&
      catalogueOf({ ...known.data, columns: known.data.columns.filter(({ stratum }) => stratum <= HIGHEST) }),
    [known.data],
  );
  if (known.isError) return <ErrorState error={known.error} retry={() => void known.refetch()} />;
  if (!catalogue) return <SkeletonRows rows={4} />;
  const change = (next: RuleTree) => {
    setKept(next);
    onChange(writeTree(next));
  };
  return <RuleBuilder catalogue={catalogue} tree={tree} faults={NO_FAULTS} strict={false} onChange={change} />;
}
