import i18n from "i18next";
import { expect, it, vi } from "vitest";
import { words as en } from "../locales/en";
import { words as zh } from "../locales/zh-CN";
import { firstLanguage, speak } from "./i18n";

it("starts in the stored language, else the browser's, else Chinese", () => {
  expect(firstLanguage("en", "zh-CN")).toBe("en");
  expect(firstLanguage(null, "en-GB")).toBe("en");
  expect(firstLanguage(null, "fr")).toBe("zh-CN");
  expect(firstLanguage("de", "zh-TW")).toBe("zh-CN");
});

it("SCR-02 has the glossary's names and no others", () => {
  expect(Object.values(zh.common.level)).toEqual(["正常", "初级预警", "中级预警", "高危预警"]);
  expect(zh.common.score.note).toBe("风险分,越高越危险");
  const everything = JSON.stringify(zh);
  for (const forbidden of ["在险收入", "极高", "静默期", "挽回率"]) expect(everything).not.toContain(forbidden);
});

it("changes every word, the document's language and its title", async () => {
  await speak("en");
  expect(i18n.t("common:level.high")).toBe(en.common.level.high);
  expect(document.documentElement.lang).toBe("en");
  expect(document.title).toBe("Liuke");
  await speak("zh-CN");
  expect(i18n.t("common:level.high")).toBe("高危预警");
});

it("has the words of the other pages once they were asked for, and after a change of language too", async () => {
  vi.resetModules();
  const { speak, speakMore } = await import("./i18n");
  await speak("zh-CN");
  i18n.removeResourceBundle("zh-CN", "playbooks");
  await speakMore();
  expect(i18n.t("playbooks:title")).toBe(zh.playbooks.title);
  i18n.removeResourceBundle("en", "playbooks");
  await speak("en");
  expect(i18n.t("playbooks:title")).toBe(en.playbooks.title);
  await speak("zh-CN");
});
