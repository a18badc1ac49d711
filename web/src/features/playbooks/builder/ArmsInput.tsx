import { Button, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";

export interface Arm {
  key: string;
  share: number;
}

const MOST = 5;
const LETTERS = ["A", "B", "C", "D", "E"];

/** The first letter that no arm bears: two of one name would share one way out. */
const freeKey = (arms: readonly Arm[]) => LETTERS.find((letter) => arms.every(({ key }) => key !== letter)) ?? "";

/** The ways of a random split, with their shares in percent. */
export function ArmsInput({ arms, onChange }: { arms: readonly Arm[]; onChange: (arms: Arm[]) => void }) {
  const { t } = useTranslation("playbooks");
  const put = (nth: number, part: Partial<Arm>) =>
    onChange(arms.map((arm, at) => (at === nth ? { ...arm, ...part } : arm)));
  return (
    <div className="stack">
      {arms.map((arm, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an arm has no other name than the one being typed
        <div key={nth} className="row">
          <Input
            aria-label={t("arms.name", { nth: nth + 1 })}
            value={arm.key}
            maxLength={20}
            onChange={(event) => put(nth, { key: event.target.value })}
          />
          <InputNumber
            aria-label={t("arms.share", { nth: nth + 1 })}
            min={1}
            max={99}
            suffix="%"
            value={Math.round(arm.share * 100)}
            onChange={(next) => put(nth, { share: (next ?? 0) / 100 })}
          />
          {arms.length > 2 && (
            <Button
              type="text"
              aria-label={`${t("arms.remove")} ${arm.key}`}
              onClick={() => onChange(arms.filter((_, at) => at !== nth))}
            >
              {t("arms.remove")}
            </Button>
          )}
        </div>
      ))}
      {arms.length < MOST && (
        <Button onClick={() => onChange([...arms, { key: freeKey(arms), share: 0.1 }])}>{t("arms.add")}</Button>
      )}
    </div>
  );
}
