/**
 * The dissection in a tab: `report.html?message=ID`, with `&link=URL` where a link was asked about, with `&wish=genuine` or
 * `&wish=junk` where that was pressed in the banner.
 */
import { ask } from "../shared/protocol.mjs";
import { show } from "./page.mjs";
import { preparePaper } from "./paper.mjs";

const asked = new URLSearchParams(location.search);
const url = asked.get("link");
const link = url === null ? null : await ask("sought-ask", { url });
const found = await show(ask("dissection-of", { messageId: Number(asked.get("message")) }), { isPage: true, link });
const wish = asked.get("wish");
const wished = wish === "genuine" || wish === "junk" ? /** @type {HTMLElement | null} */ (document.querySelector(`#act button.${wish}`)) : null;
wished?.scrollIntoView({ block: "center" });
// What needs a permission is pressed here: Thunderbird asks for it over this page.
if (wish === "genuine") wished?.click();
else wished?.focus();
if (found.state === "report") await preparePaper(found.messageId);
