import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { catalogueOf } from "./catalogue.logic";
import { RuleEditor } from "./editor/RuleEditor";
import { RuleReader } from "./RuleReader";
import type { RuleOut } from "./types";
import { viewOf } from "./views";
import "./rules.css";
import "@/shared/list/list.css";

/** One rule: its editor on the desktop for those who may publish, else the rule to read. */
export function RulePage() {
  const { ruleId } = useParams();
  const id = ruleId === undefined ? null : Number(ruleId);
  const path = { slug: useSlug(), rule_id: id ?? 0 };
  const rule = api.useQuery("get", "/api/v1/w/{slug}/rules/{rule_id}", { params: { path } }, { enabled: id !== null });
  const phone = usePhone();
  const mayEdit = useCan()("publish") && !phone && !rule.data?.archived;
  if (rule.isError) return <ErrorState error={rule.error} retry={() => void rule.refetch()} />;
  if (id !== null && !rule.data) return <SkeletonRows rows={8} />;
  if (mayEdit) return <Desk key={id ?? "new"} rule={rule.data ?? null} />;
  return rule.data ? <RuleReader rule={rule.data} /> : <NotHere />;
}

function NotHere() {
  const { t } = useTranslation("rules");
  const phone = usePhone();
  return <p className="form-note">{t(phone ? "onDesktop" : "readOnly")}</p>;
}

function Desk({ rule }: { rule: RuleOut | null }) {
  const to = useTo();
  const navigate = useNavigate();
  const slug = useSlug();
  const [{ view }, change] = useUrlState({ view: "edit" });
  const known = api.useQuery("get", "/api/v1/w/{slug}/rules/catalogue", { params: { path: { slug } } });
  const catalogue = useMemo(() => known.data && catalogueOf(known.data), [known.data]);
  const created = useCallback(
    (made: RuleOut) => void navigate(to(`/rules/${made.id}`), { replace: true }),
    [navigate, to],
  );
  if (known.isError) return <ErrorState error={known.error} retry={() => void known.refetch()} />;
  if (!catalogue) return <SkeletonRows rows={8} />;
  return (
    <RuleEditor
      catalogue={catalogue}
      rule={rule}
      view={viewOf(view)}
      onView={(next) => change({ view: next })}
      onCreated={created}
    />
  );
}
