import { CameraOutlined, EnvironmentOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { type ChangeEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { requestKey } from "@/shared/list/requestKey";
import { Sheet } from "@/shared/list/Sheet";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { notifyError } from "@/shared/ui/notify";
import { PhotoStrip } from "./PhotoStrip";
import { MOST_PHOTOS, shrunk } from "./photo";
import { type Spot, spotText, whereAmI } from "./place";
import { useRecordVisit } from "./useRecordVisit";
import type { VisitSheetProps } from "./VisitSheet";
import "./visits.css";

/** What was seen and said at the customer's, with photos and, if wanted, the place. */
export function VisitForm({ target, onClose }: VisitSheetProps) {
  const { t } = useTranslation("work");
  const [text, setText] = useState("");
  const [place, setPlace] = useState("");
  const [spot, setSpot] = useState<Spot | null>(null);
  const [photos, setPhotos] = useState<readonly Blob[]>([]);
  const [key] = useState(requestKey);
  const record = useRecordVisit(onClose);
  const save = () => target && record.mutate({ target, draft: { text, place, spot, photos, key } });
  return (
    <Sheet
      open={target !== null}
      title={target ? t("visits.titleFor", { name: target.customerName }) : ""}
      onClose={onClose}
      onSave={save}
      saveLabel={t("visits.save")}
      saving={record.isPending}
      disabled={!(text.trim() || place.trim() || spot)}
    >
      <Field label={t("visits.text")}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={4000}
            placeholder={t("visits.textHint")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <PhotoField photos={photos} onChange={setPhotos} />
      <Field label={t("visits.place")} hint={t("visits.placeHint")}>
        {(control) => (
          <Input {...control} maxLength={120} value={place} onChange={(event) => setPlace(event.target.value)} />
        )}
      </Field>
      <SpotField spot={spot} onChange={setSpot} />
    </Sheet>
  );
}

interface PhotoFieldProps {
  photos: readonly Blob[];
  onChange: (change: (kept: readonly Blob[]) => readonly Blob[]) => void;
}

function PhotoField({ photos, onChange }: PhotoFieldProps) {
  const { t } = useTranslation("work");
  const input = useRef<HTMLInputElement>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])].slice(0, MOST_PHOTOS - photos.length);
    event.target.value = "";
    try {
      const taken = await Promise.all(files.map(shrunk));
      // Others may have been taken while these were scaled down.
      onChange((kept) => [...kept, ...taken].slice(0, MOST_PHOTOS));
    } catch {
      notifyError({ message: t("visits.badPhoto") });
    }
  };
  return (
    <div className="visit-photos-field">
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        data-testid="visit-photos"
        onChange={(event) => void take(event)}
      />
      <Button
        icon={<Icon of={CameraOutlined} />}
        disabled={photos.length >= MOST_PHOTOS}
        onClick={() => input.current?.click()}
      >
        {t("visits.addPhotos")}
      </Button>
      <span className="muted small">{t("visits.photoHint", { most: MOST_PHOTOS })}</span>
      <PhotoStrip photos={photos} onRemove={(gone) => onChange((kept) => kept.filter((photo) => photo !== gone))} />
    </div>
  );
}

function SpotField({ spot, onChange }: { spot: Spot | null; onChange: (spot: Spot | null) => void }) {
  const { t } = useTranslation("work");
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    const found = await whereAmI();
    setAsking(false);
    if (found) onChange(found);
    else notifyError({ message: t("visits.noSpot") });
  };
  return (
    <div className="row wrap">
      {spot ? (
        <>
          <span className="muted small">{t("visits.spot", { spot: spotText(spot), metres: spot.accuracy })}</span>
          <Button onClick={() => onChange(null)}>{t("visits.dropSpot")}</Button>
        </>
      ) : (
        <Button icon={<Icon of={EnvironmentOutlined} />} loading={asking} onClick={() => void ask()}>
          {t("visits.addSpot")}
        </Button>
      )}
    </div>
  );
}
