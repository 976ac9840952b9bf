/** The verdict, in rising order. `none` is not "safe": nothing worth mentioning was found. */
export type Level = "none" | "notice" | "suspicious" | "dangerous";

/** How a value of evidence is shown. */
export type DetailKind = "text" | "brand" | "domain" | "address" | "url" | "ip" | "country" | "date" | "weekday" | "trick" | "number";

/** One value that a sign saw. */
export interface Detail {
  readonly name: string;
  readonly kind: DetailKind;
  readonly value: string;
  /** Of a domain, an address or a URL. */
  readonly pieces?: Pieces;
}

/** What the add-on knows about the reader. Everything may be left out. */
export interface Context {
  readonly ownAddresses?: readonly string[];
  /** The reader's own names, as the accounts show them to others. */
  readonly ownNames?: readonly string[];
  readonly contacts?: readonly Contact[];
  /** Addresses the reader has written to. */
  readonly correspondents?: readonly string[];
  /** Whether earlier mail from the author's address lies in the reader's folders; left out where nobody looked. */
  readonly isKnownAuthor?: boolean;
  /** Hosts that receive the reader's mail, and what they write into it. */
  readonly receivers?: readonly Receiver[];
  /** Domains, or with an `@` single addresses, that the reader trusts when they authenticate. */
  readonly trustedDomains?: readonly string[];
  /** Domains of the reader's organisation beside those of the own addresses. */
  readonly ownDomains?: readonly string[];
  /** Brands that the reader added to the directory. */
  readonly ownBrands?: readonly OwnBrand[];
  /** How much it takes until something is said; `normal` where it is left out. */
  readonly sensitivity?: Sensitivity;
}

/** Somebody by name and address. */
export interface Contact {
  readonly name: string;
  readonly address: string;
}

/** A host that receives the reader's mail, as earlier mail has shown it. */
export interface Receiver {
  /** Its organisational domain, by the `by` of its Received fields. */
  readonly host: string;
  /** authserv-ids (RFC 8601) under which its results stand, the empty one where they bear none. */
  readonly ids: readonly string[];
  readonly place: ResultsPlace;
}

/** Where a host writes its results of authentication: above the line in which it took the message, right below it, nowhere. */
export type ResultsPlace = "above" | "below" | "none";

/** A brand that the reader added; the first name is the one that is shown. */
export interface OwnBrand {
  readonly names: readonly string[];
  readonly domains: readonly string[];
}

/** Earlier than was found best, as it was measured, or later. */
export type Sensitivity = "cautious" | "normal" | "quiet";

/** What was looked up so far. */
export interface Answers {
  /** IP addresses by host name; an empty list: the name has none. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  /** What is inside the message's files; left out where nobody looked. */
  readonly inside?: readonly Looked[] | null;
  /** What was proven of the message. */
  readonly proof?: Proof;
}

/** What was found in one of the files of a message. */
export interface Looked {
  /** The place among the report's attachments; null for what is drawn in the text itself. */
  readonly attachment: number | null;
  readonly inside: Inside;
}

/** What is inside a file. */
export interface Inside {
  /** Addresses that its links lead to, as written. */
  readonly links: readonly string[];
  /** What the QR codes in it say. */
  readonly codes: readonly string[];
  /** Names of the files that are packed in it. */
  readonly names: readonly string[];
  /** Whether programs run in it. */
  readonly hasMacros: boolean;
  readonly isLocked: boolean;
  /** Whether it could not be looked into, or not completely. */
  readonly isUnread: boolean;
}

/** What an attached web page does. */
export interface AttachedPage {
  readonly title: string | null;
  readonly form: { readonly action: string | null; readonly asksPassword: boolean; readonly inputs: number } | null;
  readonly hasScript: boolean;
  /** Whether it goes to another page by itself. */
  readonly leadsOn: boolean;
  /** Whether what it does is encoded, and made at the moment it runs. */
  readonly isEncoded: boolean;
  readonly addresses: readonly string[];
}

/** How a check came out (RFC 8601); `temperror`: it could not be checked. */
export type Proven = "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror" | "pending";

