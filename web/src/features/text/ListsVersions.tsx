import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";

/** Who saved which version when; an older one can be the newest again. */
export function ListsVersions({ live, onRestored }: { live: Schemas["ListsOut"]; onRestored: () => void }) {
  const { t } = useTranslation("text");
  const format = useFormat();
  const slug = useSlug();
  const restoring = api.useMutation("post", "/api/v1/w/{slug}/text/lists/{number}/restore", {
    onSuccess: () => {
      notifyDone(t("lists.saved"));
      onRestored();
    },
    onError: notifyError,
  });
  if (live.versions.length === 0) return null;
  return (
    <Panel title={t("versions.title")}>
      <ul className="versions">
        {live.versions.map(({ number, note, by, at }) => (
          <li key={number} className="spread wrap">
            <span>
              {t("versions.one", { number })} {note && `· ${note}`}
              <span className="muted small">
                {" "}
                {by?.name} {format.dayTime(at)}
              </span>
            </span>
            {live.may_edit && number !== live.number && (
              <Button size="small" onClick={() => restoring.mutate({ params: { path: { slug, number } } })}>
                {t("versions.restore")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
