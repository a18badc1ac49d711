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
        <div className="row auth-brand">
          <img src="/favicon.svg" width="34" height="34" alt="" />
          {t("common:product")}
        </div>
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
        <svg viewBox="0 0 420 120" fill="none" aria-hidden className="auth-curve">
          <path
            d="M0 34c30-18 50-18 78 0s48 18 78 2 52-10 76 8 44 30 70 34 44 22 62 22"
            stroke="#fff"
            strokeOpacity="0.9"
            strokeWidth="3"
          />
          <path d="M302 78c26 4 44 22 62 22" stroke="#FFB86B" strokeWidth="3" />
          <circle cx="302" cy="78" r="6" fill="#fff" />
          <path d="M302 78c30-4 60-22 112-34" stroke="#9FE3C4" strokeWidth="3" strokeDasharray="6 6" />
        </svg>
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
