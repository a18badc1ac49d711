import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { useFormat } from "@/shared/session/useFormat";
import { Chart } from "@/shared/ui/Chart";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { curveOption, type Definition, ratesOption } from "./model.logic";
import { StageBadge } from "./StageBadge";
import { useLabelPreview } from "./useLabelPreview";

/** What a definition finds: the stage that it allows, the base rate per origin, and the return curve. */
export function PreviewPanel({ definition }: { definition: Definition }) {
  const { t } = useTranslation("model");
  const preview = useLabelPreview(definition);
  const { data } = preview;
  return (
    <section className="stack preview" aria-label={t("preview.title")} aria-busy={preview.isFetching}>
      {preview.isError && <ErrorState error={preview.error} retry={() => void preview.refetch()} />}
      {preview.isPending && <SkeletonRows />}
      {data && !preview.isError && <Found preview={data} />}
    </section>
  );
}

function Found({ preview }: { preview: Schemas["LabelPreviewOut"] }) {
  const { t } = useTranslation("model");
  const { count, customers } = useFormat();
  const rates = useMemo(() => ratesOption(preview.origins, t("preview.rate")), [preview.origins, t]);
  const words = { name: t("preview.returned"), suggested: t("preview.suggested", { days: preview.suggested_days }) };
  return (
    <>
      <StageBadge preview={preview} />
      <p>
        {t("preview.counts", {
          lost: customers(preview.lost),
          stayed: customers(preview.stayed),
          origins: count(preview.origins.length),
          outcomes: count(preview.outcomes),
        })}
      </p>
      {preview.origins.length === 0 && <EmptyState title={t("preview.none")} text={t("preview.noneText")} />}
      {preview.origins.length > 0 && <Chart option={rates} height={160} label={t("preview.ratesLabel")} />}
      {preview.curve.length > 0 && (
        <>
          <h3>{t("preview.curve")}</h3>
          <Chart
            option={curveOption(preview.curve, words, preview.suggested_days)}
            height={160}
            label={t("preview.curveLabel")}
          />
          <p className="muted small">
            {preview.suggested_days === null
              ? t("preview.noSuggestion")
              : t("preview.suggestion", { days: preview.suggested_days })}
          </p>
        </>
      )}
    </>
  );
}
