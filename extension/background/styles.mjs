/**
 * The style sheet that holds the banner in a message: the file banner/banner.css, and for the root element one rule that
 * takes back whatever the mail says of it. The properties are not listed anywhere: they are all that this Thunderbird
 * knows.
 */

/**
 * Properties of the root element that the mail may set: what colours and sets its text, and cannot touch the banner,
 * which inherits nothing. The width of the border on top, by all its names, is the banner's own room.
 */
const LEFT =
  /^(color|color-scheme|background-.*|font.*|line-height|text-.*|letter-spacing|word-.*|border-(top|block-.*|inline-.*)-width)$/;

/** @type {Promise<string> | null} */
let made = null;

/** @returns {Promise<string>} */
export function bannerStyles() {
  made ??= make().catch((error) => {
    made = null;
    throw error;
  });
  return made;
}

async function make() {
  const response = await fetch(messenger.runtime.getURL("banner/banner.css"));
  const taken = [...getComputedStyle(document.documentElement)].filter((property) => !LEFT.test(property));
  const rule = taken.map((property) => `${property}: revert !important;`).join(" ");
  // First, so that the file's own rules for the root element stand above it.
  return `html { ${rule} }\n${await response.text()}`;
}
