/**
 * What lies in Thunderbird but did not come as mail: drafts, templates, sent mail, what waits to be sent, news of feeds and
 * groups. There is nobody in it who could be somebody else.
 *
 * @import {Report} from "../core/mekiki.js"
 */

/** Uses of folders for what the user writes. */
const OWN = ["drafts", "templates", "sent", "outbox"];

/** Kinds of accounts whose messages are no mail. */
export const NO_MAIL = ["rss", "nntp"];

/** What whoever received a message writes over it. */
const RECEIVERS = ["return-path", "delivered-to", "authentication-results", "x-original-to", "envelope-to"];

/** What Thunderbird writes into drafts, and what news of groups has. */
const UNSENT = ["x-mozilla-draft-info", "x-identity-key", "newsgroups"];

/** What must be allowed to know where a message lies. */
const PERMISSION = { permissions: ["accountsRead"] };

/**
 * Whether a message lies where no mail arrives, as far as that may be known: what cannot be keeps no mail from being judged.
 * @param {MessageHeader} message
 */
export async function isKeptApart({ folder }) {
  if (folder?.specialUse?.some((use) => OWN.includes(use))) return true;
  try {
    // Thunderbird goes on telling folders for a while after that was taken back, but no accounts.
    if (!folder || !(await messenger.permissions.contains(PERMISSION))) return false;
    const account = await messenger.accounts.get(folder.accountId);
    return account !== null && NO_MAIL.includes(account.type);
  } catch {
    return false;
  }
}

/**
 * The same by the message's own marks: it says that it is no mail, and nobody received it. A sender can bring about the
 * first and not the second, since the recipient's host writes its lines over whatever arrives.
 * @param {MessageHeader} message
 * @param {Report} report
 */
export function neverArrived({ external }, { trail, header }) {
  if (external || header.some(({ name }) => RECEIVERS.includes(name.toLowerCase()))) return false;
  const isUnsent = header.some(({ name }) => UNSENT.includes(name.toLowerCase()));
  // Thunderbird itself writes "Received: by localhost" over news of a feed.
  return (isUnsent || trail.length > 0) && trail.every(({ by, ip, greeting, reverseName }) => by === "localhost" && !ip && !greeting && !reverseName);
}
