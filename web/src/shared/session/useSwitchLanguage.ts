import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import type { Language } from "../lib/format";
import { languageOf } from "./useFormat";

export const LANGUAGE_NAMES: Record<Language, string> = { "zh-CN": "\u7b80\u4f53\u4e2d\u6587", en: "English" };

/** The name of the other language in itself, and the switch: kept with the account. */
export function useSwitchLanguage(): [string, () => void] {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const save = api.useMutation("patch", "/api/v1/me", { onSuccess: () => void client.invalidateQueries() });
  const other: Language = languageOf(i18n.language) === "en" ? "zh-CN" : "en";
  return [LANGUAGE_NAMES[other], () => save.mutate({ body: { language: other } })];
}
