import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { signed } from "./reasons.logic";
import { earlierMoments, laterMoments, linesOf } from "./scoreChange.logic";

type Point = Schemas["ScorePoint"];

/** BEY-05: why the score moved between two scorings: behaviour, settings, stale data, model, version. They add up. */
export function ScoreChange({ customerId, points }: { customerId: number; points: readonly Point[] }) {
  const { t } = useTranslation("customer360");
  const format = useFormat();
  const last = points.at(-1)?.at ?? "";
  const [to, setTo] = useState(last);
  const [from, setFrom] = useState(() => points.at(-5)?.at ?? points[0]?.at ?? "");
  const path = { slug: useSlug(), customer_id: customerId };
  const change = api.useQuery(
    "get",
    "/api/v1/w/{slug}/customers/{customer_id}/score-change",
    { params: { path, query: { from, to } } },
    { enabled: from < to },
  );
  const options = (moments: readonly string[]) => moments.map((value) => ({ value, label: format.day(value) }));
  return (
    <div className="score-change">
      <div className="row wrap">
        <NativeSelect
          aria-label={t("change.from")}
          value={from}
          options={options(earlierMoments(points, to))}
          onChange={setFrom}
        />
        <span aria-hidden>→</span>
        <NativeSelect
          aria-label={t("change.to")}
          value={to}
          options={options(laterMoments(points, from))}
          onChange={setTo}
        />
      </div>
      {change.isError && <ErrorState error={change.error} retry={() => void change.refetch()} />}
      {change.isFetching && <SkeletonRows rows={4} />}
      {change.data && !change.isFetching && <Parts change={change.data} />}
    </div>
  );
}

function Parts({ change }: { change: Schemas["ScoreChangeOut"] }) {
  const { t } = useTranslation("customer360");
  const format = useFormat();
  return (
    <div aria-live="polite">
      <p>
        {t("change.sum", {
          before: format.score(change.before),
          after: format.score(change.after),
          change: signed(change.after - change.before),
        })}
      </p>
      <ul>
        {change.parts.map(({ key, text, points }) => (
          <li key={key}>
            <div className="reason-sum">
              <span>{text}</span>
              <span className={`num ${points > 0 ? "delta bad" : points < 0 ? "delta good" : ""}`}>
                {signed(points)}
              </span>
            </div>
            <ul className="muted small">
              {linesOf(change, key).map((line) => (
                <li key={line.code} className="spread">
                  <span>{line.text}</span>
                  <span className="num">
                    {format.score(line.before)} → {format.score(line.after)}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {change.version_before !== change.version_after && (
        <p className="muted small">
          {t("change.versions", { before: change.version_before, after: change.version_after })}
        </p>
      )}
      {change.stale_signals.length > 0 && (
        <p className="muted small">{t("change.stale", { signals: change.stale_signals.join(t("change.join")) })}</p>
      )}
      {change.notes.map((note) => (
        <p key={note} className="muted small">
          {note}
        </p>
      ))}
    </div>
  );
}
