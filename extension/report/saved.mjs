/**
 * Saving a text as a file: a link to it, which asks the reader where to. No permission is needed for that.
 */

/** Milliseconds after which the file is surely written. */
const PATIENCE = 60_000;

/**
 * @param {string} text
 * @param {string} name Of the file.
 * @param {string} type MIME type.
 */
export function saved(text, name, type) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
}
