import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import "./app/app.css";
import "./app/shell.css";
import { speak, startLanguage } from "./app/i18n";
import "./shared/ui/ui.css";
import "./shared/ui/rows.css";

const root = document.getElementById("root");
if (root) {
  const antdLocale = await speak(startLanguage());
  createRoot(root).render(
    <StrictMode>
      <App antdLocale={antdLocale} />
    </StrictMode>,
  );
}
