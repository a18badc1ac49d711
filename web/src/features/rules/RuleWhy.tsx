import { WhyDrawer } from "./WhyDrawer";

/** The why of one rule, as in the address: `""` closed, `choose` without a customer yet, else the customer's id. */
export function RuleWhy({ ruleId, why, onChange }: { ruleId: number; why: string; onChange: (why: string) => void }) {
  const customer = Number(why);
  return (
    <WhyDrawer
      open={why !== ""}
      ruleId={ruleId}
      customerId={Number.isInteger(customer) && customer > 0 ? customer : null}
      onClose={() => onChange("")}
      onCustomer={(id) => onChange(String(id))}
    />
  );
}
