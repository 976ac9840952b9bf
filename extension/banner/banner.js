/**
 * The banner in a displayed message. It asks the background what to say, and adds nothing at all where there is nothing
 * to say. Last of the banner's scripts: it puts their parts together.
 */
(() => {
  const parts = /** @type {MekikiParts} */ (Reflect.get(globalThis, Symbol.for("mekiki")));

  /** Milliseconds to wait before asking again, where the background page was just ending or starting. */
  const WAITS = [50, 200, 1000];

  /**
   * @param {import("../shared/messages.d.ts").Message} message
   * @returns {Promise<unknown>} Nothing where nobody answers: the message was left, or the add-on switched off.
   */
  parts.send = async (message) => {
    for (const wait of WAITS) {
      try {
        return await messenger.runtime.sendMessage(message);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    return null;
  };

  /** Milliseconds after which a message that is complete should have been told to the add-on. */
  const PATIENCE = 2000;

  /** @type {HeldBanner | null} */
  let shown = null;

  /** Lets go of the links that are held back. */
  let release = () => {};

  /** Whether the user closed it: then it stays closed. */
  let isDismissed = false;

  /** @param {unknown} answer What to say, or nothing. */
  function show(answer) {
    shown?.lower();
    release();
    release = () => {};
    shown = null;
    if (!answer) return;
    const content = /** @type {import("../shared/protocol.mjs").BannerContent} */ (answer);
    const face = parts.face(content, {
      junk: () => void parts.send({ kind: "banner-junk" }),
      details: () => void parts.send({ kind: "banner-details" }),
      genuine: () => void parts.send({ kind: "banner-genuine" }),
      dismiss: () => {
        isDismissed = true;
        banner.lower();
      },
    });
    const banner = parts.hold(face);
    banner.raise();
    if (content.holdsLinks) release = parts.holdLinks(face, banner);
    shown = banner;
  }

  async function ask() {
    let isAnswered = false;
    const overdue = async () => {
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
      if (isAnswered) return;
      const answer = await parts.send({ kind: "banner-overdue" });
      if (!isAnswered) show(answer);
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", overdue, { once: true });
    else void overdue();
    const answer = await parts.send({ kind: "banner-ask" });
    isAnswered = true;
    show(answer);
    if (!(/** @type {import("../shared/protocol.mjs").BannerContent | null} */ (answer)?.isLate)) return;
    const outcome = await parts.send({ kind: "banner-late" });
    show(outcome);
  }

  messenger.runtime.onMessage.addListener((message) => {
    if (isDismissed || Reflect.get(Object(message), "kind") !== "banner-again") return false;
    void parts.send({ kind: "banner-ask" }).then(show);
    return false;
  });

  // The scripts may come twice: registered, and into a message that was already open.
  if (parts.hasRun) return;
  parts.hasRun = true;
  void ask();
})();
