import type { Sentence } from "./types";
import "./sentences.css";

const INDENT_PX = 16;

/** A rule as people read it, in the server's words, indented as its groups are. */
export function SentenceList({ sentences }: { sentences: readonly Sentence[] }) {
  return (
    <ol className="sentences">
      {sentences.map(({ depth, text }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity of their own
          key={index}
          style={{ paddingInlineStart: depth * INDENT_PX }}
          className={(sentences[index + 1]?.depth ?? 0) > depth ? "head" : undefined}
        >
          {text}
        </li>
      ))}
    </ol>
  );
}
