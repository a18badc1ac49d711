import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useSlug } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ScoreNote } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { CaseList } from "./CaseList";
import { allOf, KINDS, type Kind, kindOf, STATUSES, statusOf } from "./cases.logic";
import "./verification.css";
import "@/shared/list/list.css";

const LIMIT = 50;

/** 待验证: odd things wait here for a person's word before they count. */
export function VerificationPage() {
  const { t } = useTranslation(["verification", "shell", "common"]);
  const slug = useSlug();
  const [url, change] = useUrlState({ kind: "", status: "open" }, PAGER_KEYS);
  const { cursor } = usePager();
  const kind = kindOf(url.kind);
  const status = statusOf(url.status);
  const query = { kind, status, limit: LIMIT, ...(cursor && { cursor }) };
  const cases = api.useQuery(
    "get",
    "/api/v1/w/{slug}/verification",
    { params: { path: { slug }, query } },
    { placeholderData: keepPreviousData },
  );
  const { data } = cases;
  const countOf = (key: Kind | "") => data && (key ? data.counts[key] : allOf(data.counts));
  return (
    <>
      <PageHeader title={t("shell:nav.verification")} meta={<ScoreNote />} />
      <div className="stack">
        <p className="muted">{t("verification:text")}</p>
        <div className="row wrap">
          <Chips<Kind | "">
            label={t("verification:kind.label")}
            value={kind}
            onChange={(next) => change({ kind: next })}
            items={(["", ...KINDS] as const).map((key) => ({
              key,
              label: t(key ? `verification:kind.${key}` : "common:state.all"),
              ...(status === "open" && { count: countOf(key) }),
            }))}
          />
          <NativeSelect
            aria-label={t("verification:status.label")}
            value={status}
            options={STATUSES.map((value) => ({ value, label: t(`verification:status.${value}`) }))}
            onChange={(next) => change({ status: next })}
          />
        </div>
        {cases.isError && <ErrorState error={cases.error} retry={() => void cases.refetch()} />}
        {cases.isPending && <SkeletonRows />}
        {data?.items.length === 0 && (
          <EmptyState title={t(status === "open" ? "verification:empty.open" : "verification:empty.other")} />
        )}
        {data && data.items.length > 0 && <CaseList key={`${kind}${status}`} cases={data.items} status={status} />}
        {data && <PagedFoot page={data} size={LIMIT} />}
      </div>
    </>
  );
}
