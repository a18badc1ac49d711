import { describe, expect, it } from "vitest";
import { heatOf, piecesOf, type Span, shownIntents, toneOf } from "./spans.logic";

const span = (start: number, end: number, shows: Span["shows"] = "negative", which = ""): Span => ({
  start,
  end,
  shows,
  which,
});

describe("piecesOf", () => {
  it("cuts the text at the ends of its spans", () => {
    expect(
      piecesOf("等了三天还没人理", [span(0, 4), span(5, 8)]).map(({ text, shows }) => [text, shows.length]),
    ).toEqual([
      ["等了三天", 1],
      ["还", 0],
      ["没人理", 1],
    ]);
  });

  it("counts code points, so that an emoji is one", () => {
    expect(piecesOf("😡太差", [span(1, 3)]).map(({ text }) => text)).toEqual(["😡", "太差"]);
  });

  it("keeps what overlaps, and every letter", () => {
    const pieces = piecesOf("对比友商价格", [span(0, 4, "intent", "competitor"), span(2, 6, "topic", "price")]);
    expect(pieces.map(({ text, shows }) => `${text}${shows.length}`)).toEqual(["对比1", "友商2", "价格1"]);
  });

  it.each([[span(-1, 2)], [span(2, 99)], [span(3, 3)]])("passes over a place that is not in the text", (odd) => {
    expect(piecesOf("你好", [odd])).toEqual([{ text: "你好", shows: [] }]);
  });

  it("has nothing for an empty text", () => {
    expect(piecesOf("", [])).toEqual([]);
  });
});

describe("toneOf", () => {
  const tone = (...shows: Span[]) => toneOf({ text: "x", shows });
  it("shows the weightiest of what overlaps", () => {
    expect(tone(span(0, 1), span(0, 1, "topic", "price"))).toBe("negative");
    expect(tone(span(0, 1), span(0, 1, "competitor", "友商"))).toBe("leave");
    expect(tone(span(0, 1, "intent", "leave"))).toBe("leave");
    expect(tone(span(0, 1, "intent", "resolved"))).toBe("good");
    expect(tone(span(0, 1, "topic", "price"))).toBe("topic");
    expect(tone()).toBe("");
  });
});

describe("heatOf", () => {
  it("is high over 65, not at it", () => {
    expect([null, 20, 50, 51, 65, 66].map(heatOf)).toEqual(["none", "low", "low", "mid", "mid", "high"]);
  });
});

describe("shownIntents", () => {
  it("leaves doubtful intents out", () => {
    const intents = [
      { kind: "leave" as const, score: 80 },
      { kind: "price" as const, score: 49 },
    ];
    const reading = { negative: 1, leaving: 80, complaint: false, acknowledgement: false, topics: [], intents };
    const rest = { competitor: "", reviewed: false, second: false, spans: [] };
    expect(shownIntents({ ...reading, ...rest }).map(({ kind }) => kind)).toEqual(["leave"]);
  });
});
