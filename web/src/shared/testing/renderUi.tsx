import { createCache, StyleProvider } from "@ant-design/cssinjs";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render, screen } from "@testing-library/react";
import { ConfigProvider } from "antd";
import i18n from "i18next";
import type { ReactElement } from "react";
import { initReactI18next } from "react-i18next";
import { createMemoryRouter, Outlet, RouterProvider, useLocation } from "react-router";
import { antdLocale, words } from "@/locales/zh-CN";
import { type Session, SessionContext, type Workspace, WorkspaceContext } from "../session/SessionContext";
import { sessionOf, workspaceOf } from "./fixtures";

if (!i18n.isInitialized) {
  i18n.use(initReactI18next).init({
    lng: "zh-CN",
    defaultNS: "common",
    resources: { "zh-CN": words },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

const styles = createCache();

export interface Where {
  at?: string;
  /** The route's pattern, where the page reads parameters. */
  path?: string;
  workspace?: Workspace;
  session?: Session;
}

function Address() {
  const { pathname, search } = useLocation();
  return (
    <>
      <Outlet />
      <output data-testid="address">{pathname + search}</output>
    </>
  );
}

/** Renders in Chinese inside a workspace, at an address, with an empty query cache. Other addresses show only themselves. */
export function renderUi(
  ui: ReactElement,
  { at = "/w/demo", path = "*", workspace = workspaceOf(), session = sessionOf() }: Where = {},
): RenderResult {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const elsewhere = path === "*" ? [] : [{ path: "*", element: null }];
  const routes = [{ element: path === "*" ? undefined : <Address />, children: [{ path, element: ui }, ...elsewhere] }];
  const router = createMemoryRouter(routes, { initialEntries: [at] });
  return render(
    <StyleProvider mock="server" cache={styles}>
      <ConfigProvider
        locale={antdLocale}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
        theme={{ token: { motion: false } }}
      >
        <QueryClientProvider client={client}>
          <SessionContext value={session}>
            <WorkspaceContext value={workspace}>
              <RouterProvider router={router} />
            </WorkspaceContext>
          </SessionContext>
        </QueryClientProvider>
      </ConfigProvider>
    </StyleProvider>,
  );
}

/** Where the page has gone; only with a `path`. */
export const address = () => screen.getByTestId("address").textContent;
