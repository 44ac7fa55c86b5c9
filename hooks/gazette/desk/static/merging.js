/* Two versions of an entry made one, where they changed different fields of what both come from. */

export const isEmpty = (value) =>
  value === undefined || value === "" || (typeof value === "object" && Object.values(value).every(isEmpty));
const same = (one, other) => (isEmpty(one) && isEmpty(other)) || JSON.stringify(one) === JSON.stringify(other);
const isGroup = (value) => typeof value === "object" && !Array.isArray(value);

/* The data of both, and the `conflicts`: fields that both changed, each in its own way; there the data are mine, or else theirs. */
export function merged(base, mine, theirs, preferMine = true, above = []) {
  const data = {};
  const conflicts = [];
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const [was, own, other] = [base?.[key], mine[key], theirs[key]];
    const path = [...above, key];
    if (same(own, other) || same(own, was)) data[key] = other;
    else if (same(other, was)) data[key] = own;
    else if (isGroup(own) && isGroup(other)) {
      const inner = merged(was, own, other, preferMine, path);
      data[key] = inner.data;
      conflicts.push(...inner.conflicts);
    } else {
      data[key] = preferMine ? own : other;
      conflicts.push({ path, mine: own, theirs: other });
    }
    if (data[key] === undefined) delete data[key];
  }
  return { data, conflicts };
}
