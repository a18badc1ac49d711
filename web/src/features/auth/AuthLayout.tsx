import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import "./auth.css";

const POINTS = ["why", "who", "proof"] as const;

/** The frame of everything before the workspace: what the product does on the left, the form on the right. */
export function AuthLayout({
  title,
  lead,
  wide,
  children,
}: {
  title: string;
  lead?: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation(["auth", "common"]);
  return (
    <div className="auth">
      <aside className="auth-story">
        <strong style={{ fontSize: 18 }}>{t("common:product")}</strong>
        <div>
          <h2>{t("auth:story.title")}</h2>
          <ul>
            {POINTS.map((point, index) => (
              <li key={point}>
                <b aria-hidden>{index + 1}</b>
                {t(`auth:story.${point}`)}
              </li>
            ))}
          </ul>
        </div>
        <span />
      </aside>
      <main className="auth-main">
        <div className={`auth-card${wide ? " wide" : ""}`}>
          <h1>{title}</h1>
          <p className="lead">{lead}</p>
          {children}
        </div>
      </main>
    </div>
  );
}
