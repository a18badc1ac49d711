import { splitWords } from "@/shared/lib/words";
import type { Permission } from "@/shared/session/SessionContext";

/** The scope of a key that stands in pages, where anybody can read it. */
export const TRACK = "track" as Permission;

/** Sites as typed, one a line or separated by commas. */
export const originsOf = (text: string) =>
  splitWords(text)
    .map((site) => site.replace(/\/+$/, ""))
    .filter(Boolean);

/** What goes into a web page; `customer` stands where the customer's number goes. */
export const webSnippet = (site: string, secret: string, customer: string) => `<script src="${site}/sdk.js"></script>
<script>
  liuke.init({ key: "${secret}", endpoint: "${site}", consent: false });
  liuke.consent(true);            // after the visitor agrees
  liuke.identify("${customer}");      // after log-in: your customer's number
  liuke.page();                   // on every page
</script>`;

/** What goes into app.js of a mini-program. */
export const wxSnippet = (
  site: string,
  secret: string,
  customer: string,
) => `const liuke = require("./liuke-wx.js"); // ${site}/sdk/wx.js
liuke.init({ key: "${secret}", endpoint: "${site}", consent: false });
App({ onLaunch() { /* after the person agrees: */ liuke.consent(true); liuke.identify("${customer}"); } });`;
