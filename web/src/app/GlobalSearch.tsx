import { SearchOutlined } from "@ant-design/icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { SearchPalette } from "./SearchPalette";

/** Ctrl K (⌘ K) from anywhere; a box on the desktop, a button on the phone. */
export function GlobalSearch({ compact }: { compact?: boolean }) {
  const { t } = useTranslation("shell");
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={compact ? "icon-button" : "search-box"}
        aria-label={t("search.open")}
        onClick={() => setOpen(true)}
      >
        <Icon of={SearchOutlined} />
        {!compact && (
          <>
            <span>{t("search.hint")}</span>
            <kbd>Ctrl K</kbd>
          </>
        )}
      </button>
      {open && <SearchPalette onClose={close} />}
    </>
  );
}
