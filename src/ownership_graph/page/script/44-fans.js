// A hub with many neighbours alike: they lie round it, what is tied to it in one way together.
"use strict";

/** From more than so many that are tied to it in one way a hub has them round it. */
const MANY_LIKE = 8;
/** So many names find room at both sides of a hub. */
const MOST_ROUND = 60;
const LEAST_REACH = 230;

/**
 * The neighbours of the only subject by the way in which they are tied to it, those that point at
 * it first; none where they are few, too many, or where not all that is shown is tied to it.
 * @param {OwnershipGraph} graph @param {number[]} nodes @param {Line[]} lines
 * @param {number[]} subjects @returns {number[][] | null}
 */
function fanOf(graph, nodes, lines, subjects) {
  const [hub] = subjects;
  if (subjects.length !== 1 || nodes.length > MOST_ROUND + 1) return null;
  const met = new Set([hub]);
  /** @type {Map<number, number[]>} by whether the hub is the start, and by type */
  const bundles = new Map();
  for (const line of lines) {
    const { start, end } = line;
    const other = start === hub ? end : start;
    if ((start !== hub && end !== hub) || met.has(other)) continue;
    met.add(other);
    const kinds = graph.types.length + graph.labels.length;
    const key = (start === hub ? kinds : 0) + lineKind(graph, line);
    bundles.set(key, [...(bundles.get(key) ?? []), other]);
  }
  const sorted = [...bundles].sort(([a], [b]) => a - b).map(([, each]) => byName(graph, each));
  const isFan = sorted.some((each) => each.length > MANY_LIKE);
  return isFan && met.size === nodes.length ? sorted : null;
}

/**
 * The hub in the middle, and its neighbours on an oval: up its left side and down its right, each
 * name in a row of its own.
 * @param {number} hub @param {number[][]} fan as of `fanOf` @returns {Spot[]}
 */
function spotsRound(hub, fan) {
  const slots = fan.flatMap((bundle, place) => (place ? [null, ...bundle] : bundle));
  const left = Math.ceil(slots.length / 2);
  const high = ((left - 1) / 2) * ROW;
  const reach = { x: Math.max(LEAST_REACH, high * 0.9), y: high * 1.12 + ROW };
  const round = slots.flatMap((node, place) => {
    if (node === null) return [];
    const side = place < left ? -1 : 1;
    const y = side < 0 ? high - place * ROW : (place - left) * ROW - high;
    const x = side * reach.x * Math.sqrt(1 - (y / reach.y) ** 2);
    return [{ node, x, y, column: side }];
  });
  return [{ node: hub, x: 0, y: 0, column: 0 }, ...round];
}
