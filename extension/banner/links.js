/**
 * Holds the links of a dangerous mail back: whatever the reader does to follow one, the banner asks first and shows
 * where it really leads.
 */
(() => {
  const parts = /** @type {Partial<MekikiParts>} */ (Reflect.get(globalThis, Symbol.for("mekiki")));

  /** What shows a document of its own. */
  const FRAMES = "iframe, frame, object, embed";

  /**
   * What was really clicked, inside the shadow trees that a mail can declare.
   * @param {MouseEvent} event
   */
  function clicked(event) {
    let at = /** @type {Element} */ (event.target);
    for (;;) {
      const shadow = at.openOrClosedShadowRoot;
      // The keyboard clicks nowhere in particular, but on what has the focus.
      const inner = shadow?.elementFromPoint(event.clientX, event.clientY) ?? shadow?.activeElement;
      if (!inner || inner === at || !shadow?.contains(inner)) return at;
      at = inner;
    }
  }

  /**
   * The nearest element at or around a node for which something holds, out of shadow trees too.
   * @param {Element} from
   * @param {string} selector
   * @returns {Element | null}
   */
  function around(from, selector) {
    const near = from.closest(selector);
    if (near) return near;
    const root = from.getRootNode();
    return root instanceof ShadowRoot ? around(root.host, selector) : null;
  }

  /**
   * Where a link leads: in HTML, SVG and MathML alike.
   * @param {Element} link
   */
  function targetOf(link) {
    const written = link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "";
    return URL.canParse(written, link.baseURI) ? new URL(written, link.baseURI).href : written;
  }

  /**
   * @param {string} target
   */
  function isHere(target) {
    return target.split("#", 1)[0] === document.URL.split("#", 1)[0];
  }

  /**
   * Where a form sends what is entered. Read from the attributes: a field called "action" stands in for the property.
   * @param {HTMLFormElement} form
   * @param {Element | null} submitter
   */
  function targetOfForm(form, submitter) {
    const written = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
    return URL.canParse(written, form.baseURI) ? new URL(written, form.baseURI).href : written;
  }

  parts.holdLinks = (face, banner) => {
    const { send, trees } = /** @type {MekikiParts} */ (parts);

    /** Presses held back so far: the last one is asked about. */
    let presses = 0;

    /**
     * @param {Event} event
     * @param {string} target
     */
    const holdBack = async (event, target) => {
      if (isHere(target)) return;
      event.preventDefault();
      // Thunderbird's own listener opens links whether or not the press was already answered.
      event.stopImmediatePropagation();
      presses += 1;
      const press = presses;
      const link = await send({ kind: "link-ask", url: target });
      if (!link || press !== presses) return;
      banner.raise();
      face.ask(/** @type {import("../shared/protocol.mjs").HeldLink} */ (link), () => {
        // As Thunderbird does: to the browser, from a form too, and without what was entered; a mailbox to a new mail.
        // Nothing else is opened.
        const { protocol } = URL.canParse(target) ? new URL(target) : { protocol: "" };
        if (protocol === "http:" || protocol === "https:") void send({ kind: "link-open", url: target });
        else if (protocol === "mailto:") location.assign(target);
      });
    };

    /**
     * Where a press leads.
     * @param {MouseEvent} event
     */
    const followed = (event) => {
      const at = clicked(event);
      const link = around(at, ":any-link");
      if (link) return targetOf(link);
      // Thunderbird opens the address of a form for a click on any button or field of it.
      const control = around(at, "button, input");
      const form = control && /** @type {HTMLButtonElement | HTMLInputElement} */ (control).form;
      return form ? targetOfForm(form, control) : null;
    };

    /** @param {MouseEvent} event */
    const onClick = (event) => {
      const target = followed(event);
      if (target !== null) void holdBack(event, target);
    };

    /**
     * Thunderbird opens links for the other buttons too, on a click that pages are not told of. Its target is what the
     * button went down and came up on: so it must not come up on anything of the mail.
     * @param {MouseEvent} event
     */
    const onOtherButton = (event) => {
      if (event.button === 0 || event.button === 2) return;
      const target = followed(event);
      if (target === null || isHere(target)) return;
      const mail = document.body;
      mail.setAttribute("inert", "");
      const release = () => setTimeout(() => mail.removeAttribute("inert"));
      window.addEventListener("mouseup", release, { capture: true, once: true });
      void holdBack(event, target);
    };

    /** @param {Event} event */
    const onSubmit = (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      void holdBack(event, targetOfForm(form, /** @type {SubmitEvent} */ (event).submitter));
    };

    const holding = new AbortController();
    const options = { capture: true, signal: holding.signal };
    const reach = () => {
      for (const tree of trees()) {
        // A form's submission is not told outside its own tree.
        tree.addEventListener("submit", onSubmit, options);
        // What happens in a frame is not told outside it.
        for (const frame of tree.querySelectorAll(FRAMES)) frame.setAttribute("inert", "");
      }
    };

    window.addEventListener("click", onClick, options);
    window.addEventListener("mousedown", onOtherButton, options);
    reach();
    document.addEventListener("DOMContentLoaded", reach, options);
    return () => holding.abort();
  };
})();
