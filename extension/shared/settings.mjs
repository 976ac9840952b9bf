/**
 * What the reader can choose, with what holds where nothing was chosen.
 */
export const settings = Object.freeze({
  /** Links in a dangerous mail are held back: a click asks first and shows the real target. */
  holdLinks: false,
});
