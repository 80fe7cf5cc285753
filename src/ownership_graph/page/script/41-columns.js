// A few nodes in columns: what points at the subjects left, what they point at right, and below
// them what is tied to neither.
"use strict";

/** Measures of a focus, in units that are pixels at scale 1. */
const ROW = 27;
/** From one subject to the next below it: of few, and of more than so many. */
const SUBJECT_ROW = 110;
const SUBJECT_ROW_OF_MANY = 54;
const FEW_SUBJECTS = 4;
const MOST_SUBJECT_ROWS = 14;
const SUBJECT_COLUMN = 300;
const MOST_ROWS = 24;
const BETWEEN_BLOCKS = 0.9;
const COLUMN = 230;
const OUTER_COLUMN = 275;
const SUB_COLUMN = 215;
/** So far below all others lies what is tied to none of them, in so many rows at least. */
const APART = 78;
const LEAST_APART_ROWS = 3;

/**
 * The column of each node: 0 for the subjects, -1 for what points at them, +1 for what they
 * point at, and so on outward. What no line reaches has none.
 * @param {number[]} nodes @param {Line[]} lines @param {number[]} subjects
 * @returns {Map<number, number>}
 */
function columnsOf(nodes, lines, subjects) {
  const begin = subjects.length ? subjects : nodes.slice(0, 1);
  const columns = new Map(begin.map((node) => [node, 0]));
  const ties = new Map(nodes.map((node) => [node, /** @type {Line[]} */ ([])]));
  for (const line of lines) {
    for (const end of new Set([line.start, line.end])) ties.get(end)?.push(line);
  }
  for (let front = begin; front.length; ) {
    front = front.flatMap((node) => settleBeside(node, ties.get(node) ?? [], columns));
  }
  return columns;
}

/** Give those that are tied to a node, and have no column yet, the one beside its own; what is only
 * implied points nowhere, and goes right.
 * @param {number} node @param {Line[]} lines at the node @param {Map<number, number>} columns
 * @returns {number[]} these */
function settleBeside(node, lines, columns) {
  const here = columns.get(node) ?? 0;
  const found = [];
  for (const { start, end, via } of lines) {
    const other = start === node ? end : start;
    if (columns.has(other)) continue;
    const outward = Math.sign(here) || (start === node || via ? 1 : -1);
    columns.set(other, here + outward);
    found.push(other);
  }
  return found;
}

/** Columns side by side, in each what hangs on one node by one type of relationship together; last
 * the nodes that have no column.
 * @param {OwnershipGraph} graph @param {number[]} nodes @param {Map<number, number>} columns
 * @param {Line[]} lines @returns {Spot[]} */
function spotsInColumns(graph, nodes, columns, lines) {
  const inward = inwardOf(columns, lines);
  /** @type {Map<number, Spot>} */
  const spots = new Map();
  const reach = { left: 0, right: 0 };
  const order = [...new Set(columns.values())].sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);
  for (const column of order) {
    const these = [...columns.keys()].filter((node) => columns.get(node) === column);
    if (column === 0) placeSubjects(these, reach, spots);
    else placeColumn(blocksOf(graph, these, inward, spots), column, reach, spots);
  }
  const apart = nodes.filter((node) => !columns.has(node));
  placeApart(byName(graph, apart), spots);
  return [...spots.values()];
}

/** The line that ties each node to a node nearer to the middle.
 * @param {Map<number, number>} columns @param {Line[]} lines @returns {Map<number, Line>} */
function inwardOf(columns, lines) {
  const inward = new Map();
  for (const line of lines) {
    const start = Math.abs(columns.get(line.start) ?? 0);
    const end = Math.abs(columns.get(line.end) ?? 0);
    if (start > end && !inward.has(line.start)) inward.set(line.start, line);
    if (end > start && !inward.has(line.end)) inward.set(line.end, line);
  }
  return inward;
}

/** The nodes of a column in blocks: each what one node is tied to by one type, beside that node.
 * @param {OwnershipGraph} graph @param {number[]} nodes @param {Map<number, Line>} inward
 * @param {Map<number, Spot>} spots @returns {number[][]} */
