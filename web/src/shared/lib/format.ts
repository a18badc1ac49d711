/** Numbers and money as people write them: 万/亿 in Chinese, K/M in English. Pure; bound to a workspace by `useFormat`. */
export type Language = "zh-CN" | "en";

const SIGNS: Record<string, string> = { CNY: "¥", GBP: "£", USD: "$", EUR: "€", HKD: "HK$", JPY: "JP¥" };
const MINUS = "−";

export function currencySign(currency: string): string {
  return SIGNS[currency] ?? `${currency} `;
}

/** Customers are counted as persons or as companies; the workspace holds the Chinese counting word. */
export function countsPeople(countingWord: string): boolean {
  return countingWord === "\u4f4d";
}

export interface Compact {
  text: string;
  /** 万, 亿, K, M, B or nothing. */
  unit: string;
}

const STEPS: Record<Language, readonly (readonly [number, string])[]> = {
  "zh-CN": [
    [1e8, "\u4ebf"],
    [1e4, "\u4e07"],
  ],
  en: [
    [1e9, "B"],
    [1e6, "M"],
    [1e3, "K"],
  ],
};

/** Three significant digits above the first step, whole numbers with separators below it. */
export function compact(value: number, language: Language): Compact {
  const size = Math.abs(value);
  const step = STEPS[language].find(([limit]) => size >= limit * 0.9995);
  const sign = value < 0 ? MINUS : "";
  if (!step) return { text: `${sign}${Math.round(size).toLocaleString("en-US")}`, unit: "" };
  const scaled = size / step[0];
  const digits = scaled >= 99.95 ? 0 : 1;
  const text = scaled.toLocaleString("en-US", { minimumFractionDigits: 0, maximumFractionDigits: digits });
  return { text: `${sign}${text}`, unit: step[1] };
}

export function compactText(value: number, language: Language): string {
  const { text, unit } = compact(value, language);
  return unit && language === "zh-CN" ? `${text} ${unit}` : `${text}${unit}`;
}

export function count(value: number): string {
  return `${value < 0 ? MINUS : ""}${Math.abs(Math.round(value)).toLocaleString("en-US")}`;
}

/** Any number in digits, whatever its size: never 1e+09. Four digits stay together, they may be a year. */
export function number(value: number): string {
  const text = Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: 6, useGrouping: "min2" });
  return `${value < 0 && text !== "0" ? MINUS : ""}${text}`;
}

export function money(value: number, currency: string, language: Language): string {
  const text = compactText(Math.abs(value), language);
  return `${value < 0 ? MINUS : ""}${currencySign(currency)}${text}`;
}

export function moneyExact(value: number, currency: string): string {
  const text = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${value < 0 ? MINUS : ""}${currencySign(currency)}${text}`;
}

/** A share 0–1 as percent. */
export function percent(share: number, digits = 1): string {
  const text = (Math.abs(share) * 100).toLocaleString("en-US", { maximumFractionDigits: digits });
  return `${share < 0 && text !== "0" ? MINUS : ""}${text}%`;
}

/** A score as shown everywhere: whole, unless the fraction decides. */
export function score(value: number): string {
  return String(Math.round(value));
}

/** Points of a reason with their sign: +18, −5, +0.4. */
export function points(value: number): string {
  const rounded = Math.abs(value) >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
  const size = Math.abs(rounded).toLocaleString("en-US", { maximumFractionDigits: 1 });
  return `${rounded < 0 ? MINUS : "+"}${size}`;
}

export function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  const kib = size / 1024;
  return kib < 1024 ? `${kib.toFixed(0)} KB` : `${(kib / 1024).toFixed(1)} MB`;
}
