import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "@/shared/ui/Panel";
import { MEDIA, type Policy, PURPOSES, SPANS, withCap, withMediumCap } from "./policy.logic";
import "./governor.css";

type Span = (typeof SPANS)[number];

interface Props {
  policy: Policy;
  onChange: (policy: Policy) => void;
}

/** At most so many messages in any day, week and month: by purpose over all media, and by medium. */
export function CapsFields({ policy, onChange }: Props) {
  const { t } = useTranslation(["governor", "messages"]);
  return (
    <Panel title={t("governor:caps.title")}>
      <p className="muted small">
        {t("governor:caps.hint")} · {t("governor:caps.apart")}
      </p>
      {PURPOSES.map((purpose) => (
        <CapsRow
          key={purpose}
          name={t(`messages:purpose.${purpose}`)}
          caps={policy.caps[purpose]}
          onChange={(span, text) => onChange(withCap(policy, purpose, span, text))}
        />
      ))}
      <p className="muted small">{t("governor:caps.byMedium")}</p>
      {MEDIA.map((medium) => (
        <CapsRow
          key={medium}
          name={t(`messages:medium.${medium}`)}
          caps={policy.medium_caps[medium]}
          onChange={(span, text) => onChange(withMediumCap(policy, medium, span, text))}
        />
      ))}
    </Panel>
  );
}

interface RowProps {
  name: string;
  caps: Partial<Record<Span, number | null>> | undefined;
  onChange: (span: Span, text: string) => void;
}

function CapsRow({ name, caps, onChange }: RowProps) {
  const { t } = useTranslation("governor");
  return (
    <div className="caps-row">
      <strong>{name}</strong>
      {SPANS.map((span) => (
        <label key={span} className="small">
          {t(`caps.${span}`)}
          <Input
            inputMode="numeric"
            aria-label={`${name} ${t(`caps.${span}`)}`}
            value={caps?.[span] ?? ""}
            onChange={(event) => onChange(span, event.target.value)}
          />
        </label>
      ))}
    </div>
  );
}
