/**
 * Holds the banner over the message: in the top layer, in a closed shadow tree, first in the order of the keyboard, with
 * room made for it above the mail. What in the mail could take that away is taken from the mail. Styles alone are
 * met in banner.css.
 */
(() => {
  const parts = /** @type {Partial<MekikiParts>} */ (Reflect.get(globalThis, Symbol.for("mekiki")));

  /** How often the banner is put back where something took it away. */
  const MOST_RETURNS = 50;

  /** Attributes that the root element of a mail may have. Others make it inert, hidden, silent or editable. */
  const ROOT_KEEPS = new Set(["class", "dir", "id", "lang", "style", "xml:lang", "xmlns"]);

  /**
   * Every tree of the document: its own, and the shadow trees that a mail can declare.
   * @param {Document | ShadowRoot} root
   * @returns {Generator<Document | ShadowRoot>}
   */
  function* trees(root = document) {
    yield root;
    for (const element of root.querySelectorAll("*")) {
      const shadow = element.hasAttribute("data-mekiki") ? null : element.openOrClosedShadowRoot;
      if (shadow) yield* trees(shadow);
    }
  }

  /** Takes from the root element what would reach the banner through it. */
  function clearRoot() {
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) if (!ROOT_KEEPS.has(name)) root.removeAttribute(name);
  }

  /** A modal dialogue would make all else inert, the banner too; a button opens one without any script. */
  function disarmDialogues() {
    for (const tree of trees()) {
      for (const button of tree.querySelectorAll("[command], [commandfor]")) {
        button.removeAttribute("command");
        button.removeAttribute("commandfor");
      }
      for (const dialogue of tree.querySelectorAll("dialog:modal")) /** @type {HTMLDialogElement} */ (dialogue).close();
    }
  }

  parts.hold = ({ section, style }) => {
    const root = document.documentElement;
    const host = document.createElement("div");
    // Before whatever the mail puts first; the host itself is no stop, its buttons are.
    host.tabIndex = 1;
    const shadow = host.attachShadow({ mode: "closed", delegatesFocus: true });
    shadow.append(style, section);

    // The first lines of the mail move down by the banner's height. Nothing a style sheet says stands above an
    // attribute's !important.
    const makeRoom = () => {
      root.style.setProperty("border-top-width", `${host.offsetHeight}px`, "important");
      tellCut();
    };
    // What does not fit scrolls in the banner, and it is told that there is more.
    const tellCut = () => section.toggleAttribute("data-cut", host.scrollHeight - host.clientHeight - host.scrollTop > 4);
    host.addEventListener("scroll", tellCut);
    const sizes = new ResizeObserver(makeRoom);

    const place = () => {
      host.dataset.mekiki = "";
      host.contentEditable = "false";
      host.setAttribute("popover", "manual");
      if (host.parentNode !== root || root.firstChild !== host) root.prepend(host);
      // What is shown last stands on top.
      if (host.matches(":popover-open")) host.hidePopover();
      host.showPopover();
      makeRoom();
    };

    let returns = 0;
    const guard = new MutationObserver(() => {
      clearRoot();
      if (returns >= MOST_RETURNS || (host.parentNode === root && host.matches(":popover-open"))) return;
      returns += 1;
      place();
    });
    const leaveFullscreen = () => void document.exitFullscreen();

    // The rest of the mail may still be on its way.
    document.addEventListener("DOMContentLoaded", disarmDialogues);
    disarmDialogues();

    return {
      raise() {
        clearRoot();
        place();
        document.addEventListener("fullscreenchange", leaveFullscreen);
        sizes.observe(host);
        guard.observe(root, { attributes: true, childList: true });
        guard.observe(host, { attributes: true });
      },
      lower() {
        guard.disconnect();
        sizes.disconnect();
        document.removeEventListener("fullscreenchange", leaveFullscreen);
        host.remove();
        root.style.removeProperty("border-top-width");
      },
    };
  };

  parts.trees = trees;
})();
