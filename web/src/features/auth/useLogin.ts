import { useState } from "react";
import { type AuthAnswer, authApi, authFault, wantsSecondFactor } from "@/shared/api/auth";
import { useRefreshSession } from "@/shared/session/useRefreshSession";

export interface Login {
  step: "password" | "code";
  busy: boolean;
  /** The server's words; empty text = it could not be reached. */
  fault: string | undefined;
  withPassword: (email: string, password: string) => Promise<void>;
  withCode: (code: string) => Promise<void>;
  startAgain: () => void;
}

interface Answered {
  data?: AuthAnswer | undefined;
  error?: AuthAnswer | undefined;
  response: Response;
}

const ALREADY_IN = 409;

/** Password first, then the second factor where the account has one; `first` is "code" where a messenger stood for the password. */
export function useLogin(first: Login["step"] = "password"): Login {
  const refresh = useRefreshSession();
  const [step, setStep] = useState<Login["step"]>(first);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const ask = async (call: () => Promise<Answered>) => {
    setBusy(true);
    setFault(undefined);
    try {
      const { data, error, response } = await call();
      if (data || response.status === ALREADY_IN) await refresh();
      else if (wantsSecondFactor(error)) setStep("code");
      else setFault(authFault(error));
    } catch {
      setFault("");
    } finally {
      setBusy(false);
    }
  };
  return {
    step,
    busy,
    fault,
    withPassword: (email, password) =>
      ask(() => authApi.POST("/_allauth/browser/v1/auth/login", { body: { email: email.trim(), password } })),
    withCode: (code) =>
      ask(() => authApi.POST("/_allauth/browser/v1/auth/2fa/authenticate", { body: { code: code.trim() } })),
    startAgain: () => setStep("password"),
  };
}
