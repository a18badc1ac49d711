import { ArrowLeftOutlined } from "@ant-design/icons";
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { usePhone } from "@/shared/lib/useMedia";
import { CustomerSelect } from "@/shared/list/CustomerSelect";
import { Icon } from "@/shared/ui/Icon";
import type { WhyDrawerProps } from "../WhyDrawer";
import { RulesOfCustomer } from "./RulesOfCustomer";
import { WhyAnswer } from "./WhyAnswer";
import "./why.css";

export function WhyPanel({ open, ruleId, customerId, onClose, onRule, onCustomer }: WhyDrawerProps) {
  const { t } = useTranslation("rules");
  const phone = usePhone();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t(ruleId === null ? "why.rules" : "why.title")}
      size={phone ? "100%" : 560}
      destroyOnHidden
    >
      <div className="stack">
        {onCustomer && <CustomerSelect label={t("why.choose")} value={undefined} onChange={onCustomer} />}
        {onRule && ruleId !== null && (
          <button type="button" className="link-button" onClick={() => onRule(null)}>
            <Icon of={ArrowLeftOutlined} /> {t("why.all")}
          </button>
        )}
        {customerId !== null && ruleId !== null && <WhyAnswer ruleId={ruleId} customerId={customerId} />}
        {customerId !== null && ruleId === null && <RulesOfCustomer customerId={customerId} onRule={onRule} />}
      </div>
    </Drawer>
  );
}
