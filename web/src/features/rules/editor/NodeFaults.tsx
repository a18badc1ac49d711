import { useTranslation } from "react-i18next";
import { useBuilder } from "./BuilderContext";

export const faultsId = (id: string) => `${id}-faults`;

/** What the server says is wrong here, else what is still missing. */
export function NodeFaults({ id }: { id: string }) {
  const { t } = useTranslation("rules");
  const { faults, missing, strict } = useBuilder();
  const wrong = faults.get(id) ?? [];
  const lacking = missing.get(id);
  if (wrong.length === 0 && !(strict && lacking)) return null;
  return (
    <div id={faultsId(id)} className="node-faults" role="alert">
      {wrong.map(({ field, message }) => (
        <p key={field + message}>{message}</p>
      ))}
      {wrong.length === 0 && lacking && <p>{t(`missing.${lacking}`)}</p>}
    </div>
  );
}
