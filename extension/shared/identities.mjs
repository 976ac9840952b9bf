/**
 * The addresses and names that the reader's accounts write under, where Thunderbird may tell them.
 */

/** What must be allowed for that. */
export const IDENTITIES_PERMISSION = { permissions: ["accountsRead"] };

/**
 * @returns {Promise<{ addresses: string[], names: string[] } | null>} Each once; nothing where it is not allowed.
 */
export async function ownIdentities() {
  if (!(await messenger.permissions.contains(IDENTITIES_PERMISSION))) return null;
  const identities = await messenger.identities.list();
  const addresses = identities.map(({ email }) => email.toLowerCase()).filter((address) => address.includes("@"));
  const names = identities.map(({ name }) => name.trim()).filter((name) => name !== "");
  return { addresses: [...new Set(addresses)], names: [...new Set(names)] };
}
