import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/shared/api/client";
import { LEVELS } from "@/shared/lib/risk";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Score } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { upAndDown } from "./scoring.logic";

type Preview = Schemas["ScorePreviewOut"];

function LevelTable({ preview }: { preview: Preview }) {
  const { t } = useTranslation(["scoring", "common"]);
  const { count } = useFormat();
  return (
    <table className="level-table">
      <thead>
        <tr>
          <td />
          <th scope="col">{t("scoring:preview.now")}</th>
          <th scope="col">{t("scoring:preview.after")}</th>
        </tr>
      </thead>
      <tbody>
        {LEVELS.toReversed().map((level) => (
          <tr key={level}>
            <th scope="row">
              <span className={`risk-tag risk-${level}`}>{t(`common:level.${level}`)}</span>
            </th>
            <td className="num">{count(preview.levels_before[level] ?? 0)}</td>
            <td className="num">
              <b>{count(preview.levels_after[level] ?? 0)}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SHOWN = 8;

function Profiles({ counts }: { counts: Preview["profiles"] }) {
  const { t } = useTranslation("scoring");
  const { customers } = useFormat();
  const names = Object.keys(counts);
  if (!names.length) return null;
  return (
    <div>
      <h3 className="small muted">{t("preview.profiles")}</h3>
      <ul>
        {names.map((name) => (
          <li key={name} className="spread">
            <span>{name}</span>
            <span className="num">{customers(counts[name] ?? 0)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Changes({ sample, all }: { sample: Preview["sample"]; all: boolean }) {
  const { t } = useTranslation("scoring");
  const to = useTo();
  if (!sample.length) return null;
  return (
    <div>
      <h3 className="small muted">{t("preview.who")}</h3>
      <ul>
        {sample.slice(0, all ? sample.length : SHOWN).map(({ customer, before, after, level_before, level_after }) => (
          <li key={customer.id} className="row" style={{ padding: "6px 0" }}>
            <Link className="grow ellipsis" to={to(`/customers/${customer.id}`)}>
              {customer.name}
            </Link>
            {customer.name_is_sample && <SampleMark />}
            <Score score={before} level={level_before} />
            <span aria-hidden>→</span>
            <Score score={after} level={level_after} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How many customers change level, and which, before anything is published. */
export function PreviewPanel({
  preview,
  busy,
  error,
  changed,
  all = false,
}: {
  preview: Preview | undefined;
  busy: boolean;
  error: unknown;
  changed: boolean;
  /** Every customer of the sample, not only the first. */
  all?: boolean;
}) {
  const { t } = useTranslation("scoring");
  const { customers } = useFormat();
  const moves = upAndDown(preview?.moves ?? []);
  return (
    <Panel
      title={t("preview.title")}
      extra={
        <span className="muted small">
          {busy ? t("preview.busy") : t(preview?.is_sample && changed ? "preview.sampled" : "preview.live")}
        </span>
      }
    >
      <div className="stack" aria-live="polite" aria-busy={busy}>
        {!changed && <p className="muted">{t("preview.unchanged")}</p>}
        <FormError error={error} />
        {changed && !preview && !error && <SkeletonRows rows={4} />}
        {changed && preview && (
          <>
            <div>
              <span className="preview-number">{customers(preview.changed)}</span>{" "}
              {t("preview.changed", { all: customers(preview.customers) })}
              <div className="small">
                <span className="delta bad">{t("preview.up", { count: moves.up })}</span> ·{" "}
                <span className="delta good">{t("preview.down", { count: moves.down })}</span>
              </div>
            </div>
            <LevelTable preview={preview} />
            <Profiles counts={preview.profiles} />
            <Changes sample={preview.sample} all={all} />
          </>
        )}
      </div>
    </Panel>
  );
}