/** A DKIM signature, or one of an ARC set. */
export interface ProvenSignature {
  readonly domain: string;
  readonly selector: string;
  readonly identity: string | null;
  readonly algorithm: string;
  readonly keyBits: number | null;
  readonly outcome: Proven;
  /** Why it does not pass: `body-hash`, `mismatch`, `no-key` ... */
  readonly reason: string | null;
  /** Whether its domain only tries signing out: it counts as none. */
  readonly isTesting: boolean;
  readonly signedFields: readonly string[];
  /** Fields that decide what is shown and were added after it was signed. */
  readonly addedFields: readonly string[];
  /** Bytes of the body that are signed, where that is not all of it. */
  readonly bodyCovered: number | null;
  readonly bodyLength: number;
  /** Seconds since 1970. */
  readonly signedAt: number | null;
  readonly expiresAt: number | null;
}

/** What was proven of a message. */
export interface Proof {
  /** When the answers were given that it rests on, seconds since 1970. */
  readonly checkedAt: number;
  readonly signatures: readonly ProvenSignature[];
  readonly spf: {
    readonly outcome: Proven;
    readonly domain: string;
    readonly isHelo: boolean;
    readonly client: string | null;
    readonly mechanism: string | null;
    readonly explanation: string | null;
  } | null;
  readonly arc: {
    readonly outcome: Proven;
    readonly reason: "structure" | "too-many" | "declared" | "message" | "seal" | null;
    readonly sets: readonly {
      readonly instance: number;
      readonly seal: ProvenSignature;
      readonly message: ProvenSignature;
    }[];
  } | null;
  readonly dmarc: {
    readonly outcome: Proven;
    readonly domain: string;
    readonly recordDomain: string | null;
    readonly policy: "none" | "quarantine" | "reject" | null;
    readonly isDkimStrict: boolean;
    readonly isSpfStrict: boolean;
    readonly alignedSignatures: readonly string[];
    readonly isSpfAligned: boolean;
  } | null;
  /** What was not looked at since there was too much of it. */
  readonly bounds: readonly ("signatures" | "questions" | "rounds")[];
}

/** Something a report would like to know. */
export type Question =
  | { readonly kind: "addresses"; readonly host: string }
  | { readonly kind: "inside" }
  | { readonly kind: "proof"; readonly envelope: Envelope };

/** What is known of a message's delivery, for whoever proves it. */
export interface Envelope {
  /** The IP address that handed the message to the receiving side. */
  readonly client: string | null;
  readonly helo: string | null;
  /** The envelope sender; empty for the null sender, null where it is not known. */
  readonly mailFrom: string | null;
  /** The domain of the author's address. */
  readonly author: string | null;
  /** Seconds since 1970. */
  readonly receivedAt: number | null;
}

/** Where a host stands. */
export interface Server {
  readonly ip: string;
  readonly network: string | null;
  /** By estimate, ISO 3166-1 alpha-2. */
  readonly country: string | null;
}

/** How much a sign tells by itself. */
export type Strength = "strong" | "medium" | "weak" | "reassuring";

/** One sign that was found. */
export interface Finding {
  readonly id: string;
  /** What it added to the score: natural logarithm of a likelihood ratio, after capping. */
  readonly weight: number;
  /** How much it tells by itself, whatever else was found. */
  readonly strength: Strength;
  /** What was seen, in the order in which the sign's texts number it. */
  readonly evidence: readonly Detail[];
}

/** What a mail is after. */
export type Aim = "password" | "card" | "login" | "gift-cards" | "call" | "money" | "file";

/** What a line of the banner answers: who it really is from, where its links or files lead, what it wants. */
export type Slot = "sender" | "leads" | "wants";

/** One line of a banner. */
export interface BannerLine {
  readonly slot: Slot;
  /** The sign whose summary it is; null where it is a plain fact. */
  readonly sign: string | null;
  /** The key of its text. */
  readonly text: string;
  /** The values that the text numbers. */
  readonly evidence: readonly Detail[];
}

