/** What must be allowed for the reader's contacts to be known. */
export const CONTACTS_PERMISSION = { permissions: ["addressBooks"] };
