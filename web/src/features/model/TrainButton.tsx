import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";

/** Starts a training; one at a time. */
export function TrainButton({ training, onStarted }: { training: boolean; onStarted: () => void }) {
  const { t } = useTranslation("model");
  const slug = useSlug();
  const train = api.useMutation("post", "/api/v1/w/{slug}/model/train", { onSuccess: onStarted });
  return (
    <Button
      type="primary"
      disabled={training}
      loading={train.isPending}
      onClick={() => train.mutate({ params: { path: { slug } } })}
    >
      {t(training ? "train.running" : "train.button")}
    </Button>
  );
}
