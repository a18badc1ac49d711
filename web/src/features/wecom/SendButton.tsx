import { WechatWorkOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { isInside } from "@/features/auth/messenger.logic";
import { copyText } from "@/shared/list/copyText";
import { useTo } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";

export interface SendButtonProps {
  customerId: number;
  /** 话术 to paste. */
  words: string;
  go?: (address: string) => void;
}

const leave = (address: string) => window.location.assign(address);

/** 发企微: copies the words; inside WeCom the side bar, the one page that may, then opens the chat. */
export function SendButton({ customerId, words, go = leave }: SendButtonProps) {
  const { t } = useTranslation("messengers");
  const to = useTo();
  const inside = isInside("wecom", navigator.userAgent);
  const send = async () => {
    if (words) await copyText(words, t("send.copied"));
    if (inside) go(to(`/sidebar?customer=${customerId}&chat=1`));
  };
  return (
    <Button icon={<Icon of={WechatWorkOutlined} />} disabled={!words && !inside} onClick={() => void send()}>
      {t("send.button")}
    </Button>
  );
}
