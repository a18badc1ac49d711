import i18n from "i18next";
import { notifyDone } from "../ui/notify";

/** Copies and says so. The clipboard API is missing on plain http in a local network; then a selected field does it. */
export async function copyText(text: string, said?: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) await navigator.clipboard.writeText(text);
  else copyBySelection(text);
  notifyDone(said ?? i18n.t("common:action.copied"));
}

function copyBySelection(text: string): void {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
