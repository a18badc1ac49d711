import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

/** The page's only h1; also names the browser tab. */
export function PageHeader({ title, meta, actions }: { title: string; meta?: ReactNode; actions?: ReactNode }) {
  const { t } = useTranslation("common");
  useEffect(() => {
    document.title = `${title} · ${t("product")}`;
  }, [title, t]);
  return (
    <header className="page-head">
      <div className="grow">
        <h1>{title}</h1>
        {meta && <div className="meta">{meta}</div>}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </header>
  );
}