/** The author, as a mail client shows it. */
export interface Author {
  readonly name: string;
  readonly address: string;
  /** Organisational domain of the address. */
  readonly domain: string | null;
  /**
   * What the reader's trust would bind to, an entry for `trustedDomains`: that domain, or the very address where anybody
   * can have a mailbox at it; null where it does not vouch for the message.
   */
  readonly trust: string | null;
}

/** One hop, latest first. */
export interface HopView {
  readonly greeting: string | null;
  /** Whether that means no more than "this very machine". */
  readonly isGreetingOwnMachine: boolean;
  readonly reverseName: string | null;
  /** Whether the receiving host says that the address has no name. */
  readonly isUnnamed: boolean;
  readonly ip: string | null;
  readonly network: string | null;
  /** Where the address is used, by estimate: ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly by: string | null;
  /** RFC 3339. */
  readonly time: string | null;
  /** Seconds since the hop before. */
  readonly delay: number | null;
  readonly isEncrypted: boolean;
  /** Whether the recipient's side wrote it. */
  readonly isTrusted: boolean;
  readonly isFirstOutside: boolean;
  /** Byte offset of its field: the one of a field of the header. */
  readonly offset: number;
}

/** What is believed of a result: only the first is the receiving host's word. */
export type Standing = "believed" | "contradicted" | "disproved" | "unproven" | "foreign";

/** The host that received a message. */
export interface ReceivingHost {
  /** Its organisational domain. */
  readonly host: string;
  /** Its name, by its Received field. */
  readonly name: string;
  /** Where the message has results that are its own, or could be; null where that teaches nothing of its habits. */
  readonly place: ResultsPlace | null;
  /** The authserv-id of those results, empty where they bear none. */
  readonly id: string;
}

/** What a line of the header is. */
export type LineRole =
  | "outside-hop"
  | "own-hop"
  | "unproven-hop"
  | "own-results"
  | "contradicted-results"
  | "unproven-results"
  | "author"
  | "sender"
  | "reply-to"
  | "envelope"
  | "message-id"
  | "signature"
  | "other";

/** The result of one authentication method. */
export interface Authenticated {
  readonly method: string | { readonly other: string };
  readonly outcome: "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror" | "other";
  readonly domain: string | null;
  readonly isAligned: boolean;
  /** Who says so (authserv-id, RFC 8601). */
  readonly by: string | null;
  readonly standing: Standing;
  /** Byte offset of its field: the one of a field of the header. */
  readonly offset: number;
}

/** One link. */
export interface LinkView {
  readonly shown: string;
  readonly url: string;
  /** The host that a click contacts first. */
  readonly contacted: string | null;
  /** The host it leads to in the end, as far as the link tells. */
  readonly host: string | null;
  readonly domain: string | null;
  /** The ending of the domain where it belongs to a country (ISO 3166-1 alpha-2): `.in`, `IN`. */
  readonly ending: { readonly name: string; readonly country: string } | null;
  readonly chain: readonly string[];
  /** `url` and each address of `chain`, around the part of the host to look at. */
  readonly pieces: readonly Pieces[];
  /** Where the host stands, if its addresses were looked up. */
  readonly server?: Server;
  readonly brand: string | null;
  /** Whether the message speaks for a brand, and this is none of its places. */
  readonly isForeign: boolean;
  readonly isClickable: boolean;
  readonly count: number;
}

/** An address around the part of its host that somebody registered. */
export interface Pieces {
  readonly before: string;
  readonly domain: string;
  readonly after: string;
}

/** One address of the header. */
export interface AddressView {
  readonly field: "From" | "Sender" | "Reply-To" | "To" | "Cc" | "Return-Path";
  readonly name: string;
  readonly address: string;
}

/** What a file is. */
export type FileKind = "program" | "page" | "pdf" | "document" | "picture" | "archive";

/** One attached file. */
export interface Attachment {
  readonly name: string | null;
  readonly otherName: string | null;
  readonly declaredType: string;
  readonly actualType: string | null;
  readonly kind: FileKind | null;
  /** Set where it is a program or a page, and name or type say something tamer. */
  readonly pretends: FileKind | null;
  readonly encodedSize: number;
  readonly depth: number;
  readonly isInline: boolean;
  readonly sha256: string | null;
  readonly page: AttachedPage | null;
  readonly inside: Inside | null;
}

