import type { Schemas } from "@/shared/api/client";
import { sentences } from "./fixtures";

export const packs: Schemas["PackOut"][] = [
  {
    code: "vip",
    name: "高价值客户",
    about: "给客户经理留出时间",
    industry: "通用",
    rules: [
      { code: "vip-drop", name: "高价值客户下单骤降", sentences, computable: true, missing: [] },
      { code: "vip-silent", name: "高价值客户失联", sentences, computable: false, missing: ["登录记录"] },
    ],
  },
];
