/**
 * Keeps frames of a mail from stalling Thunderbird. Thunderbird 153 waits once for a document to be ready in the message
 * pane, and an empty frame is ready before the message is: the message then never counts as displayed, and no add-on
 * learns of it. So what frames say of themselves while the message is read is kept from it.
 */
(() => {
  /** @param {Event} event */
  const hush = (event) => event.stopImmediatePropagation();

  /** @param {Element} element */
  const quieten = (element) => {
    if (element instanceof HTMLIFrameElement) {
      element.contentDocument?.defaultView?.addEventListener("DOMContentLoaded", hush, { capture: true, once: true });
    }
    // A mail can declare shadow trees, and put frames into them.
    const shadow = element.openOrClosedShadowRoot;
    if (!shadow) return;
    reading.observe(shadow, { childList: true, subtree: true });
    for (const inner of shadow.querySelectorAll("*")) quieten(inner);
  };

  const reading = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node instanceof Element) quieten(node);
  });

  if (document.readyState !== "loading") return;
  reading.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => reading.disconnect(), { once: true });
})();
