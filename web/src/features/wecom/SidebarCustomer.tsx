import { CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { signed } from "@/features/customer360/reasons.logic";
import { FollowUpSheet } from "@/features/tasks/FollowUpSheet";
import type { FollowUpTarget } from "@/features/tasks/useFollowUp";
import { api, type Schemas } from "@/shared/api/client";
import { copyText } from "@/shared/list/copyText";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { RiskTag } from "@/shared/ui/RiskTag";
import { SampleMark } from "@/shared/ui/SampleMark";
import { ScoreNote } from "@/shared/ui/Score";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { topReasons, wordsFor } from "./sidebar.logic";

type Customer = Schemas["CustomerOut"];

/** What a colleague needs to know while the chat goes on. */
export function SidebarCustomer({ id }: { id: number }) {
  const { t } = useTranslation("messengers");
  const path = { slug: useSlug(), customer_id: id };
  const customer = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}", { params: { path } });
  if (customer.isError) return <ErrorState error={customer.error} retry={() => void customer.refetch()} />;
  if (!customer.data) return <SkeletonCards cards={2} height={120} />;
  return (
    <>
      <Head customer={customer.data} />
      <Panel title={t("sidebar.reasons")}>
        <Reasons score={customer.data.score} />
      </Panel>
      <NextItem customerId={id} />
      <Words customer={customer.data} />
    </>
  );
}

function Head({ customer }: { customer: Customer }) {
  const { t } = useTranslation("messengers");
  const to = useTo();
  const format = useFormat();
  const { score } = customer;
  return (
    <Panel>
      <div className="spread">
        <strong className="wecom-name">
          {customer.name} {customer.name_is_sample && <SampleMark />}
        </strong>
        <Link to={to(`/customers/${customer.id}`)}>{t("sidebar.open")}</Link>
      </div>
      {score ? (
        <>
          <div className="row wrap">
            <span className={`wecom-score risk-${score.level}`}>{format.score(score.score)}</span>
            <RiskTag level={score.level} />
          </div>
          <ScoreNote />
        </>
      ) : (
        <p className="muted">{t("sidebar.noScore")}</p>
      )}
      <dl className="wecom-money">
        <div>
          <dt>{t("sidebar.annual")}</dt>
          <dd>{format.money(customer.annual_value)}</dd>
        </div>
        <div>
          <dt>{t("sidebar.loss")}</dt>
          <dd>{format.money(customer.expected_loss)}</dd>
        </div>
      </dl>
    </Panel>
  );
}

function Reasons({ score }: { score: Customer["score"] }) {
  const { t } = useTranslation("messengers");
  const shown = topReasons(score?.reasons ?? []);
  if (shown.length === 0) return <p className="muted">{t("sidebar.noReasons")}</p>;
  return (
    <ul className="wecom-reasons">
      {shown.map(({ signal, text, points }) => (
        <li key={signal + text} className="spread">
          <span className="grow">{text}</span>
          <span className="num">{signed(Math.round(points * 10) / 10)}</span>
        </li>
      ))}
    </ul>
  );
}

function NextItem({ customerId }: { customerId: number }) {
  const { t } = useTranslation("messengers");
  const slug = useSlug();
  const to = useTo();
  const format = useFormat();
  const query = { customer_id: customerId, status: "open", scope: "all", limit: 1 };
  const found = api.useQuery("get", "/api/v1/w/{slug}/work-items", { params: { path: { slug }, query } });
  const item = found.data?.items[0];
  return (
    <Panel title={t("sidebar.next")}>
      {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.data && !item && <p className="muted">{t("sidebar.noTask")}</p>}
      {item && (
        <div className="spread">
          <Link to={to(`/tasks/${item.id}`)}>{item.title}</Link>
          {item.due_at && (
            <span className={`small ${item.is_overdue ? "alert-late" : "muted"}`}>{format.dayTime(item.due_at)}</span>
          )}
        </div>
      )}
    </Panel>
  );
}

function Words({ customer }: { customer: Customer }) {
  const { t } = useTranslation(["messengers", "common"]);
  const slug = useSlug();
  const can = useCan();
  const [followed, setFollowed] = useState<FollowUpTarget | null>(null);
  const item = customer.open_work_item_id;
  const sheet = api.useQuery(
    "get",
    "/api/v1/w/{slug}/work-items/{item_id}/sheet",
    { params: { path: { slug, item_id: item ?? 0 } } },
    { enabled: item !== null, meta: { quiet: true } },
  );
  const words = wordsFor(sheet.data?.packs, customer.suggestion);
  const target: FollowUpTarget = {
    customerId: customer.id,
    customerName: customer.name,
    workItemId: item,
    alertId: customer.open_alert_id,
  };
  return (
    <>
      {words && (
        <Panel title={t("sidebar.words")}>
          <p>{words}</p>
        </Panel>
      )}
      <div className="row wecom-actions">
        <Button
          icon={<Icon of={CopyOutlined} />}
          disabled={!words}
          onClick={() => void copyText(words, t("sidebar.copied"))}
        >
          {t("sidebar.copy")}
        </Button>
        {can("handle") && (
          <Button type="primary" onClick={() => setFollowed(target)}>
            {t("common:action.followUp")}
          </Button>
        )}
      </div>
      <FollowUpSheet target={followed} onClose={() => setFollowed(null)} />
    </>
  );
}
