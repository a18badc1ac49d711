import {
  CheckCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { LOOK, type State } from "./operations.logic";

const SIGN = {
  ok: CheckCircleOutlined,
  warn: WarningOutlined,
  fail: ExclamationCircleOutlined,
  off: MinusCircleOutlined,
};

/** A state as sign, word and colour: none of them alone. */
export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation("operations");
  return (
    <span className={`risk-tag operations-tag ${LOOK[state]}`}>
      <Icon of={SIGN[state]} /> {t(`state.${state}`)}
    </span>
  );
}
