import { QRCode } from "antd";

/** The address as a code to be scanned from the screen. */
export function LinkCode({ address }: { address: string }) {
  return <QRCode value={address} size={160} aria-label={address} />;
}
