import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { requestKey } from "@/shared/list/requestKey";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { WorkItem } from "../tasks.logic";
import { mentionsIn, withMention } from "./comments.logic";
import type { ItemSheet } from "./useItemSheet";

/** What colleagues say; whoever is named with @ is told. */
export function CommentsPanel({ item, sheet }: { item: WorkItem; sheet: ItemSheet }) {
  const { t } = useTranslation("work");
  const can = useCan();
  return (
    <Panel title={t("comments.title")}>
      <ol className="follow-ups">
        {sheet.comments.map((comment) => (
          <CommentRow key={comment.id} comment={comment} />
        ))}
      </ol>
      {sheet.comments.length === 0 && <p className="muted">{t("comments.none")}</p>}
      {can("handle") && <CommentForm itemId={item.id} people={sheet.people} />}
    </Panel>
  );
}

function CommentRow({ comment }: { comment: Schemas["CommentOut"] }) {
  const { t } = useTranslation("work");
  const format = useFormat();
  const slug = useSlug();
  const options = { onSettled: useRefreshWork() };
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/comments/{comment_id}", options);
  const restore = api.useMutation("post", "/api/v1/w/{slug}/comments/{comment_id}/restore", options);
  const params = { path: { slug, comment_id: comment.id } };
  const drop = () =>
    whenDone(remove.mutateAsync({ params }), () => offerUndo(t("comments.removed"), () => restore.mutate({ params })));
  return (
    <li>
      <div className="spread">
        <strong>{comment.by?.name}</strong>
        <span className="row">
          <span className="muted small">{format.dayTime(comment.at)}</span>
          {comment.is_mine && (
            <Button type="text" icon={<Icon of={DeleteOutlined} />} aria-label={t("comments.remove")} onClick={drop} />
          )}
        </span>
      </div>
      <p>{comment.text}</p>
    </li>
  );
}

function CommentForm({ itemId, people }: { itemId: number; people: readonly Schemas["PersonRef"][] }) {
  const { t } = useTranslation("work");
  const slug = useSlug();
  const refresh = useRefreshWork();
  const [text, setText] = useState("");
  const [key, setKey] = useState(requestKey);
  const add = api.useMutation("post", "/api/v1/w/{slug}/work-items/{item_id}/comments", {
    onSuccess: () => {
      setText("");
      setKey(requestKey());
      return refresh();
    },
  });
  const send = () =>
    add.mutate({
      params: { path: { slug, item_id: itemId } },
      body: { text: text.trim(), mentions: mentionsIn(text, people), request_key: key },
    });
  const name = (id: string) => {
    const person = people.find((one) => String(one.id) === id);
    if (person) setText(withMention(text, person));
  };
  return (
    <div className="comment-form">
      <Input.TextArea
        aria-label={t("comments.say")}
        placeholder={t("comments.hint")}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row wrap">
        <NativeSelect
          aria-label={t("comments.mention")}
          value=""
          onChange={name}
          options={[
            { value: "", label: t("comments.mention") },
            ...people.map((one) => ({
              value: String(one.id),
              label: one.team ? `${one.name} · ${one.team}` : one.name,
            })),
          ]}
        />
        <Button type="primary" loading={add.isPending} disabled={!text.trim()} onClick={send}>
          {t("comments.send")}
        </Button>
      </div>
    </div>
  );
}
