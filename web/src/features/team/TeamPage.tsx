import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useUrlState } from "@/shared/lib/urlState";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { BoardTab } from "./BoardTab";
import { DayTab } from "./DayTab";
import { TABS, TEAM_URL } from "./team.logic";
import "./team.css";
import "@/shared/list/list.css";
import "@/shared/ui/print.css";

/** 团队: the morning meeting's board (RPT-03), and what everybody's hours are best spent on today (BEY-11). */
export function TeamPage() {
  const { t } = useTranslation("team");
  const format = useFormat();
  const [{ tab: asked }, change] = useUrlState(TEAM_URL);
  const tab = TABS.find((key) => key === asked) ?? "morning";
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={`${t(`tab.${tab}`)} · ${format.day(format.now)}`}
        actions={
          <Button icon={<Icon of={PrinterOutlined} />} onClick={() => window.print()} className="no-print">
            {t("print")}
          </Button>
        }
      />
      <div className="stack">
        <div className="no-print">
          <Chips
            label={t("tab.label")}
            items={TABS.map((key) => ({ key, label: t(`tab.${key}`) }))}
            value={tab}
            onChange={(key) => change({ tab: key })}
          />
        </div>
        {tab === "morning" ? <BoardTab /> : <DayTab />}
      </div>
    </>
  );
}
