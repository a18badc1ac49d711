import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "@/shared/ui/Chips";
import { Panel } from "@/shared/ui/Panel";
import { SentenceList } from "../SentenceList";
import type { Plain } from "../tree/syntax";
import type { CountOut } from "../types";

const FORMS = ["text", "json", "logic"] as const;
type Form = (typeof FORMS)[number];

/** The rule in words, and for the curious as the data that is stored. */
export function ExpressionPanel({ count, plain }: { count: CountOut | undefined; plain: Plain }) {
  const { t } = useTranslation("rules");
  const [form, setForm] = useState<Form>("text");
  const logic = count?.json_logic;
  return (
    <Panel title={t("expression.title")}>
      <div className="stack">
        <Chips
          label={t("expression.label")}
          items={FORMS.map((key) => ({ key, label: t(`expression.${key}`) }))}
          value={form}
          onChange={setForm}
        />
        {form === "text" &&
          (count ? <SentenceList sentences={count.sentences} /> : <p className="muted">{t("expression.waiting")}</p>)}
        {form === "json" && <Code data={plain} />}
        {form === "logic" && (logic ? <Code data={logic} /> : <p className="muted">{t("expression.noLogic")}</p>)}
      </div>
    </Panel>
  );
}

function Code({ data }: { data: unknown }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <pre className="code" tabIndex={0}>
      {JSON.stringify(data, null, 2)}
    </pre>
  );
}
