/**
 * The dissection in a tab: `report.html?message=ID`, and with `&link=URL` where a link was asked about.
 */
import { askDissectionOf } from "../shared/protocol.mjs";
import { show } from "./page.mjs";

const asked = new URLSearchParams(location.search);
await show(askDissectionOf(Number(asked.get("message"))), { isPage: true, link: asked.get("link") });

// On paper nothing can be unfolded.
globalThis.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details")) fold.setAttribute("open", "");
});
