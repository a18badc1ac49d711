import { useTranslation } from "react-i18next";
import type { Template } from "./messages.logic";

/** One template as a line: what it is for, over which media, and whether carriers may refuse it. */
export function TemplateItem({ template, onOpen }: { template: Template; onOpen: () => void }) {
  const { t } = useTranslation("messages");
  const risky = template.warnings.filter(({ code }) => code !== "no_sms_template").length;
  return (
    <li className="item-row">
      <div className="grow">
        <div className="row wrap">
          <button type="button" className="link-button" onClick={onOpen}>
            <strong>{template.name}</strong>
          </button>
          <span className="tag">{t(`purpose.${template.purpose}`)}</span>
          {template.media.map((medium) => (
            <span key={medium} className="tag">
              {t(`medium.${medium}`)}
            </span>
          ))}
          {risky > 0 && <span className="risk-tag risk-medium">{t("warnings", { count: risky })}</span>}
        </div>
        <p className="muted small clamp">{template.subject || template.body}</p>
      </div>
      <span className="muted small">
        {template.number ? t("version", { number: template.number }) : t(template.shipped ? "shipped" : "own")}
      </span>
    </li>
  );
}
