import { type ChangeEvent, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { HIGHEST, LOWEST, percentOf } from "./promise.logic";

const STEP = 1;
const REST_MS = 350;

export interface TargetPickerProps {
  /** A share 0–1. */
  target: number;
  saved: number;
  onPick: (percent: number) => void;
}

/** A slider for mouse, touch and arrow keys; the answer is asked for when it rests. */
export function TargetPicker({ target, saved, onPick }: TargetPickerProps) {
  const { t } = useTranslation("promise");
  const id = useId();
  const given = percentOf(target);
  const [moved, setMoved] = useState<number | null>(null);
  const shown = moved ?? given;
  useEffect(() => {
    if (moved === null) return;
    const rest = setTimeout(() => {
      if (moved !== given) onPick(moved);
      setMoved(null);
    }, REST_MS);
    return () => clearTimeout(rest);
  }, [moved, given, onPick]);
  const move = (event: ChangeEvent<HTMLInputElement>) => setMoved(Number(event.target.value));
  return (
    <div className="promise-target">
      <label htmlFor={id}>{t("target.label")}</label>
      <output htmlFor={id} className="promise-target-figure">
        {shown}%
      </output>
      <input
        id={id}
        type="range"
        min={LOWEST}
        max={HIGHEST}
        step={STEP}
        value={shown}
        aria-valuetext={t("target.value", { percent: shown })}
        list={`${id}-marks`}
        onChange={move}
      />
      <datalist id={`${id}-marks`}>
        {[70, 75, 80, 85, 90, 95].map((mark) => (
          <option key={mark} value={mark} label={`${mark}%`} />
        ))}
      </datalist>
      <span className="muted small">{t("target.saved", { percent: percentOf(saved) })}</span>
    </div>
  );
}
