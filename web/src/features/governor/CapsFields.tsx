import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "@/shared/ui/Panel";
import { type Policy, PURPOSES, SPANS, withCap } from "./policy.logic";
import "./governor.css";

interface Props {
  policy: Policy;
  onChange: (policy: Policy) => void;
}

/** At most so many messages in any day, week and month, by purpose. */
export function CapsFields({ policy, onChange }: Props) {
  const { t } = useTranslation(["governor", "messages"]);
  return (
    <Panel title={t("governor:caps.title")}>
      <p className="muted small">
        {t("governor:caps.hint")} · {t("governor:caps.apart")}
      </p>
      {PURPOSES.map((purpose) => (
        <div key={purpose} className="caps-row">
          <strong>{t(`messages:purpose.${purpose}`)}</strong>
          {SPANS.map((span) => (
            <label key={span} className="small">
              {t(`governor:caps.${span}`)}
              <Input
                inputMode="numeric"
                aria-label={`${t(`messages:purpose.${purpose}`)} ${t(`governor:caps.${span}`)}`}
                value={policy.caps[purpose]?.[span] ?? ""}
                onChange={(event) => onChange(withCap(policy, purpose, span, event.target.value))}
              />
            </label>
          ))}
        </div>
      ))}
    </Panel>
  );
}
