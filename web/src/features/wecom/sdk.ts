import { fetchApi } from "@/shared/api/client";

/** WeCom lets no copy of it work; the side bar's policy allows this host and no other. */
export const SCRIPT = "https://wwcdn.weixin.qq.com/node/open/js/wecom-jssdk-2.3.4.js";
const PATIENCE_MS = 8_000;
const CALLS = ["getCurExternalContact", "openEnterpriseChat"];

interface Signature {
  timestamp: number;
  nonceStr: string;
  signature: string;
}

export interface WecomSdk {
  register(options: {
    corpId: string;
    agentId: number;
    jsApiList: readonly string[];
    getConfigSignature: () => Signature;
    getAgentConfigSignature: () => Signature;
  }): void;
  getCurExternalContact(): Promise<{ userId?: string }>;
  openEnterpriseChat(asked: { externalUserIds: readonly string[]; groupName: string }): Promise<unknown>;
}

declare global {
  interface Window {
    ww?: WecomSdk;
  }
}

/** The answer, or a refusal where WeCom keeps silent: outside a chat some versions never answer. */
export function inTime<T>(answer: Promise<T>, patience = PATIENCE_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("wecom keeps silent")), patience);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function script(): Promise<void> {
  if (window.ww) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.src = SCRIPT;
    tag.onload = () => resolve();
    tag.onerror = () => {
      tag.remove();
      reject(new Error("script blocked"));
    };
    document.head.append(tag);
  });
}

/** WeCom's functions, signed for this page. Rejects where the script, the signature or WeCom refuses. */
export async function wecomSdk(slug: string): Promise<WecomSdk> {
  const url = window.location.href.replace(/#.*$/, "");
  const params = { path: { slug }, query: { url } };
  const [{ data, error }] = await Promise.all([fetchApi.GET("/api/v1/w/{slug}/wecom/jssdk", { params }), script()]);
  if (!data || !window.ww) throw error ?? new Error("no WeCom");
  const { corp_id, agent_id, config, agent_config } = data;
  const signed = ({ timestamp, noncestr, signature }: typeof config) => ({ timestamp, nonceStr: noncestr, signature });
  window.ww.register({
    corpId: corp_id,
    agentId: agent_id,
    jsApiList: CALLS,
    getConfigSignature: () => signed(config),
    getAgentConfigSignature: () => signed(agent_config),
  });
  return window.ww;
}
