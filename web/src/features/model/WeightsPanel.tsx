import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { changedWeights, type Version, type Weight } from "./model.logic";

interface Props {
  version: Version;
  mayApprove: boolean;
  onApproved: () => void;
}

/** 自动调权: the points that outcomes suggest, before and after; what is ticked goes into a draft of the score. */
export function WeightsPanel({ version, mayApprove, onApproved }: Props) {
  const { t } = useTranslation(["model", "common"]);
  const slug = useSlug();
  const { percent } = useFormat();
  const rows = changedWeights(version.weights);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [seasons, setSeasons] = useState(false);
  const approve = api.useMutation("post", "/api/v1/w/{slug}/model/versions/{number}/weights", {
    onSuccess: ({ version: draft }) => {
      notifyDone(t("model:weights.done", { number: draft }));
      onApproved();
    },
  });
  const codes = rows.map(({ code }) => code).filter((code) => !left.has(code));
  const toggle = (code: string) => {
    const next = new Set(left);
    if (!next.delete(code)) next.add(code);
    setLeft(next);
  };
  const columns = [
    {
      key: "name",
      title: t("model:weights.signal"),
      render: (row: Weight) => (
        <span className="row">
          {mayApprove && (
            <input
              type="checkbox"
              checked={!left.has(row.code)}
              onChange={() => toggle(row.code)}
              aria-label={row.name}
            />
          )}
          {row.name}
        </span>
      ),
    },
    {
      key: "family",
      title: t("model:weights.family"),
      render: ({ family }: Weight) => t(`common:family.${family}` as "common:family.intent"),
    },
    { key: "fired", title: t("model:weights.fired"), render: ({ fired }: Weight) => percent(fired), end: true },
    { key: "before", title: t("model:weights.before"), render: ({ before }: Weight) => before, end: true },
    { key: "after", title: t("model:weights.after"), render: ({ after }: Weight) => <b>{after}</b>, end: true },
  ];
  return (
    <Panel
      title={t("model:weights.title")}
      extra={
        mayApprove && (
          <Button
            size="small"
            type="primary"
            disabled={codes.length === 0 && !seasons}
            loading={approve.isPending}
            onClick={() =>
              approve.mutate({ params: { path: { slug, number: version.number } }, body: { codes, seasons } })
            }
          >
            {t("model:weights.approve")}
          </Button>
        )
      }
    >
      <p className="muted">{t("model:weights.text")}</p>
      <SimpleTable columns={columns} rows={rows} rowKey={({ code }) => code} label={t("model:weights.title")} />
      {version.seasons.length > 0 && (
        <fieldset className="kind-choice">
          <legend>{t("model:seasons.title")}</legend>
          <ul className="missing">
            {version.seasons.map(({ quarter, family, factor, low, high }) => (
              <li key={`${quarter}${family}`}>
                {t("model:seasons.row", {
                  quarter,
                  family: t(`common:family.${family}` as "common:family.intent"),
                  factor,
                  low: low.toFixed(2),
                  high: high.toFixed(2),
                })}
              </li>
            ))}
          </ul>
          {mayApprove && (
            <label>
              <input type="checkbox" checked={seasons} onChange={(event) => setSeasons(event.target.checked)} />{" "}
              {t("model:seasons.take")}
            </label>
          )}
        </fieldset>
      )}
      <p className="small">
        <Link to={`/w/${slug}/scoring`}>{t("model:weights.open")}</Link>
      </p>
    </Panel>
  );
}
