import type { Message } from "../shared/messages.d.ts";
import type { BannerContent, HeldLink } from "../shared/protocol.mjs";

declare global {
  /** The banner's face, by the nodes that others need. */
  interface BannerFace {
    /** All that is painted. */
    readonly section: HTMLElement;
    readonly style: HTMLStyleElement;
    /** Shows a link that was held back, with the two choices, in place of the evidence. */
    ask(link: HeldLink, open: () => void): void;
  }

  /** What its buttons do. */
  interface BannerActions {
    readonly junk: () => void;
    readonly details: () => void;
    readonly genuine: () => void;
    readonly dismiss: () => void;
  }

  /** The banner over a message. */
  interface HeldBanner {
    /** Sets it on top of everything, again where it was taken away. */
    raise(): void;
    /** Takes it away, until it is raised again. */
    lower(): void;
  }

  /** What the banner's scripts share. They are classic scripts of one page: each adds its part. */
  interface MekikiParts {
    hasRun: boolean;
    send(message: Message): Promise<unknown>;
    face(content: BannerContent, actions: BannerActions): BannerFace;
    hold(face: BannerFace): HeldBanner;
    /** Gives what lets go of them. */
    holdLinks(face: BannerFace, banner: HeldBanner): () => void;
    trees(): Iterable<Document | ShadowRoot>;
  }

  interface Element {
    /** Given to add-ons alone. */
    readonly openOrClosedShadowRoot: ShadowRoot | null;
  }
}
