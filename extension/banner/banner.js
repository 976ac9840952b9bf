/**
 * The banner in a displayed message. It asks the background what to say, and adds nothing at all where there is nothing
 * to say. It stands in the top layer, in a closed shadow tree; its words come finished and are set as text.
 *
 * A classic script: Thunderbird runs message display scripts as such.
 */
(() => {
  /** How often it is put back where something took it away. */
  const MOST_RETURNS = 50;

  /** Marks the host element, and that the script already ran in this document. */
  const MARK = "mekiki";

  const STYLE = `
    :host { color-scheme: light dark; }
    section {
      box-sizing: border-box; display: grid; grid-template-columns: auto 1fr auto; gap: 4px 12px; align-items: start;
      padding: 8px 12px; font: 14px/1.45 system-ui, sans-serif; overflow-wrap: anywhere;
      color: #1d1300; background: #ffedc7; border-block-end: 3px solid #a15c00;
    }
    section[data-level="dangerous"] { color: #2b0006; background: #ffe0e3; border-block-end-color: #b3001b; }
    .mark { font: 700 18px/1.3 system-ui, sans-serif; }
    .sentence { margin: 0; font-weight: 700; font-size: 15px; }
    .evidence { margin: 2px 0 0; padding-inline-start: 18px; }
    .evidence li { margin: 0; }
    .actions { display: flex; flex-wrap: wrap; gap: 8px; justify-content: end; }
    button {
      font: 600 13px/1.4 system-ui, sans-serif; padding: 4px 12px; border-radius: 4px; cursor: pointer;
      color: inherit; background: #ffffffb3; border: 1px solid currentColor;
    }
    button:focus-visible { outline: 3px solid #0060df; outline-offset: 1px; }
    .dismiss { padding-inline: 9px; }
    @media (max-width: 480px) { section { grid-template-columns: auto 1fr; } .actions { grid-column: 1 / -1; } }
    @media (prefers-color-scheme: dark) {
      section { color: #ffefd0; background: #3d2a00; border-block-end-color: #ffb454; }
      section[data-level="dangerous"] { color: #ffe3e6; background: #4a0510; border-block-end-color: #ff6b7d; }
      button { background: #00000059; }
      button:focus-visible { outline-color: #8ec5ff; }
    }
  `;

  /**
   * @param {string} name
   * @param {string} className
   * @param {string} [text]
   */
  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  /** Milliseconds to wait before asking again, where the background page was just ending or starting. */
  const WAITS = [50, 200, 1000];

  /**
   * @param {import("../shared/protocol.mjs").Message} message
   * @returns {Promise<unknown>} Nothing where nobody answers: the message was left, or the add-on switched off.
   */
  async function send(message) {
    for (const wait of WAITS) {
      try {
        return await messenger.runtime.sendMessage(message);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    return null;
  }

  /**
   * @param {import("../shared/protocol.mjs").BannerContent} content
   */
  function show(content) {
    const root = document.documentElement;
    const host = document.createElement("div");
    host.dataset.mekiki = "";
    host.setAttribute("popover", "manual");
    const shadow = host.attachShadow({ mode: "closed" });

    const section = element("section", "mekiki");
    section.dataset.level = content.level;
    section.setAttribute("role", "alert");
    section.lang = content.language;
    section.dir = content.direction;
    const mark = element("span", "mark", content.level === "dangerous" ? "⛔" : "⚠");
    mark.setAttribute("aria-hidden", "true");
    const words = element("div", "words");
    const list = element("ul", "evidence");
    for (const { sign, text } of content.evidence) {
      const item = element("li", "", text);
      item.dataset.sign = sign;
      list.append(item);
    }
    words.append(element("p", "sentence", content.sentence), list);
    const actions = element("div", "actions");
    const details = element("button", "details", content.details);
    const dismiss = element("button", "dismiss", "×");
    dismiss.setAttribute("aria-label", content.dismiss);
    dismiss.title = content.dismiss;
    actions.append(details, dismiss);
    section.append(mark, words, actions);
    const style = document.createElement("style");
    style.textContent = STYLE;
    shadow.append(style, section);

    // The first lines of the mail move down by its height.
    const makeRoom = () => root.style.setProperty("--mekiki-room", `${section.offsetHeight}px`, "important");
    const sizes = new ResizeObserver(makeRoom);

    let returns = 0;
    const raise = () => {
      if (!host.matches(":popover-open")) host.showPopover();
      makeRoom();
    };
    const guard = new MutationObserver(() => {
      if (returns >= MOST_RETURNS) return;
      if (host.parentNode !== root || !host.hasAttribute("popover") || !host.hasAttribute("data-mekiki")) {
        returns += 1;
        host.dataset.mekiki = "";
        host.setAttribute("popover", "manual");
        root.append(host);
        raise();
      }
    });

    details.addEventListener("click", (event) => {
      if (event.isTrusted) void send({ kind: "banner-details" });
    });
    dismiss.addEventListener("click", (event) => {
      if (!event.isTrusted) return;
      guard.disconnect();
      sizes.disconnect();
      host.remove();
      root.style.removeProperty("--mekiki-room");
    });

    root.append(host);
    raise();
    sizes.observe(section);
    guard.observe(root, { childList: true });
    guard.observe(host, { attributes: true });
  }

  async function ask() {
    const content = /** @type {import("../shared/protocol.mjs").BannerContent | null} */ (await send({ kind: "banner-ask" }));
    if (content) show(content);
  }

  // The script may come twice: registered, and into a message that was already open.
  const scope = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (globalThis));
  if (scope[MARK]) return;
  scope[MARK] = true;
  void ask();
})();
