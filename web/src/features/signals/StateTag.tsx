import { useTranslation } from "react-i18next";
import { STATE_TONE, type State } from "./signals.logic";
import "@/shared/list/tagChip.css";

/** 可计算 / 部分可计算 / 不可计算 / 已停用, in words and colour. */
export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation("signals");
  return <span className={`tag ${STATE_TONE[state]}`}>{t(`state.${state}`)}</span>;
}
