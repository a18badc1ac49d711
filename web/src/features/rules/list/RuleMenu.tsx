import { MoreOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { Popover } from "@/shared/ui/Popover";
import type { RuleOut } from "../types";
import { useArchive } from "../useArchive";

/** What is seldom done to a rule. */
export function RuleMenu({ rule }: { rule: RuleOut }) {
  const { t } = useTranslation("rules");
  const { archive, unarchive } = useArchive();
  return (
    <Popover
      label={t("more", { name: rule.name })}
      trigger={(props) => (
        <Button type="text" aria-label={t("more", { name: rule.name })} icon={<Icon of={MoreOutlined} />} {...props} />
      )}
    >
      {(close) => (
        <div className="menu-list">
          <button
            type="button"
            className="menu-button"
            onClick={() => {
              close();
              if (rule.archived) unarchive(rule);
              else archive(rule);
            }}
          >
            {t(rule.archived ? "unarchive" : "archive")}
          </button>
        </div>
      )}
    </Popover>
  );
}
