/**
 * The dissection in a tab: `report.html?message=ID`, and with `&link=URL` where a link was asked about.
 */
import { ask } from "../shared/protocol.mjs";
import { show } from "./page.mjs";
import { preparePaper } from "./paper.mjs";

const asked = new URLSearchParams(location.search);
const url = asked.get("link");
const link = url === null ? null : await ask("sought-ask", { url });
const found = await show(ask("dissection-of", { messageId: Number(asked.get("message")) }), { isPage: true, link });
if (found.state === "report") await preparePaper(found.messageId);
