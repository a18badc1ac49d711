import { HelpButton } from "@/features/help/HelpButton";
import { useWorkspace } from "@/shared/session/SessionContext";
import { AccountMenu } from "./AccountMenu";
import { ClockControl } from "./ClockControl";
import { DataAge } from "./DataAge";
import { GlobalSearch } from "./GlobalSearch";
import { NoticesBell } from "./NoticesBell";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher";

export function TopBar({ phone }: { phone: boolean }) {
  const { is_simulated } = useWorkspace();
  return (
    <header className="shell-top">
      {phone && <WorkspaceSwitcher />}
      {!phone && <GlobalSearch />}
      <div className="end">
        {phone && <GlobalSearch compact />}
        {is_simulated ? <ClockControl compact={phone} /> : <DataAge compact={phone} />}
        {!phone && <WorkspaceSwitcher />}
        <HelpButton />
        <NoticesBell />
        {!phone && <AccountMenu />}
      </div>
    </header>
  );
}
