import { WhyDrawer } from "@/features/rules/WhyDrawer";
import { ALL_RULES, isAboutRules, ruleOfSignal, whySignal } from "@/features/rules/why/why.logic";
import { useUrlState } from "@/shared/lib/urlState";
import { onDemand } from "@/shared/list/onDemand";

export interface EvidenceDrawerProps {
  customerId: number;
  signal: string;
  onClose: () => void;
}

const RowsDrawer = onDemand<EvidenceDrawerProps>(
  ({ signal }) => signal !== "",
  async () => (await import("./EvidencePanel")).EvidencePanel,
);

/** What is behind a reason: the raw rows of a signal, the conditions of a rule. `signal` empty = closed. */
export function EvidenceDrawer(props: EvidenceDrawerProps) {
  const { customerId, signal, onClose } = props;
  const [, change] = useUrlState({ evidence: "" });
  if (!isAboutRules(signal)) return <RowsDrawer {...props} />;
  return (
    <WhyDrawer
      open
      ruleId={ruleOfSignal(signal)}
      customerId={customerId}
      onClose={onClose}
      onRule={(rule) => change({ evidence: rule === null ? ALL_RULES : whySignal(rule) })}
    />
  );
}
