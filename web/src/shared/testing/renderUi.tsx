import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import { ConfigProvider } from "antd";
import i18n from "i18next";
import type { ReactElement } from "react";
import { initReactI18next } from "react-i18next";
import { MemoryRouter } from "react-router";
import { words } from "@/locales/zh-CN";
import { WorkspaceContext } from "../session/SessionContext";
import { workspaceOf } from "./fixtures";

if (!i18n.isInitialized) {
  i18n.use(initReactI18next).init({
    lng: "zh-CN",
    defaultNS: "common",
    resources: { "zh-CN": words },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

/** Renders in Chinese inside a workspace, at an address, with an empty query cache. */
export function renderUi(ui: ReactElement, { at = "/w/demo", workspace = workspaceOf() } = {}): RenderResult {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  return render(
    <ConfigProvider button={{ autoInsertSpace: false }} wave={{ disabled: true }} theme={{ token: { motion: false } }}>
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={[at]}>
          <WorkspaceContext value={workspace}>{ui}</WorkspaceContext>
        </MemoryRouter>
      </QueryClientProvider>
    </ConfigProvider>,
  );
}
