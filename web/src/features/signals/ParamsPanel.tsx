import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSeesCustomers, useTo } from "@/shared/session/SessionContext";
import { Panel } from "@/shared/ui/Panel";
import { paramText, type Signal } from "./signals.logic";

/** The numbers that are live beside the delivered ones; they are edited in 评分设置. */
export function ParamsPanel({ signal }: { signal: Signal }) {
  const { t } = useTranslation(["signals", "scoring"]);
  const to = useTo();
  const sees = useSeesCustomers();
  return (
    <Panel
      title={t("signals:params.title")}
      extra={sees && <Link to={to("/scoring")}>{t("signals:params.edit")}</Link>}
    >
      <dl className="facts">
        {signal.params.map((param) => (
          <div key={param.name} style={{ display: "contents" }}>
            <dt>{param.label}</dt>
            <dd>
              {paramText(param)} {t(`scoring:unit.${param.unit}`)}
              {param.value !== param.default && (
                <span className="muted small">
                  {" "}
                  {t("signals:params.default", { value: paramText({ ...param, value: param.default }) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
