import type { Locale } from "antd/es/locale";
import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "@/shared/lib/format";
import type { Words } from "../locales/zh-CN";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Words;
  }
}

const STORED = "liuke.language";
const rest = new Map<string, Promise<void>>();

export function firstLanguage(stored: string | null, browser: string): Language {
  if (stored === "en" || stored === "zh-CN") return stored;
  return browser.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

const load = (language: Language) =>
  language === "en" ? import("../locales/en/everyday") : import("../locales/zh-CN/everyday");

const loadRest = (language: string) =>
  language === "en" ? import("../locales/en/more") : import("../locales/zh-CN/more");

function add(language: string, words: object): void {
  for (const [domain, texts] of Object.entries(words)) i18n.addResourceBundle(language, domain, texts);
}

/** Loads a language's everyday words, tells the document, and answers antd's own words. */
export async function speak(language: Language): Promise<Locale> {
  const { words, antdLocale } = await load(language);
  if (!i18n.isInitialized) {
    await i18n.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      defaultNS: "common",
      resources: { [language]: words },
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { bindI18nStore: "added" },
    });
  } else {
    add(language, words);
    if (rest.size > 0) await speakMore(language);
    await i18n.changeLanguage(language);
  }
  document.documentElement.lang = language;
  document.title = i18n.t("common:product");
  localStorage.setItem(STORED, language);
  return antdLocale;
}

/** The words of all other pages, once per language; a failed load is tried again when next asked. */
export function speakMore(language: string = i18n.language): Promise<void> {
  const known = rest.get(language);
  if (known) return known;
  const loading = loadRest(language).then(({ words }) => add(language, words));
  rest.set(language, loading);
  loading.catch(() => rest.delete(language));
  return loading;
}

export function startLanguage(): Language {
  return firstLanguage(localStorage.getItem(STORED), navigator.language);
}
