/**
 * Things by what they have in common, each group and each thing in the order in which they came.
 * @template T
 * @param {readonly T[]} all
 * @param {(one: T) => string} keyOf
 * @returns {Map<string, [T, ...T[]]>}
 */
export function groupedBy(all, keyOf) {
  /** @type {Map<string, [T, ...T[]]>} */
  const groups = new Map();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
