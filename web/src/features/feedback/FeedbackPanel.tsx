import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { copyText } from "@/shared/list/copyText";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyError } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { Popover } from "@/shared/ui/Popover";
import { Spark } from "@/shared/ui/Spark";
import { lineOf } from "./feedback.logic";
import "./feedback.css";

type Answer = Schemas["FeedbackAnswer"];
const PAGES = ["nps", "csat", "exit"] as const;
const SHOWN = 5;

/** 满意度与反馈: what the customer answered, the trend, and links to ask again. */
export function FeedbackPanel({ customerId, onInterview }: { customerId: number; onInterview: () => void }) {
  const { t } = useTranslation("feedback");
  const can = useCan();
  const path = { slug: useSlug(), customer_id: customerId };
  const { data } = api.useQuery(
    "get",
    "/api/v1/w/{slug}/customers/{customer_id}/feedback",
    { params: { path } },
    { refetchInterval: 15_000 },
  );
  const answers = data?.answers ?? [];
  if (!can("handle") && answers.length === 0) return null;
  return (
    <Panel title={t("panel.title")} extra={can("handle") && <Ask customerId={customerId} onInterview={onInterview} />}>
      {answers.length === 0 && <p className="muted">{t("panel.none")}</p>}
      {data?.mean != null && (
        <div className="row">
          <strong className="num">{t("panel.mean", { mean: Math.round(data.mean) })}</strong>
          {data.change !== null && (
            <span className={data.change < 0 ? "feedback-bad" : "muted"}>
              {t(data.change < 0 ? "panel.down" : "panel.up", { change: Math.abs(Math.round(data.change)) })}
            </span>
          )}
          <Spark values={lineOf(answers)} label={t("panel.trend")} />
        </div>
      )}
      <ul className="profile-list">
        {answers.slice(0, SHOWN).map((answer) => (
          <Line key={`${answer.source}-${answer.at}-${answer.score}`} answer={answer} />
        ))}
      </ul>
    </Panel>
  );
}

function Line({ answer }: { answer: Answer }) {
  const { t } = useTranslation("feedback");
  const { day } = useFormat();
  const scale = answer.scale === "nps" || answer.scale === "csat" ? t(`scale.${answer.scale}`) : answer.scale;
  return (
    <li>
      <div className="spread">
        <span>
          <strong className={answer.bad ? "feedback-bad num" : "num"}>{answer.score}</strong> {scale}
          {answer.bad && <span className="tag">{t("panel.bad")}</span>}
        </span>
        <span className="muted small">{day(answer.at)}</span>
      </div>
      {answer.text && <p className="small">{answer.text}</p>}
    </li>
  );
}

function Ask({ customerId, onInterview }: { customerId: number; onInterview: () => void }) {
  const { t } = useTranslation("feedback");
  const slug = useSlug();
  const link = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/feedback-link", {
    onSuccess: ({ url }) => void copyText(url, t("panel.copied")),
    onError: notifyError,
  });
  return (
    <Popover
      label={t("panel.ask")}
      trigger={(props) => (
        <Button {...props} type="text">
          {t("panel.ask")}
        </Button>
      )}
    >
      {(close) => (
        <div className="feedback-menu">
          {PAGES.map((what) => (
            <button
              key={what}
              type="button"
              className="menu-item"
              onClick={() => {
                close();
                link.mutate({ params: { path: { slug, customer_id: customerId } }, body: { what } });
              }}
            >
              {t(`link.${what}`)}
            </button>
          ))}
          <button
            type="button"
            className="menu-item"
            onClick={() => {
              close();
              onInterview();
            }}
          >
            {t("interview.write")}
          </button>
        </div>
      )}
    </Popover>
  );
}
