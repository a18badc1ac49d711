import { lazy, Suspense, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PlaybookReader } from "./PlaybookReader";
import { EnrolmentsPanel } from "./people/EnrolmentsPanel";
import type { Kinds, Playbook } from "./types";
import "./playbooks.css";
import "@/shared/list/list.css";

const Builder = lazy(async () => ({ default: (await import("./builder/Builder")).Builder }));
const VIEWS = ["flow", "people"] as const;

/** One flow: its builder on the desktop for those who may publish, else its steps to read. */
export function PlaybookPage() {
  const { t } = useTranslation("playbooks");
  const { playbookId } = useParams();
  const id = playbookId === undefined ? null : Number(playbookId);
  const slug = useSlug();
  const phone = usePhone();
  const mayEdit = useCan()("publish") && !phone;
  const path = { slug, playbook_id: id ?? 0 };
  const found = api.useQuery(
    "get",
    "/api/v1/w/{slug}/playbooks/{playbook_id}",
    { params: { path } },
    { enabled: id !== null },
  );
  const kinds = api.useQuery("get", "/api/v1/w/{slug}/playbooks/kinds", { params: { path: { slug } } });
  const failed = [found, kinds].find(({ isError }) => isError);
  if (failed) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  if (!kinds.data || (id !== null && !found.data)) return <SkeletonRows rows={8} />;
  const playbook = found.data ?? null;
  if (mayEdit && !playbook?.archived) return <Desk key={id ?? "new"} playbook={playbook} kinds={kinds.data} />;
  return playbook ? (
    <PlaybookReader playbook={playbook} kinds={kinds.data} />
  ) : (
    <p className="form-note">{t("onDesktop")}</p>
  );
}

function Desk({ playbook, kinds }: { playbook: Playbook | null; kinds: Kinds }) {
  const { t } = useTranslation("playbooks");
  const to = useTo();
  const navigate = useNavigate();
  const [{ view }, change] = useUrlState({ view: "flow" });
  const created = useCallback(
    (made: Playbook) => void navigate(to(`/playbooks/${made.id}`), { replace: true }),
    [navigate, to],
  );
  const shown = VIEWS.find((one) => one === view) ?? "flow";
  return (
    <>
      {playbook && (
        <div className="rule-views">
          <Chips
            label={t("views.label")}
            items={VIEWS.map((key) => ({ key, label: t(`views.${key}`) }))}
            value={shown}
            onChange={(next) => change({ view: next })}
          />
        </div>
      )}
      {shown === "people" && playbook ? (
        <EnrolmentsPanel playbook={playbook} />
      ) : (
        <Suspense fallback={<SkeletonRows rows={8} />}>
          <Builder kinds={kinds} playbook={playbook} onCreated={created} />
        </Suspense>
      )}
    </>
  );
}
