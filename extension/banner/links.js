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
   * @param {HTMLElement | null} submitter
   */
  function targetOfForm(form, submitter) {
    const written = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
    return URL.canParse(written, form.baseURI) ? new URL(written, form.baseURI).href : written;
  }

  parts.holdLinks = (face, banner) => {
    const { send, trees } = /** @type {MekikiParts} */ (parts);

    /** What the reader let pass: this press of it goes through. */
    let passing = /** @type {Element | null} */ (null);
    /** Presses held back so far: the last one is asked about. */
    let presses = 0;

    /**
     * @param {Event} event
     * @param {string} target
     * @param {() => void} open
     */
    const holdBack = async (event, target, open) => {
      event.preventDefault();
      // Thunderbird's own listener opens links whether or not the press was already answered.
      event.stopImmediatePropagation();
      presses += 1;
      const press = presses;
      const link = await send({ kind: "link-ask", url: target });
      if (!link || press !== presses) return;
      banner.raise();
      face.ask(/** @type {import("../shared/protocol.mjs").HeldLink} */ (link), open);
    };

    /**
     * @param {Element} element
     * @param {() => void} press
     */
    const letPass = (element, press) => {
      passing = element;
      press();
      passing = null;
    };

    /** @param {Event} event */
    const onClick = (event) => {
      const link = around(clicked(/** @type {MouseEvent} */ (event)), ":any-link");
      if (!link || link === passing) return;
      const target = targetOf(link);
      if (isHere(target)) return;
      const isOfTheWeb = /^https?:/.test(target);
      void holdBack(event, target, () => {
        if (isOfTheWeb) void send({ kind: "link-open", url: target });
        else letPass(link, () => link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true })));
      });
    };

    /** @param {Event} event */
    const onSubmit = (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      if (form === passing) return;
      const { submitter } = /** @type {SubmitEvent} */ (event);
      void holdBack(event, targetOfForm(form, submitter), () => {
        letPass(form, () => HTMLFormElement.prototype.requestSubmit.call(form, submitter));
      });
    };

    const reach = () => {
      for (const tree of trees()) {
        // A form's submission is not told outside its own tree.
        tree.addEventListener("submit", onSubmit, true);
        // What happens in a frame is not told outside it.
        for (const frame of tree.querySelectorAll(FRAMES)) frame.setAttribute("inert", "");
      }
    };

    window.addEventListener("click", onClick, true);
    window.addEventListener("auxclick", onClick, true);
    reach();
    document.addEventListener("DOMContentLoaded", reach);
  };
})();
