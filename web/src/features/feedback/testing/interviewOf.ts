import type { Schemas } from "@/shared/api/client";

export const questions = {
  causes: [
    {
      code: "price",
      text: "价格",
      reasons: [
        { code: "rise", text: "涨价" },
        { code: "terms", text: "账期、付款条件" },
      ],
    },
    { code: "service", text: "服务", reasons: [{ code: "slow", text: "响应慢" }] },
  ],
  kept_by: [
    { code: "price", text: "更好的价格" },
    { code: "nothing", text: "没有" },
  ],
  would_return: [
    { code: "yes", text: "会" },
    { code: "no", text: "不会" },
  ],
};

export function figuresOf(change: Partial<Schemas["InterviewFigures"]> = {}): Schemas["InterviewFigures"] {
  return {
    n: 4,
    lost: 9,
    causes: [
      {
        cause: "price",
        text: "价格",
        n: 3,
        share: 0.75,
        returning: 1,
        asked: 2,
        rate: 0.5,
        low: 0.09,
        high: 0.91,
        money: 12_000,
        reasons: ["涨价 2"],
      },
    ],
    competitors: ["某宝 2"],
    questions,
    ...change,
  };
}

export function interviewOf(change: Partial<Schemas["InterviewOut"]> = {}): Schemas["InterviewOut"] {
  return {
    id: 1,
    customer: { id: 7, key: "C7", name: "宁波瑞安", name_is_sample: false },
    at: "2011-09-01T00:00:00Z",
    by: { id: 2, name: "陈嘉豪", team: null },
    cause: "price",
    cause_text: "价格",
    reason: "rise",
    reason_text: "涨价",
    competitor: "某宝",
    price: -20,
    kept_by: ["更好的价格"],
    would_return: "不会",
    why: "连涨两次",
    improve: "",
    topics: ["价格"],
    outcome_id: 3,
    ...change,
  };
}

export function answerOf(change: Partial<Schemas["FeedbackAnswer"]> = {}): Schemas["FeedbackAnswer"] {
  return {
    at: "2011-09-01T00:00:00Z",
    scale: "nps",
    score: 4,
    satisfaction: 40,
    bad: true,
    text: "太慢",
    source: "surveys",
    ...change,
  };
}
