import type { Pack, Template } from "../gallery.logic";

export function packOf(change: Partial<Pack> = {}): Pack {
  const sentence = { depth: 0, text: "已60天未登录", place: "when" };
  return {
    code: "saas",
    name: "SaaS",
    about: "登录与续约",
    industry: "saas",
    rules: [
      { code: "days_60", name: "60天未登录", sentences: [sentence], computable: true, missing: [] },
      {
        code: "negative",
        name: "连续负面情绪",
        sentences: [sentence],
        computable: false,
        missing: ["没有消息或工单数据"],
      },
    ],
    ...change,
  };
}

export function templateOf(change: Partial<Template> = {}): Template {
  return {
    key: "saas",
    name: "SaaS 软件",
    description: "90 天没有登录或使用视为流失",
    currency: "CNY",
    country: "CN",
    time_zone: "Asia/Shanghai",
    counting_word: "家",
    churn_days: 90,
    churn_kinds: ["登录", "使用功能"],
    weights: [{ signal: "SIG-42", name: "静默客户", points: 49 }],
    rules: ["60天未登录", "连续负面情绪"],
    tags: ["即将到期"],
    ...change,
  };
}
