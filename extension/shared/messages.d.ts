import type { Contact, Context, Format, LinkView } from "../core/mekiki.js";
import type { Learned, Use } from "../background/receivers.mjs";
import type { Act, Acted } from "./acts.mjs";
import type { BannerContent, Dissection, HeldLink, PolicyView } from "./protocol.mjs";
import type { Settings } from "./settings.mjs";

/** Everything that is said between the contexts of the add-on: by its kind, what a message carries and what is answered. */
export interface Exchanges {
  /** The banner's script of a message that was just shown asks what to show. */
  "banner-ask": [{}, BannerContent | null];
  /** Judging takes unusually long; the script asks what came of it in the end. */
  "banner-late": [{}, BannerContent | null];
  /** The message is complete, and nothing was answered yet. */
  "banner-overdue": [{}, BannerContent | null];
  /** The user wants the dissection. */
  "banner-details": [{}, null];
  /** The user wants the mail put away, from the banner. */
  "banner-junk": [{}, null];
  /** The user says, in the banner, that the mail is genuine. */
  "banner-genuine": [{}, null];
  /** A link was held back; the banner asks what to say of it. */
  "link-ask": [{ url: string }, HeldLink];
  /** The user wants a link of the web opened all the same. */
  "link-open": [{ url: string }, null];
  /** The popup asks for the dissection of a tab's message. Answered when there is one: fetching a message may take long. */
  "dissection-ask": [{ tabId: number }, Dissection];
  /** The popup waits for that, and asks whether the source of the message is there by now. */
  "fetched-ask": [{ tabId: number }, boolean];
  /** The dissection in a tab asks for its message's. */
  "dissection-of": [{ messageId: number }, Dissection];
  /** The dissection in a tab asks where the address leads that it was opened for. */
  "sought-ask": [{ url: string }, LinkView];
  /** The welcome page asks for the dissection of the sample that is packed with the add-on. */
  "example-ask": [{}, Dissection];
  /** A page asks for what the user chose. */
  "settings-ask": [{}, Settings];
  /** The user chose otherwise: some settings, the others stay. Answered with what is then in force. */
  "settings-change": [{ changes: Partial<Settings> }, Settings];
  /** The page of settings asks what the user's organisation set. */
  "policy-ask": [{}, PolicyView];
  /** The page of settings asks what was learned of receiving hosts. */
  "receivers-ask": [{}, readonly Learned[]];
  /** The user corrects that. Answered with what is then known. */
  "receiver-correct": [{ host: string; use: Use | "forgotten" }, readonly Learned[]];
  /** The user wants something done about messages, once it is allowed. */
  act: [{ act: Act; messageIds: readonly number[] }, Acted];
  /** The user did not allow it. */
  "act-refused": [{}, null];
  /** A page that came back asks what was done while it was gone. */
  "acted-ask": [{}, Acted | null];
  /**
   * The add-on is to start afresh, where Thunderbird does not show it its folders yet though that is allowed. Answered
   * with whether it does: the page that asks is then closed, and opened again.
   */
  afresh: [{}, boolean];
  /** The check of many messages asks for the user's side of one by this author. */
  "context-ask": [{ messageId: number; author: Contact | null }, Context];
  /** The user says whether a sender is genuine. Answered with the message judged again. */
  trust: [{ messageId: number; isTrusted: boolean }, Dissection];
  /** The user wants the warning on this one mail hidden, or shown again. Answered with its dissection. */
  hide: [{ messageId: number; isHidden: boolean }, Dissection];
  /** The user wants a sender blocked, or no more. Answered with the message judged again. */
  block: [{ messageId: number; isBlocked: boolean }, Dissection];
  /**
   * The dissection is wanted in writing, with a drawing of the way it came, which may be empty. Answered with nothing where
   * the message could not be checked.
   */
  publish: [{ messageId: number; format: Format; map: string }, string | null];
  /** A page that is printed asks for its texts with the recipient masked. */
  mask: [{ messageId: number; texts: readonly string[] }, readonly string[]];
  /**
   * The user wants looked up about a message what is asked of others. Answered with the message judged again; as it was
   * where nobody may be asked.
   */
  "look-up": [{ messageId: number }, Dissection];
  /** The user wants to write to somebody who takes reports, the message attached. */
  "report-mail": [{ messageId: number; to: string; subject: string; body: string }, null];
}

export type Kind = keyof Exchanges;

export type Body<K extends Kind> = Exchanges[K][0];

export type Answer<K extends Kind> = Exchanges[K][1];

/** A message of one kind. */
export type MessageOf<K extends Kind> = { readonly kind: K } & Readonly<Body<K>>;

/** A message of any kind: one closed union. */
export type Message = { [K in Kind]: MessageOf<K> }[Kind];
