import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo, useWorkspace } from "@/shared/session/SessionContext";
import type { SilentAsk } from "./SilentDrawer";
import { alertsPath, OPEN_LEVELS, overduePath } from "./team.logic";

/** A person by id and name; without id all of them. */
export interface Whose {
  id: number | null;
  name: string;
}

const Zero = () => <span className="muted num">0</span>;

/** Each level that has alerts, leading to them. */
function Open({ whose, open }: { whose: Whose; open: Record<string, number> }) {
  const { t } = useTranslation(["team", "common"]);
  const { scope } = useWorkspace();
  const to = useTo();
  const levels = OPEN_LEVELS.filter((level) => open[level]);
  if (levels.length === 0) return <Zero />;
  return (
    <span className="team-levels">
      {levels.map((level) => {
        const word = t(`common:level.${level}`);
        const named = t("team:alertsOf", { name: whose.name, level: word, count: open[level] });
        return (
          <Link
            key={level}
            className={`risk-tag risk-${level}`}
            to={to(alertsPath(scope, whose.id, level))}
            aria-label={named}
          >
            {word} {open[level]}
          </Link>
        );
      })}
    </span>
  );
}

function Overdue({ whose, count }: { whose: Whose; count: number }) {
  const { t } = useTranslation("team");
  const { scope } = useWorkspace();
  const to = useTo();
  if (count === 0) return <Zero />;
  return (
    <Link
      className="num"
      to={to(overduePath(scope, whose.id))}
      aria-label={t("overdueOf", { name: whose.name, count })}
    >
      {count}
    </Link>
  );
}

export const Links = { Open, Overdue };

export interface SilentButtonProps {
  whose: Whose;
  count: number;
  days: number;
  onSilent: (ask: SilentAsk) => void;
}

export function SilentButton({ whose, count, days, onSilent }: SilentButtonProps) {
  const { t } = useTranslation("team");
  if (count === 0) return <Zero />;
  return (
    <button
      type="button"
      className="link-button num"
      aria-label={t("silentOf", { name: whose.name, count, days })}
      onClick={() => onSilent({ owner: whose.id, name: whose.id === null ? "" : whose.name })}
    >
      {count}
    </button>
  );
}
