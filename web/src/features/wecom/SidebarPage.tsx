import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { isInside } from "@/features/auth/messenger.logic";
import { useUrlState } from "@/shared/lib/urlState";
import { onDemand } from "@/shared/list/onDemand";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { SidebarCustomer } from "./SidebarCustomer";
import { customerOf, landedOn, type Why } from "./sidebar.logic";
import { useChatCustomer, useOpenChat } from "./useChatCustomer";
import "./sidebar.css";

const RELOADED = "liuke.sidebar.reloaded";

const CustomerSelect = onDemand<{ label: string; value: undefined; onChange: (id: number) => void }>(
  () => true,
  async () => (await import("@/shared/list/CustomerSelect")).CustomerSelect,
);

/** Inside WeCom its script is allowed only on a page that was loaded at this address: load it once. */
function useOwnLoad(inside: boolean): void {
  useEffect(() => {
    const [loaded] = performance.getEntriesByType?.("navigation") ?? [];
    if (!inside || landedOn(loaded?.name, window.location.pathname)) {
      sessionStorage.removeItem(RELOADED);
    } else if (!sessionStorage.getItem(RELOADED)) {
      sessionStorage.setItem(RELOADED, "1");
      window.location.reload();
    }
  }, [inside]);
}

/** C36-01: the customer in a narrow column beside the chat in WeCom; chosen by hand where WeCom does not tell who it is. */
export function SidebarPage() {
  const { t } = useTranslation("messengers");
  const inside = isInside("wecom", navigator.userAgent);
  useOwnLoad(inside);
  const [{ customer, chat }, change] = useUrlState({ customer: "", chat: "" });
  const chosen = customerOf(customer);
  const found = useChatCustomer(inside, chosen === null);
  const state = useOpenChat(chosen, inside && chat !== "");
  const pick = (id: number) => change({ customer: String(id), chat: "" }, { replace: true });
  const id = chosen ?? (found && "id" in found ? found.id : null);
  return (
    <main className="wecom-sidebar stack">
      <h1 className="sr-only">{t("sidebar.title")}</h1>
      {state && (
        <p className="wecom-said" role="status">
          {t(`sidebar.chat.${state}`)}
        </p>
      )}
      {id !== null && <SidebarCustomer key={id} id={id} />}
      {id === null && !found && (
        <div role="status" aria-label={t("sidebar.finding")}>
          <SkeletonCards cards={2} height={120} />
        </div>
      )}
      {(id !== null || found) && (
        <Choose why={id === null && found && "why" in found ? found.why : null} onPick={pick} />
      )}
    </main>
  );
}

function Choose({ why, onPick }: { why: Why | null; onPick: (id: number) => void }) {
  const { t } = useTranslation("messengers");
  return (
    <section className="wecom-choose">
      {why && <p className="muted">{t(`sidebar.why.${why}`)}</p>}
      <CustomerSelect label={t(why ? "sidebar.pick" : "sidebar.other")} value={undefined} onChange={onPick} />
    </section>
  );
}
