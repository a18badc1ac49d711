import { DeleteOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { offerUndo } from "@/shared/ui/UndoToast";
import { spotText } from "./place";
import "./visits.css";

type Visit = Schemas["VisitOut"];

/** Visits, newest first. Photos are fetched when somebody asks for them, since every look is recorded. */
export function VisitList({ visits }: { visits: readonly Visit[] }) {
  const { t } = useTranslation("work");
  if (visits.length === 0) return <p className="muted">{t("visits.none")}</p>;
  return (
    <ol className="visits">
      {visits.map((visit) => (
        <VisitRow key={visit.id} visit={visit} />
      ))}
    </ol>
  );
}

function VisitRow({ visit }: { visit: Visit }) {
  const { t } = useTranslation("work");
  const format = useFormat();
  const slug = useSlug();
  const options = { onSettled: useRefreshWork() };
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/visits/{visit_id}", options);
  const restore = api.useMutation("post", "/api/v1/w/{slug}/visits/{visit_id}/restore", options);
  const params = { path: { slug, visit_id: visit.id } };
  const drop = () =>
    whenDone(remove.mutateAsync({ params }), () => offerUndo(t("visits.removed"), () => restore.mutate({ params })));
  return (
    <li>
      <div className="spread">
        <strong>{visit.by?.name}</strong>
        <span className="row">
          <span className="muted small">{format.dayTime(visit.at)}</span>
          {visit.is_mine && (
            <Button type="text" icon={<Icon of={DeleteOutlined} />} aria-label={t("visits.remove")} onClick={drop} />
          )}
        </span>
      </div>
      {visit.text && <p className="visit-text">{visit.text}</p>}
      {(visit.place || visit.spot) && (
        <p className="muted small">{[visit.place, visit.spot && spotText(visit.spot)].filter(Boolean).join(" · ")}</p>
      )}
      <Photos visit={visit} />
    </li>
  );
}

function Photos({ visit }: { visit: Visit }) {
  const { t } = useTranslation("work");
  const slug = useSlug();
  const [shown, setShown] = useState(false);
  if (visit.photo_count === 0) return null;
  if (visit.photos.length === 0)
    return <p className="muted small">{t("visits.photosHidden", { count: visit.photo_count })}</p>;
  if (!shown)
    return <Button onClick={() => setShown(true)}>{t("visits.showPhotos", { count: visit.photo_count })}</Button>;
  return (
    <ul className="visit-photos">
      {visit.photos.map((photo, at) => {
        const source = `/api/v1/w/${slug}/visit-photos/${photo.id}`;
        return (
          <li key={photo.id}>
            <a href={source} target="_blank" rel="noreferrer">
              <img src={source} alt={t("visits.photo", { n: at + 1 })} width={photo.width} height={photo.height} />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
