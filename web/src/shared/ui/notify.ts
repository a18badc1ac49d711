import i18n from "i18next";
import { asApiError } from "../api/errors";

export interface Toast {
  id: number;
  tone: "good" | "bad";
  text: string;
}

type Listener = (toast: Toast) => void;

let listener: Listener | undefined;
let count = 0;

/** The app's toast area listens; one at a time. */
export function listenForToasts(next: Listener): () => void {
  listener = next;
  return () => {
    if (listener === next) listener = undefined;
  };
}

function say(tone: Toast["tone"], text: string): void {
  count += 1;
  listener?.({ id: count, tone, text });
}

export function errorText(error: unknown): string {
  const { message } = asApiError(error);
  return message || i18n.t("common:error.unreachable");
}

export const notifyError = (error: unknown) => say("bad", errorText(error));
export const notifyDone = (text: string) => say("good", text);
