/**
 * The addresses that the reader's accounts write from, where Thunderbird may tell them.
 */

/** What must be allowed for that. */
export const IDENTITIES_PERMISSION = { permissions: ["accountsRead"] };

/**
 * @returns {Promise<string[] | null>} Nothing where it is not allowed.
 */
export async function ownAddresses() {
  if (!(await messenger.permissions.contains(IDENTITIES_PERMISSION))) return null;
  const identities = await messenger.identities.list();
  const addresses = identities.map(({ email }) => email.toLowerCase()).filter((address) => address.includes("@"));
  return [...new Set(addresses)];
}
