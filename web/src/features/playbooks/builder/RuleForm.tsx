import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { catalogueOf } from "@/features/rules/catalogue.logic";
import { CountPanel } from "@/features/rules/editor/CountPanel";
import { RuleBuilder } from "@/features/rules/editor/RuleBuilder";
import { useCount } from "@/features/rules/editor/useCount";
import { missingOf } from "@/features/rules/tree/complete";
import { faultsByNode } from "@/features/rules/tree/places";
import { readTree, writeTree } from "@/features/rules/tree/plain";
import { emptyTree } from "@/features/rules/tree/syntax";
import type { CatalogueOut } from "@/features/rules/types";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { Plain } from "../flow/spec";
import "@/features/rules/rules.css";

interface RuleFormProps {
  value: Plain | null;
  onDone: (value: Plain | null) => void;
}

/** The conditions of rules, with how many customers fulfil them now. */
export function RuleForm(props: RuleFormProps) {
  const slug = useSlug();
  const known = api.useQuery("get", "/api/v1/w/{slug}/rules/catalogue", { params: { path: { slug } } });
  if (known.isError) return <ErrorState error={known.error} retry={() => void known.refetch()} />;
  if (!known.data) return <SkeletonRows rows={4} />;
  return <Form {...props} known={known.data} />;
}

function Form({ value, onDone, known }: RuleFormProps & { known: CatalogueOut }) {
  const { t } = useTranslation(["playbooks", "common"]);
  const catalogue = useMemo(() => catalogueOf(known), [known]);
  const [tree, setTree] = useState(() => (value ? readTree({ when: value }) : emptyTree()));
  const [strict, setStrict] = useState(false);
  const incomplete = missingOf(tree, catalogue.typeOf).size > 0;
  const live = useCount(incomplete ? "" : JSON.stringify(writeTree(tree)));
  const faults = useMemo(() => faultsByNode(tree, live.faults), [tree, live.faults]);
  const done = () => {
    setStrict(true);
    if (incomplete || live.faults.length) return;
    const { when } = writeTree(tree);
    onDone(tree.when.parts.length ? (when as Plain) : null);
  };
  return (
    <div className="stack">
      <RuleBuilder plain catalogue={catalogue} tree={tree} onChange={setTree} faults={faults} strict={strict} />
      <CountPanel live={live} incomplete={incomplete} />
      <Button type="primary" onClick={done}>
        {t("playbooks:rule.done")}
      </Button>
    </div>
  );
}
