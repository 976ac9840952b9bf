/**
 * The dissection in a tab: `report.html?message=ID`, and with `&link=URL` where a link was asked about.
 */
import { askDissectionOf } from "../shared/protocol.mjs";
import { show } from "./page.mjs";
import { preparePaper } from "./paper.mjs";

const asked = new URLSearchParams(location.search);
const found = await show(askDissectionOf(Number(asked.get("message"))), { isPage: true, link: asked.get("link") });
if (found.state === "report") await preparePaper(found.messageId);
