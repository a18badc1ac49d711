import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigation } from "react-router";
import { HelpDrawer } from "@/features/help/HelpDrawer";
import { usePhone } from "@/shared/lib/useMedia";
import { useWorkspace } from "@/shared/session/SessionContext";
import { useLiveEvents } from "@/shared/session/useLiveEvents";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { SideNav, TabBar } from "./Nav";
import { TopBar } from "./TopBar";

/** Navigation around every page of a workspace; focus moves to the page when it changes. */
export function Shell() {
  const { t } = useTranslation("shell");
  const phone = usePhone();
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const busy = useNavigation().state === "loading";
  const before = useRef(pathname);
  useLiveEvents(useWorkspace().slug);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      {!phone && <SideNav />}
      <div className="shell-main">
        <TopBar phone={phone} />
        <main id="main" ref={main} tabIndex={-1} className="page" aria-busy={busy}>
          <Suspense fallback={<SkeletonRows />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {phone && <TabBar />}
      <HelpDrawer />
    </div>
  );
}
