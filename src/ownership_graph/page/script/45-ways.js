// The shortest ways between two nodes, whichever way relationships point. No drawing here.
"use strict";

/** So many ways are shown before "show all", and so many then. */
const MOST_WAYS = 5;
const MOST_WAYS_ALL = 200;
/** So many are looked at, so that those that turn round least are among them. */
const MOST_COMPARED = 200;
const MOST_STEPS = 12;
/** Measures of a picture of ways, in units that are pixels at scale 1. */
const STEP_HIGH = 92;
const WAYS_APART = 250;

/**
 * All shortest ways from a node to another: for each node on one, those before it.
 * @typedef {{start: number, end: number, before: Map<number, number[]>}} Ways
 */

/** @param {OwnershipGraph} graph @param {Filter} filter @param {number} start @param {number} end
 * @returns {Ways | null} none where no chain of so many steps ties them */
function waysBetween(graph, filter, start, end) {
  const levels = new Map([[start, 0]]);
  let front = [start];
  for (let level = 1; level <= MOST_STEPS && !levels.has(end); level++) {
    front = front.flatMap((node) => neighbours(graph, filter, node));
    front = [...new Set(front)].filter((node) => !levels.has(node));
    for (const node of front) levels.set(node, level);
  }
  if (!levels.has(end)) return null;
  const before = new Map();
  for (let nodes = [end]; nodes.length; ) {
    for (const node of nodes) before.set(node, nodesBefore(graph, filter, levels, node));
    nodes = [...new Set(nodes.flatMap((node) => before.get(node)))];
  }
  return { start, end, before };
}

/** @param {OwnershipGraph} graph @param {Filter} filter @param {number} node
 * @returns {number[]} each once */
function neighbours(graph, filter, node) {
  const ties = graph.touching[node].filter((tie) => filter.tie(tie));
  return [...new Set(ties.map((tie) => graph.other(tie, node)))];
}

/** @param {OwnershipGraph} graph @param {Filter} filter @param {Map<number, number>} levels
 * @param {number} node @returns {number[]} the neighbours that are one step nearer to the start */
function nodesBefore(graph, filter, levels, node) {
  const level = /** @type {number} */ (levels.get(node));
  return neighbours(graph, filter, node)
    .filter((other) => levels.get(other) === level - 1)
    .sort((a, b) => a - b);
}

/** How many ways there are. @param {Ways} ways @returns {number} */
function countOfWays({ start, end, before }) {
  const counts = new Map([[start, 1]]);
  /** @param {number} node @returns {number} */
  const count = (node) => {
    const known = counts.get(node);
    if (known !== undefined) return known;
    const sum = (before.get(node) ?? []).reduce((all, each) => all + count(each), 0);
    counts.set(node, sum);
    return sum;
  };
  return count(end);
}

/** The ways to a node, in the order of the numbers from its end. @param {Ways} ways
 * @param {number} node @returns {Generator<number[]>} */
function* waysTo(ways, node) {
  if (node === ways.start) yield [node];
  for (const each of ways.before.get(node) ?? []) {
    for (const way of waysTo(ways, each)) yield [...way, node];
  }
}

/** So many ways, those first that go one way, as from what stands to what it stands on.
 * @param {OwnershipGraph} graph @param {Filter} filter @param {Ways} ways @param {number} most
 * @returns {number[][]} */
function firstWays(graph, filter, ways, most) {
  const some = [];
  for (const way of waysTo(ways, ways.end)) {
    some.push({ way, turns: turnsOf(graph, filter, way) });
    if (some.length >= Math.max(MOST_COMPARED, most)) break;
  }
  return some
    .sort((a, b) => a.turns - b.turns)
    .slice(0, most)
    .map(({ way }) => way);
}

/** How often a way turns from along its relationships to against them.
 * @param {OwnershipGraph} graph @param {Filter} filter @param {number[]} way @returns {number} */
function turnsOf(graph, filter, way) {
  const directions = way.slice(1).map((node, place) => {
    const ties = tiesBetween(graph, filter, way[place], node);
    return new Set(ties.map((tie) => graph.relationships.start[tie] === way[place]));
  });
  const pairs = directions.slice(1).map((each, place) => [directions[place], each]);
  return pairs.filter(([a, b]) => ![...a].some((direction) => b.has(direction))).length;
}

/** @param {OwnershipGraph} graph @param {Filter} filter @param {number} one
 * @param {number} other @returns {number[]} all that tie the two */
function tiesBetween(graph, filter, one, other) {
  return graph.touching[one].filter((tie) => graph.other(tie, one) === other && filter.tie(tie));
}

/**
 * The ways from top to bottom, a row a step, so that even a long one is large enough to be read.
 * @param {OwnershipGraph} graph @param {Filter} filter @param {number} start @param {number} end
 * @param {boolean} all @returns {Scene}
 */
function waysScene(graph, filter, start, end, all) {
  const found = start === end ? null : waysBetween(graph, filter, start, end);
  const most = all ? MOST_WAYS_ALL : MOST_WAYS;
  const ways = found ? firstWays(graph, filter, found, most) : [];
  const rows = found ? rowsOf(ways) : [[start], [end]];
  const spots = spotsInRows(start === end ? [[start]] : rows);
  const members = spots.map(({ node }) => node);
  const row = new Map(rows.flatMap((nodes, place) => nodes.map((node) => [node, place])));
  const isStep = (/** @type {Line} */ line) => row.get(line.start) !== row.get(line.end);
  return {
    kind: "focus",
    layout: "ways",
    spots,
    lines: linesAmong(graph, filter, members).filter(isStep),
    subjects: [...new Set([start, end])],
    members,
    near: found ? found.before.size : members.length,
    ways,
    wayCount: found ? countOfWays(found) : 0,
  };
}

/** The nodes of some ways by step. @param {number[][]} ways @returns {number[][]} */
function rowsOf(ways) {
  return ways[0].map((_, step) => [...new Set(ways.map((way) => way[step]))]);
}

/** @param {number[][]} rows @returns {Spot[]} with their names at the right */
function spotsInRows(rows) {
  return rows.flatMap((nodes, row) =>
    nodes.map((node, place) => ({
      node,
      x: (place - (nodes.length - 1) / 2) * WAYS_APART,
      y: row * STEP_HIGH,
      column: 1,
    })),
  );
}
