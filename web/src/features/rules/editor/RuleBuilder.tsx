import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { type Missing, missingOf } from "../tree/complete";
import type { PlacedFault } from "../tree/places";
import { emptyCondition, emptyGroup, type RuleTree } from "../tree/syntax";
import type { Catalogue } from "../types";
import { type Builder, BuilderContext, controlId } from "./BuilderContext";
import { GroupBox } from "./GroupBox";
import "./builder.css";

export interface RuleBuilderProps {
  catalogue: Catalogue;
  tree: RuleTree;
  onChange: (tree: RuleTree, tag?: string) => void;
  faults: ReadonlyMap<string, readonly PlacedFault[]>;
  strict: boolean;
  /** Without the block of exclusions, for tags and segments. */
  plain?: boolean;
}

function useBuilderState({ catalogue, tree, onChange, faults, strict }: RuleBuilderProps): Builder {
  const [focus, setFocus] = useState<readonly string[]>([]);
  useEffect(() => {
    const target = focus
      .map((id) => document.getElementById(id))
      .find((element) => element && !element.hasAttribute("disabled"));
    target?.focus();
  }, [focus]);
  return useMemo(() => {
    const missing: ReadonlyMap<string, Missing> = missingOf(tree, catalogue.typeOf);
    const change: Builder["change"] = (next, options = {}) => {
      onChange(next, options.tag);
      if (options.focus) setFocus(options.focus);
    };
    return { catalogue, tree, change, faults, missing, strict };
  }, [catalogue, tree, onChange, faults, strict]);
}

/** The conditions of a rule as nested groups, and the one block 「排除以下客户」. Every control is a plain one with a name. */
export function RuleBuilder(props: RuleBuilderProps) {
  const { t } = useTranslation("rules");
  const builder = useBuilderState(props);
  const { tree, change } = builder;
  const addExclusion = () => {
    const first = emptyCondition();
    change({ ...tree, exclude: emptyGroup("all", [first]) }, { focus: [controlId(first.id, "column")] });
  };
  return (
    <BuilderContext value={builder}>
      <Panel title={t("build.when")} className="builder">
        <GroupBox group={tree.when} root="when" />
      </Panel>
      {!props.plain && (
        <Panel title={t("build.exclude")} className="builder exclusion">
          {tree.exclude ? (
            <GroupBox group={tree.exclude} root="exclude" />
          ) : (
            <div className="spread">
              <p className="muted">{t("build.excludeText")}</p>
              <Button icon={<Icon of={PlusOutlined} />} onClick={addExclusion}>
                {t("build.addExclude")}
              </Button>
            </div>
          )}
        </Panel>
      )}
    </BuilderContext>
  );
}
