import type { Schemas } from "@/shared/api/client";
import type { CouponKind, Programme } from "../loyalty.logic";
import { writeProgramme } from "../loyalty.logic";

export function programmeOf(change: Partial<Programme> = {}): Programme {
  return {
    enabled: true,
    starts_on: "2011-01-01",
    per_money: 1,
    worth: 0.01,
    expire_days: 365,
    at_risk: { early: { factor: 1, price: 1 }, medium: { factor: 1.5, price: 0.9 }, high: { factor: 2, price: 0.8 } },
    winback: { points: 200, silent_days: 90, times: 3 },
    member_day: { day: 18, weekly: false, factor: 2 },
    levels: [{ name: "银牌", least: 1000, factor: 1.2 }],
    grace_days: 90,
    volume: [{ least: 300_000, percent: 3 }],
    referral: { referrer: 500, referred: 100, depth: 1, share: 0.2 },
    ...change,
  };
}

export const customer = { id: 7, key: "C-7", name: "Rosewood Acre Market", name_is_sample: false };

export function couponKindOf(change: Partial<CouponKind> = {}): CouponKind {
  return {
    id: 3,
    code: "c3",
    name: "满300减40",
    text: "满 £300 减 £40",
    form: "amount",
    value: 40,
    least_spend: 300,
    cost: 40,
    stock: 10,
    per_customer: 1,
    valid_days: 30,
    offer_class: "",
    enabled: true,
    archived: false,
    issued: 4,
    used: 1,
    ...change,
  };
}

export function couponOf(change: Partial<Schemas["CouponOut"]> = {}): Schemas["CouponOut"] {
  return {
    id: 8,
    code: "WELCOME22222",
    name: "满300减40",
    text: "满 £300 减 £40",
    state: "open",
    issued_at: "2011-09-01T00:00:00Z",
    expires_at: "2011-10-01T00:00:00Z",
    redeemed_at: null,
    amount: null,
    customer,
    ...change,
  };
}

export function loyaltyOf(change: Partial<Schemas["LoyaltyOut"]> = {}): Schemas["LoyaltyOut"] {
  return {
    spec: writeProgramme(programmeOf()),
    versions: [
      {
        number: 2,
        note: "会员日改为18日",
        created_by: { id: 1, name: "林晓雯", team: null },
        created_at: "2011-09-01T00:00:00Z",
        spec: writeProgramme(programmeOf()),
      },
      { number: 1, note: "", created_by: null, created_at: "2011-08-01T00:00:00Z", spec: {} },
    ],
    members: 412,
    points: 96_000,
    worth: 960,
    coupons_open: 12,
    levels: { 银牌: 80 },
    in_grace: 6,
    months: [{ month: "2011-09-01", granted: 9, redeemed: 4, lapsed: 0, coupons: 2, lost: 1, lost_value: 800 }],
    ...change,
  };
}

export function benefitsOf(change: Partial<Schemas["CustomerLoyaltyOut"]> = {}): Schemas["CustomerLoyaltyOut"] {
  return {
    enabled: true,
    balance: 5200,
    worth: 52,
    at_stake: 92,
    member_level: "银牌",
    keep_until: "2011-10-20",
    next_level: null,
    next_missing: null,
    ending_points: 300,
    redeem_factor: 0.8,
    earn_factor: 2,
    volume: { amount: 0, percent: 0, net: 0, next_percent: 3, missing: 280_000 },
    entries: [
      {
        id: 21,
        points: 230,
        reason: "winback",
        at: "2011-09-02T00:00:00Z",
        expires_at: null,
        value: 0,
        note: "+200",
        by: null,
        reversed: false,
      },
    ],
    coupons: [couponOf()],
    brought_by: null,
    brought: [],
    ...change,
  };
}
