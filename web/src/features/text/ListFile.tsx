import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import { fromFile, type Lists, toCsv } from "./lists.logic";

/** Hands a text to the browser as a file. */
function save(name: string, text: string, type: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The lists out as JSON or CSV, and in again; what comes in is an edit until it is saved. */
export function ListFile({ lists, onRead }: { lists: Lists; onRead: (lists: Lists) => void }) {
  const { t } = useTranslation("text");
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    try {
      if (file) {
        onRead(fromFile(await file.text()));
        notifyDone(t("file.read"));
      }
    } catch {
      notifyError({ code: "file", message: t("file.wrong"), params: {}, faults: [] });
    }
  };
  return (
    <>
      <Button onClick={() => save("liuke-words.json", JSON.stringify(lists, null, 2), "application/json")}>
        {t("file.json")}
      </Button>
      <Button onClick={() => save("liuke-words.csv", `\uFEFF${toCsv(lists)}`, "text/csv")}>{t("file.csv")}</Button>
      <Button onClick={() => input.current?.click()}>{t("file.import")}</Button>
      <input
        ref={input}
        type="file"
        accept=".json,.csv"
        hidden
        aria-label={t("file.import")}
        onChange={(event) => void read(event.target.files?.[0])}
      />
    </>
  );
}
