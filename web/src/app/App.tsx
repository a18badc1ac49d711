import { QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import type { Locale } from "antd/es/locale";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { api, whenSignedOut } from "@/shared/api/client";
import { makeQueryClient } from "@/shared/api/queryClient";
import { usePhone } from "@/shared/lib/useMedia";
import { SessionContext } from "@/shared/session/SessionContext";
import { languageOf } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Toasts } from "@/shared/ui/Toasts";
import { UndoToast } from "@/shared/ui/UndoToast";
import { speak } from "./i18n";
import { makeRouter } from "./router";
import { Splash } from "./Splash";
import { themeFor } from "./theme";

const nonceOfPage = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

function SessionGate({ children, onSpeak }: { children: ReactNode; onSpeak: (locale: Locale) => void }) {
  const { i18n } = useTranslation();
  const session = api.useQuery("get", "/api/v1/session", {}, { staleTime: 60_000 });
  const { refetch } = session;
  const wanted = session.data?.me?.language;
  useEffect(() => whenSignedOut(() => void refetch()), [refetch]);
  useEffect(() => {
    if (wanted && languageOf(wanted) !== i18n.language) void speak(languageOf(wanted)).then(onSpeak);
  }, [wanted, i18n, onSpeak]);
  if (session.data) return <SessionContext value={session.data}>{children}</SessionContext>;
  return session.isError ? <ErrorState error={session.error} retry={() => void refetch()} /> : <Splash />;
}

export function App({ antdLocale }: { antdLocale: Locale }) {
  const [client] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  const [locale, setLocale] = useState(antdLocale);
  const phone = usePhone();
  return (
    <ConfigProvider
      theme={themeFor(phone)}
      locale={locale}
      csp={nonceOfPage ? { nonce: nonceOfPage } : undefined}
      button={{ autoInsertSpace: false }}
    >
      <QueryClientProvider client={client}>
        <Toasts />
        <SessionGate onSpeak={setLocale}>
          <RouterProvider router={router} />
        </SessionGate>
        <UndoToast />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
