import type { Permission } from "@/shared/session/SessionContext";

/** The scope of a key that stands in pages, where anybody can read it. */
export const TRACK = "track" as Permission;

/** Sites as typed, one a line or separated by commas. */
export const originsOf = (text: string) =>
  text
    .split(/[\s,，、]+/)
    .map((site) => site.trim().replace(/\/+$/, ""))
    .filter(Boolean);

/** What goes into a web page. */
export const webSnippet = (site: string, secret: string) => `<script src="${site}/sdk.js"></script>
<script>
  liuke.init({ key: "${secret}", endpoint: "${site}", consent: false });
  liuke.consent(true);            // after the visitor agrees
  liuke.identify("客户编号");      // after log-in: your customer's number
  liuke.page();                   // on every page
</script>`;

/** What goes into app.js of a mini-program. */
export const wxSnippet = (site: string, secret: string) => `const liuke = require("./liuke-wx.js"); // ${site}/sdk/wx.js
liuke.init({ key: "${secret}", endpoint: "${site}", consent: false });
App({ onLaunch() { /* after the person agrees: */ liuke.consent(true); liuke.identify("客户编号"); } });`;
