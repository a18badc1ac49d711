import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { type FieldNames, named } from "./kingdee.logic";

/** The site's own names of fields, where they are not the standard ones. */
export function KingdeeNames({ fields, onChange }: { fields: FieldNames; onChange: (fields: FieldNames) => void }) {
  const { t } = useTranslation("dataSources");
  const slug = useSlug();
  const presets = api.useQuery("get", "/api/v1/w/{slug}/sources/kingdee", { params: { path: { slug } } });
  if (presets.isPending) return <SkeletonRows rows={4} height={32} />;
  if (presets.isError) return <ErrorState error={presets.error} retry={() => void presets.refetch()} />;
  return (
    <>
      <p className="muted small">{t("kingdee.namesHint")}</p>
      {presets.data.map((stream) => (
        <fieldset key={stream.name} className="kingdee-names">
          <legend>
            {stream.label} <span className="muted small">{stream.form}</span>
          </legend>
          {Object.entries(stream.fields).map(([ours, standard]) => (
            <label key={ours} className="row">
              <span className="small">{t(`kingdee.name.${ours}`, { defaultValue: ours })}</span>
              <Input
                size="small"
                placeholder={standard || t("kingdee.leftOut")}
                value={fields[stream.name]?.[ours] ?? standard}
                onChange={(event) => onChange(named(fields, stream.name, ours, event.target.value, standard))}
              />
            </label>
          ))}
        </fieldset>
      ))}
    </>
  );
}
