import { useTranslation } from "react-i18next";
import { Panel } from "@/shared/ui/Panel";
import { type Operations, worstFirst } from "./operations.logic";
import { StateTag } from "./StateTag";

/** Every part at a glance; what wants doing comes first and says what. */
export function Parts({ parts }: { parts: Operations["parts"] }) {
  const { t } = useTranslation("operations");
  return (
    <Panel title={t("parts")} flush>
      <ul className="operations-parts">
        {worstFirst(parts).map(({ part, name, state, text, advice }) => (
          <li key={part}>
            <strong>{name}</strong>
            <StateTag state={state} />
            <div className="operations-text">
              {text}
              {advice && <p className="small operations-advice">{t("todo", { advice })}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
