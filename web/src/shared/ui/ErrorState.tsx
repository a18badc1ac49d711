import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { asApiError, isForbidden } from "../api/errors";
import { EmptyState } from "./EmptyState";
import { errorText } from "./notify";

/** What went wrong in the server's words, with another try and the number that finds it in the log; no retry where the role may not see it. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation("common");
  if (isForbidden(error)) return <NoPermission />;
  const number = asApiError(error).request_id;
  return (
    <div role="alert">
      <EmptyState
        title={t("error.title")}
        text={
          <>
            {errorText(error)}
            {number && <small className="error-number">{t("error.number", { number })}</small>}
          </>
        }
      >
        {retry && <Button onClick={retry}>{t("action.retry")}</Button>}
      </EmptyState>
    </div>
  );
}

export function NoPermission() {
  const { t } = useTranslation("common");
  return <EmptyState title={t("error.noPermission")} text={t("error.askAdmin")} />;
}
