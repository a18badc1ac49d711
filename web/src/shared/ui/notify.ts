import type { MessageInstance } from "antd/es/message/interface";
import i18n from "i18next";
import { asApiError } from "../api/errors";

let toast: MessageInstance | undefined;

/** The app hands its themed toast over once. */
export function bindToast(instance: MessageInstance): void {
  toast = instance;
}

export function errorText(error: unknown): string {
  const { message } = asApiError(error);
  return message || i18n.t("common:error.unreachable");
}

export function notifyError(error: unknown): void {
  toast?.error(errorText(error));
}

export function notifyDone(text: string): void {
  toast?.success(text);
}
