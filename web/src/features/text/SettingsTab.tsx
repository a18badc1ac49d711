import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ModelPanel } from "./ModelPanel";

type Settings = Schemas["TextSettingsOut"];
const PERIODS = ["", "90", "180", "365", "730", "1095"] as const;

/** How long texts are kept, how verdicts move the scale, and the optional language model. */
export function SettingsTab() {
  const path = { params: { path: { slug: useSlug() } } };
  const settings = api.useQuery("get", "/api/v1/w/{slug}/text/settings", path);
  const refresh = () => void settings.refetch();
  if (settings.isError) return <ErrorState error={settings.error} retry={refresh} />;
  if (!settings.data) return <SkeletonRows rows={5} />;
  return (
    <div className="stack">
      <Calibration settings={settings.data} onChanged={refresh} />
      <Retention settings={settings.data} onChanged={refresh} />
      <ModelPanel key={settings.data.model.url} settings={settings.data} onChanged={refresh} />
    </div>
  );
}

interface PartProps {
  settings: Settings;
  onChanged: () => void;
}

function Calibration({ settings: { calibration: map }, onChanged }: PartProps) {
  const { t } = useTranslation("text");
  const format = useFormat();
  const params = { path: { slug: useSlug() } };
  const may = useCan()("publish");
  const fitting = api.useMutation("post", "/api/v1/w/{slug}/text/recalibrate", {
    onSuccess: ({ job }) => {
      notifyDone(t(job ? "map.moved" : "map.same"));
      onChanged();
    },
    onError: notifyError,
  });
  return (
    <Panel title={t("map.title")}>
      <div className="stack">
        <p className="muted">{t("map.text", { needed: map.needed })}</p>
        <p>
          {t("map.counts", { verdicts: map.verdicts, agreed: map.agreed })}{" "}
          {map.own && map.calibrated_at
            ? t("map.own", { used: map.used, when: format.dayTime(map.calibrated_at) })
            : t("map.shipped")}
        </p>
        {map.own && (
          <p className="muted small">
            {map.points.map(([read = 0, meant = 0]) => `${read} → ${Math.round(meant)}`).join(", ")}
          </p>
        )}
        {may && (
          <div>
            <Button
              loading={fitting.isPending}
              disabled={map.verdicts < map.needed && !map.own}
              onClick={() => fitting.mutate({ params })}
            >
              {t("map.fit")}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Retention({ settings, onChanged }: PartProps) {
  const { t } = useTranslation("text");
  const params = { path: { slug: useSlug() } };
  const [days, setDays] = useState(String(settings.retention_days ?? ""));
  const saving = api.useMutation("put", "/api/v1/w/{slug}/text/settings/retention", {
    onSuccess: () => {
      notifyDone(t("retention.saved"));
      onChanged();
    },
    onError: notifyError,
  });
  const known = [...new Set([...PERIODS, String(settings.retention_days ?? "")])];
  return (
    <Panel title={t("retention.title")}>
      <div className="stack">
        <p className="muted">{t("retention.text")}</p>
        <div className="row wrap">
          <NativeSelect
            aria-label={t("retention.title")}
            value={days}
            disabled={!settings.may_edit}
            options={known.map((value) => ({
              value,
              label: value ? t("retention.days", { days: value }) : t("retention.ever"),
            }))}
            onChange={setDays}
          />
          {settings.may_edit && (
            <Button
              loading={saving.isPending}
              disabled={days === String(settings.retention_days ?? "")}
              onClick={() => saving.mutate({ params, body: { days: days ? Number(days) : null } })}
            >
              {t("retention.save")}
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
