/**
 * What is done with suspicious mail as it arrives: switched on by a click, which asks for what that needs.
 *
 * @import {Page} from "./view.mjs"
 */
import { element, note } from "../report/dom.mjs";
import { ARRIVALS } from "../shared/arrivals.mjs";
import { ask } from "../shared/protocol.mjs";
import { choiceLine, input, part, statusLine } from "./parts.mjs";
import { lockable } from "./policy.mjs";

/**
 * @param {Page} page
 */
export function drawArrival(page) {
  const { settings, texts, change } = page;
  const { node: status, say } = statusLine();
  const lines = /** @type {const} */ (["tagArrivals", "notifyArrivals"]).map((name) => {
    const box = input(name, "checkbox");
    const permissions = { permissions: [...ARRIVALS[name]] };
    const line = choiceLine(box, texts.get(`options_arrival_${name}`), texts.get(`options_arrival_${name}_note`));
    void messenger.permissions.contains(permissions).then((isAllowed) => {
      // Switched on, and not allowed: then nothing is done.
      box.checked = settings[name] && isAllowed;
      // What an organisation switched on, its reader must still allow.
      if (!settings[name] || isAllowed) lockable(page, name, line);
    });
    box.addEventListener("change", async () => {
      // Not a moment later: a permission can be asked for only while the click is being handled.
      const isAllowed = box.checked && (await messenger.permissions.request(permissions));
      const isRefused = box.checked && !isAllowed;
      box.checked = isAllowed;
      await change(() => ({ [name]: isAllowed }));
      say(texts.get(isRefused ? "options_arrival_refused" : isAllowed ? "options_arrival_on" : "options_arrival_off"));
      if (isAllowed) await ask("afresh", {});
    });
    return line;
  });
  return part("arrival", texts.get("options_arrival"), note(texts.get("options_arrival_note")), element("fieldset", {}, ...lines), status);
}
