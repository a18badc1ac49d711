import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { beginAddress, refusalKey, silentOffer } from "./messenger.logic";

export interface MessengerLoginProps {
  next: string;
  /** Why the last try failed, as the server wrote it into the address. */
  refused: string | null;
  go?: (address: string) => void;
}

const leave = (address: string) => window.location.assign(address);
const KINDS = ["wecom", "dingtalk", "feishu"] as const;

/** Buttons of the configured messengers; inside one of them the log-in begins by itself. */
export function MessengerLogin({ next, refused, go = leave }: MessengerLoginProps) {
  const { t } = useTranslation("messengers");
  const { data: offers = [] } = api.useQuery(
    "get",
    "/api/v1/login-offers",
    {},
    { meta: { quiet: true }, retry: false },
  );
  const agent = navigator.userAgent;
  const silent = silentOffer(offers, agent, refused);
  const silentAddress = silent && beginAddress(silent, next, agent);
  useEffect(() => {
    if (silentAddress) go(silentAddress);
  }, [silentAddress, go]);
  const why = refusalKey(refused);
  return (
    <>
      {why && (
        <p className="form-error" role="alert">
          {t(why)}
        </p>
      )}
      {offers.length > 0 && <p className="muted small">{t("login.or")}</p>}
      {offers.map((offer) => {
        const kind = KINDS.find((known) => known === offer.kind);
        return (
          kind && (
            <Button key={offer.channel_id} size="large" block onClick={() => go(beginAddress(offer, next, agent))}>
              {t(`login.with.${kind}`)} {offer.name}
            </Button>
          )
        );
      })}
    </>
  );
}
