import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

interface Offer {
  text: string;
  undo: () => void;
}

let show: (offer: Offer) => void = () => undefined;

/** Says what was done and offers to take it back for ten seconds; a new offer replaces the old one. */
export function offerUndo(text: string, undo: () => void): void {
  show({ text, undo });
}

const SECONDS = 10;

/** Mounted once by the app. */
export function UndoToast() {
  const { t } = useTranslation("common");
  const [offer, setOffer] = useState<Offer | null>(null);
  const close = useCallback(() => setOffer(null), []);
  useEffect(() => {
    show = setOffer;
  }, []);
  useEffect(() => {
    if (!offer) return;
    const timer = setTimeout(close, SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [offer, close]);
  if (!offer) return null;
  const takeBack = () => {
    offer.undo();
    close();
  };
  return (
    <div className="undo" role="status">
      <span>{offer.text}</span>
      <button type="button" onClick={takeBack}>
        {t("action.undo")}
      </button>
    </div>
  );
}
