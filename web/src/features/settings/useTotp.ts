import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type AuthAnswer, authApi, authFault, type TotpAnswer, wantsPassword } from "@/shared/api/auth";
import { useRefreshSession } from "@/shared/session/useRefreshSession";

const TOTP = "/_allauth/browser/v1/account/authenticators/totp";

export interface Totp {
  active: boolean | undefined;
  secret: string;
  address: string;
  /** Shown once, right after the second step was turned on. */
  codes: readonly string[];
  fault: string | undefined;
  /** The session is too old: the password is asked first. */
  asksPassword: boolean;
  turnOn: (code: string) => Promise<void>;
  turnOff: () => Promise<void>;
  confirm: (password: string) => Promise<void>;
}

async function readTotp(): Promise<{ active: boolean; meta: TotpAnswer["meta"] }> {
  const { data, error } = await authApi.GET(TOTP);
  const answer = (data ?? error) as TotpAnswer | undefined;
  return { active: Boolean(data), meta: answer?.meta };
}

/** Turning the second step on and off through the log-in service. */
export function useTotp(): Totp {
  const refreshSession = useRefreshSession();
  const state = useQuery({ queryKey: ["auth", "totp"], queryFn: readTotp, staleTime: Number.POSITIVE_INFINITY });
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [fault, setFault] = useState<string>();
  const [asksPassword, setAsksPassword] = useState(false);
  const settle = async (error: AuthAnswer | undefined) => {
    setAsksPassword(wantsPassword(error));
    setFault(error && !wantsPassword(error) ? authFault(error) : undefined);
    if (!error) await Promise.all([state.refetch(), refreshSession()]);
  };
  return {
    active: state.data?.active,
    secret: state.data?.meta?.secret ?? "",
    address: state.data?.meta?.totp_url ?? "",
    codes,
    fault,
    asksPassword,
    turnOn: async (code) => {
      const { error } = await authApi.POST(TOTP, { body: { code: code.trim() } });
      await settle(error);
      if (error) return;
      const { data } = await authApi.GET("/_allauth/browser/v1/account/authenticators/recovery-codes");
      setCodes(data?.data?.unused_codes ?? []);
    },
    turnOff: async () => {
      const { error } = await authApi.DELETE(TOTP);
      setCodes([]);
      await settle(error);
    },
    confirm: async (password) => {
      const { error } = await authApi.POST("/_allauth/browser/v1/auth/reauthenticate", { body: { password } });
      await settle(error);
    },
  };
}
