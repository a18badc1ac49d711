import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

/** The photos that are about to be sent; a tap takes one off. */
export function PhotoStrip({ photos, onRemove }: { photos: readonly Blob[]; onRemove: (photo: Blob) => void }) {
  const { t } = useTranslation("work");
  const [urls, setUrls] = useState<readonly string[]>([]);
  useEffect(() => {
    const made = photos.map((photo) => URL.createObjectURL(photo));
    setUrls(made);
    return () => {
      for (const url of made) URL.revokeObjectURL(url);
    };
  }, [photos]);
  if (photos.length === 0) return null;
  return (
    <ul className="visit-photos">
      {photos.map((photo, at) => (
        <li key={urls[at] ?? at}>
          <button type="button" aria-label={t("visits.dropPhoto", { n: at + 1 })} onClick={() => onRemove(photo)}>
            {urls[at] && <img src={urls[at]} alt="" />}
          </button>
        </li>
      ))}
    </ul>
  );
}
