import type { Library, Signal } from "../signals.logic";

export function signalOf(change: Partial<Signal> = {}): Signal {
  return {
    key: "SIG-20",
    mission_id: "SIG-20",
    family: "consumption",
    name: "下单下降",
    description: "本期下单金额或数量低于客户平时一期",
    params: [
      {
        name: "drop",
        label: "下降幅度",
        unit: "percent",
        minimum: 0.05,
        maximum: 0.95,
        step: 0.05,
        default: 0.2,
        value: 0.25,
      },
      { name: "days", label: "天数", unit: "days", minimum: 1, maximum: 365, step: 1, default: 30, value: 30 },
    ],
    protective: false,
    fires_now: 12,
    not_computable: null,
    points: 20,
    default_points: 18,
    enabled: true,
    state: "ready",
    customers: 40,
    computable: 30,
    missing: [{ key: "missing.too_few_orders", text: "订单太少,看不出平时的节奏", customers: 10 }],
    unlock: [],
    needs: ["下单"],
    ...change,
  };
}

export const survey = signalOf({
  key: "SIG-31",
  mission_id: "SIG-31",
  family: "service",
  name: "评分偏低",
  description: "评分低于行业基准",
  fires_now: 0,
  not_computable: "没有问卷数据",
  state: "missing",
  computable: 0,
  missing: [{ key: "missing.no_surveys", text: "没有问卷数据", customers: 40 }],
  unlock: [{ kind: "import", entity: "surveys", label: "问卷" }],
  needs: ["问卷"],
});

export const emotion = signalOf({
  key: "SIG-30",
  mission_id: "SIG-30",
  family: "service",
  name: "连续负面情绪",
  description: "最近几条消息的负面情绪都超过阈值",
  fires_now: 0,
  state: "missing",
  computable: 0,
  missing: [{ key: "missing.needs_text", text: "需要文本识读", customers: 40 }],
  unlock: [{ kind: "text", entity: "", label: "文本识读" }],
  needs: [],
});

const FAMILIES = ["interaction", "consumption", "service", "key_action", "intent", "payment"];

export function libraryOf(signals: Signal[] = [signalOf(), survey, emotion]): Library {
  const count = (family: string, state: string) =>
    signals.filter((signal) => signal.family === family && signal.state === state).length;
  return {
    as_of: "2011-09-08T23:00:00Z",
    customers: 40,
    families: FAMILIES.map((family) => ({
      family,
      signals: signals.filter((signal) => signal.family === family).length,
      ready: count(family, "ready"),
      partial: count(family, "partial"),
      missing: count(family, "missing"),
      off: count(family, "off"),
    })),
    signals,
  };
}
