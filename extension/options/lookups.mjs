/**
 * Whom Mekiki may ask over the network: nobody, until the user chooses somebody here. Choosing asks for the permission to
 * reach that one host.
 *
 * @import {Page} from "./view.mjs"
 */
import { button, element, note } from "../report/dom.mjs";
import { REGISTRY, RESOLVERS, hostOf, mayAsk, permissionFor, serviceOf } from "../shared/lookups.mjs";
import { choiceLine, input, part, statusLine } from "./parts.mjs";
import { lockable } from "./policy.mjs";

/**
 * @param {Page} page
 */
export function drawLookUps(page) {
  const { settings, texts, change } = page;
  const { node: status, say } = statusLine();
  const isListed = RESOLVERS.some(({ url }) => url === settings.resolver);

  const nobody = radio("nobody");
  const listed = RESOLVERS.map(({ url, name }) => ({ url, box: radio(name.toLowerCase()) }));
  const other = radio("other");
  const field = input("resolver-address", "url");
  field.className = "entry";
  field.value = settings.resolver === "" || isListed ? "" : settings.resolver;
  field.setAttribute("aria-label", texts.get("lookups_address"));
  field.setAttribute("placeholder", "https://dns.example/dns-query");
  field.setAttribute("spellcheck", "false");

  const shown = input("prove-shown", "checkbox");
  shown.checked = settings.proveShown;
  shown.addEventListener("change", () => void change(() => ({ proveShown: shown.checked })));

  const registry = settings.registry || REGISTRY;
  const registered = input("registry", "checkbox");
  registered.checked = settings.registry !== "";
  // Switched on, and not allowed: then nobody is asked.
  void mayAsk(settings.registry).then((isAllowed) => (registered.checked = isAllowed));
  registered.addEventListener("change", async () => {
    const isWanted = registered.checked;
    // Not a moment later: a permission can be asked for only while the click is being handled.
    const isAllowed = isWanted && (await messenger.permissions.request(permissionFor(registry)));
    registered.checked = isAllowed;
    await change(() => ({ registry: isAllowed ? registry : "" }));
    if (!isWanted) await messenger.permissions.remove(permissionFor(registry));
    say(isAllowed ? texts.get("lookups_now", [hostOf(registry)]) : texts.get(isWanted ? "lookups_refused" : "lookups_registry_off"), isWanted && !isAllowed);
  });

  let chosen = settings.resolver;
  const draw = (isAllowed = true) => {
    nobody.checked = chosen === "";
    for (const { url, box } of listed) box.checked = chosen === url;
    other.checked = chosen !== "" && !listed.some(({ url }) => url === chosen);
    shown.disabled = chosen === "" || !isAllowed;
  };
  const choose = async (/** @type {string} */ resolver) => {
    // Not a moment later: a permission can be asked for only while the click is being handled.
    const isAllowed = resolver === "" || (await messenger.permissions.request(permissionFor(resolver)));
    if (isAllowed) {
      const before = chosen;
      chosen = (await change(() => ({ resolver }))).resolver;
      // Nobody is allowed to be asked who is not meant to be.
      if (before !== "" && before !== chosen) await messenger.permissions.remove(permissionFor(before));
    }
    draw();
    say(!isAllowed ? texts.get("lookups_refused") : chosen === "" ? texts.get("lookups_now_nobody") : texts.get("lookups_now", [hostOf(chosen)]), !isAllowed);
  };
  nobody.addEventListener("change", () => void choose(""));
  for (const { url, box } of listed) box.addEventListener("change", () => void choose(url));
  other.addEventListener("change", () => field.focus());
  const use = button("use", texts.get("lookups_use"), () => {
    const resolver = serviceOf(field.value.trim());
    field.setAttribute("aria-invalid", String(resolver === undefined));
    if (resolver === undefined) return say(texts.get("lookups_invalid"), true);
    other.checked = true;
    return choose(resolver);
  });
  draw();
  if (chosen !== "") {
    // Chosen, by an organisation or before, and not allowed: then nobody is asked until the user allows it.
    void mayAsk(chosen).then((isAllowed) => {
      draw(isAllowed);
      if (isAllowed) return;
      say(texts.get("lookups_not_allowed", [hostOf(chosen)]), true);
      status.after(element("p", { className: "controls" }, button("allow", texts.get("lookups_allow"), () => choose(chosen))));
    });
  }
  const lines = [
    choiceLine(nobody, texts.get("lookups_nobody"), texts.get("lookups_nobody_note")),
    ...RESOLVERS.map(({ name, country }, at) => choiceLine(/** @type {{ box: HTMLInputElement }} */ (listed[at]).box, `${name} (${texts.country(country)})`)),
    choiceLine(other, texts.get("lookups_other")),
    element("p", { className: "controls" }, field, use),
  ];
  return part(
    "lookups",
    texts.get("options_lookups"),
    note(texts.get("options_lookups_note")),
    lockable(page, "resolver", element("fieldset", {}, element("legend", {}, texts.get("lookups_whom")), ...lines)),
    lockable(page, "proveShown", element("div", {}, choiceLine(shown, texts.get("lookups_shown"), texts.get("lookups_shown_note")))),
    lockable(page, "registry", element("div", {}, choiceLine(registered, texts.get("lookups_registry"), texts.get("lookups_registry_note", [hostOf(registry)])))),
    status,
  );
}

/**
 * @param {string} name
 */
function radio(name) {
  const made = input(`resolver-${name}`, "radio");
  made.setAttribute("name", "resolver");
  return made;
}
