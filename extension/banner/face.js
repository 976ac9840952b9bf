/**
 * The banner's face: its nodes and its own styles. Its words come finished and are set as text; values that the sender
 * wrote stand apart from the add-on's words, each in its own writing direction.
 *
 * A classic script: Thunderbird runs message display scripts as such.
 */
(() => {
  // What the scripts share. A mail can give a frame any name, and a name would find the frame; it cannot give a symbol.
  const key = Symbol.for("mekiki");
  const parts = /** @type {Partial<MekikiParts>} */ (Reflect.get(globalThis, key) ?? {});
  Reflect.set(globalThis, key, parts);

  // Generic families alone: a mail can give a font of its own any other name.
  const STYLE = `
    section {
      box-sizing: border-box; display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 4px 12px;
      align-items: start; padding: 6px 12px; font: 14px/1.45 system-ui, sans-serif; overflow-wrap: anywhere;
      color: #1d1300; background: #ffedc7; border-block-end: 3px solid #a15c00;
    }
    section:lang(ko) { word-break: keep-all; }
    section[data-level="dangerous"] { color: #2b0006; background: #ffe0e3; border-block-end-color: #b3001b; }
    .mark { font: 700 18px/1.3 system-ui, sans-serif; }
    .sentence { margin: 0; font-weight: 700; font-size: 15px; }
    .evidence { margin: 2px 0 0; padding-inline-start: 18px; }
    .evidence li { margin: 0; }
    .question, .target, .through { margin: 2px 0 0; }
    .target { font-family: monospace; direction: ltr; text-align: start; }
    .actions { display: flex; flex-wrap: wrap; gap: 8px; grid-column: 2 / -1; }
    .dismiss { grid-area: 1 / 3; }
    .cut {
      position: sticky; inset-block-end: 0; grid-column: 1 / -1; block-size: 0; margin: -4px -12px 0; visibility: hidden;
      background: inherit; pointer-events: none;
    }
    .cut span {
      position: absolute; inset: auto 0 0; font-size: 12px; font-weight: 700; text-align: center; background: inherit;
      border-block-start: 1px solid currentColor;
    }
    section[data-cut] .cut { visibility: visible; }
    b.domain { font-weight: 700; }
    .not { margin: 2px 0 0; font-weight: 700; }
    button {
      font: 600 13px/1.4 system-ui, sans-serif; padding: 4px 12px; border-radius: 4px; cursor: pointer;
      color: inherit; background: #ffffffb3; border: 1px solid currentColor;
    }
    button:focus-visible { outline: 3px solid #0060df; outline-offset: 1px; }
    .dismiss { padding-inline: 9px; }
    @media (max-width: 480px) {
      section { grid-template-columns: auto minmax(0, 1fr) auto; gap: 4px 8px; padding: 6px 8px; }
      /* First, so that they are there however little of the words fits. */
      .actions { grid-area: 1 / 2; gap: 4px; }
      .words { grid-column: 1 / -1; }
      .evidence { padding-inline-start: 14px; }
      .cut { margin-inline: -8px; }
      button { padding-inline: 8px; }
    }
    /* Where there is hardly room for the mail: the rest of each line stands in the details. */
    @media (max-height: 400px) {
      .evidence li { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    }
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

  /**
   * @param {string} className
   * @param {string} label
   * @param {() => void} act Done when the reader presses it: never by a script's own press.
   */
  const button = (className, label, act) => {
    const made = element("button", className, label);
    made.setAttribute("type", "button");
    made.addEventListener("click", (event) => {
      if (event.isTrusted) act();
    });
    return made;
  };

  /**
   * An address, the domain to look at in bold.
   * @param {Element} into
   * @param {readonly [string, string, string]} address
   */
  const spell = (into, [before, domain, after]) => into.append(before, element("b", "domain", domain), after);

  parts.face = (content, { junk, details, genuine, dismiss }) => {
    const section = element("section", "mekiki");
    section.dataset.level = content.level;
    section.setAttribute("role", "alert");
    section.setAttribute("aria-live", "assertive");
    section.setAttribute("aria-label", content.label);
    section.lang = content.language;
    section.dir = content.direction;

    const mark = element("span", "mark", content.level === "dangerous" ? "⛔" : "⚠");
    mark.setAttribute("aria-hidden", "true");
    const list = element("ul", "evidence");
    for (const { slot, sign, pieces } of content.evidence) {
      const item = element("li", "");
      item.dataset.slot = slot;
      item.dataset.sign = sign;
      for (const { text, isValue, address } of pieces) {
        if (!isValue) {
          item.append(text);
          continue;
        }
        const value = element("bdi", "value");
        if (address) spell(value, address);
        else value.append(text);
        item.append(value);
      }
      list.append(item);
    }
    const words = element("div", "words");
    words.append(element("p", "sentence", content.sentence), list);
    const close = button("dismiss", "×", dismiss);
    close.setAttribute("aria-label", content.dismiss);
    close.title = content.dismiss;
    const actions = element("div", "actions");
    if (content.junk) actions.append(button("junk", content.junk, junk));
    actions.append(button("details", content.details, details));
    if (content.genuine) actions.append(button("genuine", content.genuine, genuine));
    const more = element("div", "cut");
    more.append(element("span", "", `▾ ${content.cut}`));
    more.setAttribute("aria-hidden", "true");
    section.append(mark, words, actions, close, more);

    /** What Escape does. */
    let leave = dismiss;
    section.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !event.isTrusted) return;
      event.preventDefault();
      event.stopPropagation();
      leave();
    });

    const style = document.createElement("style");
    style.textContent = STYLE;
    return {
      section,
      style,
      ask(link, open) {
        const held = element("div", "held");
        const target = element("p", "target");
        spell(target, link.target);
        held.append(element("p", "question", link.sentence), target);
        if (link.not) held.append(element("p", "not", link.not));
        if (link.through) held.append(element("p", "through", link.through));
        const back = () => {
          held.replaceWith(list);
          choices.replaceWith(actions);
          more.before(close);
          leave = dismiss;
        };
        leave = back;
        const keep = button("keep", link.keep, back);
        const choices = element("div", "actions");
        choices.append(keep, button("open", link.open, () => {
          back();
          open();
        }));
        words.lastElementChild?.replaceWith(held);
        section.querySelector(".actions")?.replaceWith(choices);
        close.remove();
        // The reader's keyboard, and what is read aloud, go where the question is.
        keep.focus();
      },
    };
  };
})();
