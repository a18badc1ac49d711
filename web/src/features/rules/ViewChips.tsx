import { useTranslation } from "react-i18next";
import { Chips } from "@/shared/ui/Chips";
import { type RuleView, VIEWS } from "./views";

/** 编辑 / 回测 / 命中客户. */
export function ViewChips({
  value,
  onChange,
  readOnly,
  isNew,
}: {
  value: RuleView;
  onChange: (view: RuleView) => void;
  readOnly?: boolean;
  /** Nobody matches what is not stored. */
  isNew?: boolean;
}) {
  const { t } = useTranslation("rules");
  return (
    <Chips
      label={t("view.label")}
      items={VIEWS.filter((view) => view !== "customers" || !isNew).map((key) => ({
        key,
        label: t(key === "edit" && readOnly ? "view.read" : `view.${key}`),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
