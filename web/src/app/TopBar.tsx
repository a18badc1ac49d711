import { lazy, Suspense } from "react";
import { HelpButton } from "@/features/help/HelpButton";
import { useWorkspace } from "@/shared/session/SessionContext";
import { AccountMenu } from "./AccountMenu";
import { ClockControl } from "./ClockControl";
import { GlobalSearch } from "./GlobalSearch";
import { NoticesBell } from "./NoticesBell";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher";

const DataAge = lazy(async () => ({ default: (await import("./DataAge")).DataAge }));

export function TopBar({ phone }: { phone: boolean }) {
  const { is_simulated } = useWorkspace();
  return (
    <header className="shell-top">
      {phone && <WorkspaceSwitcher />}
      {!phone && <GlobalSearch />}
      <div className="end">
        {phone && <GlobalSearch compact />}
        {is_simulated ? (
          <ClockControl compact={phone} />
        ) : (
          <Suspense fallback={null}>
            <DataAge compact={phone} />
          </Suspense>
        )}
        {!phone && <WorkspaceSwitcher />}
        <HelpButton />
        <NoticesBell />
        {!phone && <AccountMenu />}
      </div>
    </header>
  );
}