/** Something of the message that was not read. */
export interface Unread {
  readonly kind:
    | "fields"
    | "parts"
    | "depth"
    | "text"
    | "links"
    | "styles"
    | "charset"
    | "encoding"
    | "media-type"
    | "encrypted";
  /** A media type, a charset, a transfer encoding; empty where the kind says it all. */
  readonly what: string;
  readonly percent: number;
  /** Whether it stands where the message itself should be. */
  readonly isMessageItself: boolean;
}

/** What makes two parsers read two messages. */
export type AnomalyKind =
  | "duplicate-field" | "space-before-colon" | "folded-name" | "bad-field-name" | "leading-space"
  | "line-without-colon" | "bare-cr" | "mixed-line-ends" | "nul" | "raw8-bit" | "overlong-line"
  | "missing-blank-line" | "conflicting-parameter" | "ambiguous-parameter" | "broken-boundary" | "reused-boundary"
  | "encoded-parameter" | "bad-transfer-encoding" | "bad-base64" | "bad-quoted-printable" | "unknown-charset"
  | "refused-charset" | "hidden-part" | "too-deep" | "too-many-parts" | "text-cut" | "styles-cut" | "links-cut"
  | "header-cut";

/** One such oddity in the way a message is built. */
export interface Anomaly {
  readonly kind: AnomalyKind;
  /** Field name, parameter or place. */
  readonly detail: string;
  /** What was seen there: several values are several readings. */
  readonly values: readonly string[];
  readonly count: number;
}

/** Everything Mekiki has to say about one message. */
export interface Report {
  readonly level: Level;
  /** Natural logarithm of the odds that it is impersonation. */
  readonly score: number;
  /** Weightiest first; reassuring ones carry negative weight. */
  readonly signs: readonly Finding[];
  /** The sign that speaks against anybody's word that it is genuine: its id; null where none does. */
  readonly contradiction: string | null;
  /** What a banner says of it, line by line. */
  readonly banner: readonly BannerLine[];
  /** What it is after, of a mail that may be an impersonation; the most telling first. */
  readonly aims: readonly Aim[];
  /** Name of the brand it speaks for. */
  readonly claim: string | null;
  /** Where that brand takes reports of mail in its name. */
  readonly abuse: string | null;
  readonly wanted: readonly Question[];
  readonly from: Author | null;
  readonly addresses: readonly AddressView[];
  /** Whose mail it is, in lower case: to be masked wherever the dissection is shown to others. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** RFC 3339. */
  readonly date: string | null;
  readonly trail: readonly HopView[];
  /** The day of the table that names the networks in `trail`: `YYYY-MM-DD`. */
  readonly networksDate: string;
  readonly authentication: readonly Authenticated[];
  /** What Mekiki proved itself; left out where nothing was looked up. */
  readonly proof?: Proof;
  readonly receiver: ReceivingHost | null;
  readonly links: readonly LinkView[];
  readonly attachments: readonly Attachment[];
  /** What was not read: why, what it is, its share of the message in percent. */
  readonly unread: readonly Unread[];
  readonly anomalies: readonly Anomaly[];
  readonly header: readonly { readonly name: string; readonly value: string; readonly offset: number; readonly role: LineRole }[];
}

/** A format to publish in. */
export type Format = "text" | "markdown" | "html";

/** The words to publish in. */
export interface PublishedTexts {
  /** BCP 47. */
  readonly language: string;
  /** The locale's `messages.json`. */
  readonly messages: Readonly<Record<string, { readonly message: string; readonly placeholders?: Readonly<Record<string, { readonly content: string }>> }>>;
  /** Names of countries by ISO 3166-1 code. */
  readonly countries: Readonly<Record<string, string>>;
  /** A drawing of the way it came (SVG), which is put into pages as it is; empty where there is none. */
  readonly map?: string;
}
