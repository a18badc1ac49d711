import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";

/** Which team receives which topic; for those who keep the workspace. */
export function RoutesPanel() {
  const { t } = useTranslation(["tickets", "common"]);
  const can = useCan();
  const path = { slug: useSlug() };
  const allowed = can("workspace");
  const routes = api.useQuery("get", "/api/v1/w/{slug}/ticket-routes", { params: { path } }, { enabled: allowed });
  const save = api.useMutation("put", "/api/v1/w/{slug}/ticket-routes", {
    onSuccess: () => {
      notifyDone(t("common:action.saved"));
      return routes.refetch();
    },
  });
  if (!allowed || !routes.data) return null;
  const { teams } = routes.data;
  const options = [
    { value: "", label: t("routes.none") },
    ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <Panel title={t("routes.title")}>
      <p className="muted">{t("routes.text")}</p>
      <div className="ticket-routes">
        {routes.data.routes.map(({ topic, team_id }) => (
          <Field key={topic} inline label={t(`topic.${topic}`)}>
            {(control) => (
              <NativeSelect
                id={control.id}
                value={team_id === null ? "" : String(team_id)}
                options={options}
                onChange={(team) =>
                  save.mutate({ params: { path }, body: { routes: [{ topic, team_id: team ? Number(team) : null }] } })
                }
              />
            )}
          </Field>
        ))}
      </div>
    </Panel>
  );
}
