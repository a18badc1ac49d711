import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import type { WhyNode } from "./why.logic";

/** A condition with its result as a word, what it saw and when; a group with its parts. */
export function WhyTree({ node }: { node: WhyNode }) {
  const { t } = useTranslation("rules");
  const { dayTime } = useFormat();
  return (
    <div className={`why-node ${node.result}`}>
      <p className="spread">
        <span>{node.text}</span>
        <span className="why-result">{t(`why.result.${node.result}`)}</span>
      </p>
      {(node.value_text || node.seen_at) && (
        <p className="muted small">
          {node.value_text && t("why.saw", { value: node.value_text })}
          {node.value_text && node.seen_at && " · "}
          {node.seen_at && t("why.seenAt", { when: dayTime(node.seen_at) })}
        </p>
      )}
      <Evidence items={node.evidence} />
      {node.parts.length > 0 && (
        <ul>
          {node.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a stored rule do not move
            <li key={index}>
              <WhyTree node={part} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Evidence({ items }: { items: WhyNode["evidence"] }) {
  const { t } = useTranslation("rules");
  const { dayTime, moneyExact } = useFormat();
  if (items.length === 0) return null;
  return (
    <details>
      <summary>{t("why.evidence", { count: items.length })}</summary>
      <ul className="why-evidence small">
        {items.map(({ id, at, title, text, value, group }) => (
          <li key={id}>
            <span className="spread">
              <span>{title}</span>
              {value !== null && group === "order" && <span className="num">{moneyExact(value)}</span>}
              <time className="muted" dateTime={at}>
                {dayTime(at)}
              </time>
            </span>
            {text && <p className="quote">{text}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}