function blocksOf(graph, nodes, inward, spots) {
  /** @type {Map<string, {height: number, type: number, nodes: number[]}>} */
  const blocks = new Map();
  for (const node of nodes) {
    const line = inward.get(node);
    const hub = line && (line.start === node ? line.end : line.start);
    const type = line ? lineKind(graph, line) : -1;
    const height = hub === undefined ? 0 : (spots.get(hub)?.y ?? 0);
    const block = blocks.get(`${hub} ${type}`) ?? { height, type, nodes: [] };
    block.nodes.push(node);
    blocks.set(`${hub} ${type}`, block);
  }
  return [...blocks.values()]
    .sort((a, b) => a.height - b.height || a.type - b.type || a.nodes[0] - b.nodes[0])
    .map((block) => byName(graph, block.nodes));
}

/** @param {OwnershipGraph} graph @param {number[]} nodes @returns {number[]} by label and name */
function byName(graph, nodes) {
  return [...nodes].sort(
    (a, b) =>
      graph.nodes.label[a] - graph.nodes.label[b] ||
      graph.name(a).localeCompare(graph.name(b), "en", { numeric: true }) ||
      a - b,
  );
}

/** The subjects one below the other, many of them closer and in as many sub-columns as it takes.
 * @param {number[]} nodes @param {{left: number, right: number}} reach
 * @param {Map<number, Spot>} spots */
function placeSubjects(nodes, reach, spots) {
  const subColumns = Math.ceil(nodes.length / MOST_SUBJECT_ROWS);
  const rows = Math.ceil(nodes.length / subColumns);
  const high = nodes.length > FEW_SUBJECTS ? SUBJECT_ROW_OF_MANY : SUBJECT_ROW;
  const aside = ((subColumns - 1) / 2) * SUBJECT_COLUMN;
  nodes.forEach((node, place) => {
    const x = Math.floor(place / rows) * SUBJECT_COLUMN - aside;
    spots.set(node, { node, x, y: ((place % rows) - (rows - 1) / 2) * high, column: 0 });
  });
  reach.left = reach.right = Math.max(0, aside);
}

/** What is tied to none of what is laid out already, in rows below it, as wide as that is.
 * @param {number[]} nodes @param {Map<number, Spot>} spots */
function placeApart(nodes, spots) {
  const placed = [...spots.values()];
  const left = Math.min(0, ...placed.map(({ x }) => x));
  const right = Math.max(0, ...placed.map(({ x }) => x));
  const room = Math.max(1, Math.round((right - left) / SUB_COLUMN));
  const subColumns = Math.max(
    Math.min(room, Math.ceil(nodes.length / LEAST_APART_ROWS)),
    Math.ceil(nodes.length / MOST_ROWS),
  );
  const rows = Math.ceil(nodes.length / subColumns);
  const top = Math.max(-APART, ...placed.map(({ y }) => y)) + APART;
  const from = (left + right) / 2 - (subColumns * SUB_COLUMN) / 2 + ROW;
  nodes.forEach((node, place) => {
    const x = from + Math.floor(place / rows) * SUB_COLUMN;
    spots.set(node, { node, x, y: top + (place % rows) * ROW, column: 1 });
  });
}

/** Lay a column out, in as many sub-columns as it takes, outward from what is laid out already.
 * @param {number[][]} blocks @param {number} column @param {{left: number, right: number}} reach
 * @param {Map<number, Spot>} spots */
function placeColumn(blocks, column, reach, spots) {
  const side = Math.sign(column);
  const count = blocks.reduce((sum, block) => sum + block.length, 0);
  const subColumns = Math.ceil(count / Math.max(MOST_ROWS, Math.sqrt(count * 6)));
  const rows = blocks.map((block) => Math.ceil(block.length / subColumns));
  const high = rows.reduce((sum, each) => sum + each, 0) + (blocks.length - 1) * BETWEEN_BLOCKS;
  const from =
    (side < 0 ? reach.left : reach.right) + (Math.abs(column) > 1 ? OUTER_COLUMN : COLUMN);
  let row = -(high - 1) / 2;
  blocks.forEach((block, number) => {
    block.forEach((node, place) => {
      const sub = Math.floor(place / rows[number]);
      const y = (row + (place % rows[number]) + (sub % 2 ? 0.5 : 0)) * ROW;
      spots.set(node, { node, x: side * (from + sub * SUB_COLUMN), y, column });
    });
    row += rows[number] + BETWEEN_BLOCKS;
  });
  if (side < 0) reach.left = from + (subColumns - 1) * SUB_COLUMN;
  else reach.right = from + (subColumns - 1) * SUB_COLUMN;
}
