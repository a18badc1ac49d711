import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { SentenceList } from "@/features/rules/SentenceList";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { computableIn, type Pack, type Template } from "./gallery.logic";
import { TemplateFacts } from "./TemplateFacts";

export interface PackCardProps {
  pack: Pack;
  template: Template | undefined;
  busy: boolean;
  /** Absent for those who may not edit rules. */
  onApply?: (() => void) | undefined;
}

/** One template: what it means, what it contains, which of its rules the data can tell, and the button that makes drafts. */
export function PackCard({ pack, template, busy, onApply }: PackCardProps) {
  const { t } = useTranslation("gallery");
  const { list } = useFormat();
  const total = pack.rules.length;
  return (
    <Panel
      title={pack.name}
      className="template-card"
      extra={template && <span className="tag">{t("ofIndustry", { industry: template.name })}</span>}
    >
      <p>{pack.about}</p>
      {template && <TemplateFacts template={template} />}
      <p className="muted small">{t("computable", { count: computableIn(pack), total })}</p>
      <details>
        <summary>{t("rules", { count: total })}</summary>
        <ul className="template-rules">
          {pack.rules.map(({ code, name, sentences, missing }) => (
            <li key={code}>
              <strong>{name}</strong>
              <SentenceList sentences={sentences} />
              {missing.length > 0 && <p className="small lacking">{t("lacks", { what: list(missing) })}</p>}
            </li>
          ))}
        </ul>
      </details>
      {onApply && (
        <Button type="primary" loading={busy} onClick={onApply} aria-label={t("applyNamed", { name: pack.name })}>
          {t("apply")}
        </Button>
      )}
    </Panel>
  );
}
