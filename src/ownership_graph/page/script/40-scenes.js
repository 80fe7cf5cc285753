// What the map shows: the whole, one team, a finding, or a neighbourhood. No drawing here.
"use strict";

/** @typedef {{node: number, x: number, y: number, column: number}} Spot a node and where it lies */
/** @typedef {{tie: number, start: number, end: number}} Line a relationship between two spots' nodes */
/**
 * `spots` are nodes; in the kind "discs" none, and the discs stand for their members. `lines`
 * are relationships drawn one by one. `members` are the nodes shown, in a disc or one by one;
 * `near` is how many could be.
 * @typedef {{kind: "map" | "discs" | "team" | "focus", spots: Spot[], lines: Line[], subjects: number[], members: number[], near: number}} Scene
 */

/** So many nodes are drawn one by one; of more, their discs. */
const MOST_WHOLE = 2000;
/** So many nodes are shown round a finding before "show all". */
const MOST_NEAR = 40;
const MOST_ALL = 1500;
/** How much farther apart the members of a team lie when it is shown alone. */
const SPREAD = 2.7;
/** Measures of a focus, in units that are pixels at scale 1. */
const ROW = 27;
const SUBJECT_ROW = 110;
const MOST_ROWS = 24;
const BETWEEN_BLOCKS = 0.9;
const COLUMN = 230;
const OUTER_COLUMN = 275;
const SUB_COLUMN = 215;

/** What the legend lets through. */
class Filter {
  /** @param {OwnershipGraph} graph @param {string[]} hidden */
  constructor(graph, hidden) {
    const names = new Set(hidden);
    this.graph = graph;
    this.labels = graph.labels.map((label) => !names.has(label.name));
    this.types = graph.types.map((type) => !names.has(type.name));
    this.open = hidden.length === 0;
  }

  /** @param {number} node @returns {boolean} */
  node(node) {
    return this.labels[this.graph.nodes.label[node]];
  }

  /** @param {number} tie @returns {boolean} */
  tie(tie) {
    const { type, start, end } = this.graph.relationships;
    return this.types[type[tie]] && this.node(start[tie]) && this.node(end[tie]);
  }
}

/** All of a choice that decides the scene. @param {Choice} choice @returns {string} */
function sceneKey({ finding, team, hops, node, all, hidden }) {
  return JSON.stringify([finding, team, hops, hops ? node : "", all, hidden]);
}

/** The scene that the choice asks for. @param {Explorer} page @returns {Scene} */
function sceneOf(page) {
  const { graph, choice } = page;
  const filter = new Filter(graph, choice.hidden);
  const most = choice.all ? MOST_ALL : MOST_NEAR;
  if (choice.hops && page.node !== null) {
    return focusScene(graph, filter, [page.node], [page.node], choice.hops, most, []);
  }
  if (page.finding) return findingScene(page, filter, most);
  const disc = discOf(graph, choice.team);
  return disc === null ? wholeScene(graph, filter) : teamScene(graph, filter, disc);
}

/** @param {OwnershipGraph} graph @param {string} team a team's key, or a disc's name
 * @returns {number | null} */
function discOf(graph, team) {
  if (!team) return null;
  const node = graph.find(team);
  const disc = node === null ? graph.discs.findIndex((each) => each.name === team) : graph.nodes.disc[node];
  return disc < 0 ? null : disc;
}

/** How a disc is named in the address. @param {OwnershipGraph} graph @param {number} disc */
function discKey(graph, disc) {
  const { team, name } = graph.discs[disc];
  return team === null ? name : graph.key(team);
}

/** Everything at its place, or the discs alone where it is too much.
 * @param {OwnershipGraph} graph @param {Filter} filter @returns {Scene} */
function wholeScene(graph, filter) {
  const all = Array.from({ length: graph.nodeCount }, (_, node) => node);
  const nodes = filter.open ? all : all.filter((node) => filter.node(node));
  const whole = graph.nodeCount <= MOST_WHOLE;
  return {
    kind: whole ? "map" : "discs",
    spots: whole ? spotsOnMap(graph, nodes) : [],
    lines: [],
    subjects: [],
    members: nodes,
    near: nodes.length,
  };
}

/** @param {OwnershipGraph} graph @param {number[]} nodes @returns {Spot[]} */
function spotsOnMap(graph, nodes) {
  const { x, y } = graph.nodes;
  return nodes.map((node) => ({ node, x: x[node], y: y[node], column: 0 }));
}

/** The members of one disc, with room for their names, and what ties them to each other.
 * @param {OwnershipGraph} graph @param {Filter} filter @param {number} disc @returns {Scene} */
function teamScene(graph, filter, disc) {
  const nodes = graph.members[disc].filter((node) => filter.node(node));
  const lines = linesAmong(graph, filter, nodes);
  return {
    kind: "team",
    spots: spotsOnMap(graph, nodes).map((spot) => spread(spot, graph.discs[disc])),
    lines,
    subjects: graph.discs[disc].team === null ? [] : [/** @type {number} */ (graph.discs[disc].team)],
    members: nodes,
    near: nodes.length,
  };
}

/** @param {Spot} spot @param {Disc} disc @returns {Spot} the spot, farther from the disc's middle */
function spread(spot, { x, y }) {
  return { ...spot, x: x + (spot.x - x) * SPREAD, y: y + (spot.y - y) * SPREAD };
}

/** @param {OwnershipGraph} graph @param {Filter} filter @param {number[]} nodes @returns {Line[]} */
function linesAmong(graph, filter, nodes) {
  const { start, end } = graph.relationships;
  const among = new Set(nodes);
  const ties = new Set(nodes.flatMap((node) => graph.touching[node]));
  return [...ties]
    .filter((tie) => among.has(start[tie]) && among.has(end[tie]) && filter.tie(tie))
    .sort((a, b) => a - b)
    .map((tie) => ({ tie, start: start[tie], end: end[tie] }));
}

/** A finding's own nodes and the direct neighbours of its subject.
 * @param {Explorer} page @param {Filter} filter @param {number} most @returns {Scene} */
function findingScene(page, filter, most) {
  const { question, finding } = /** @type {{question: Question, finding: Finding}} */ (page.finding);
  const subjects = finding.subject.filter(isNode);
  const own = new Set([...subjects, ...nodesInRow(question, finding)]);
  const types = question.needs.map((need) => need.split(" ")[0]);
  return focusScene(page.graph, filter, subjects, [...own], 1, most, types);
}

/** @param {Named} named @returns {named is number} */
function isNode(named) {
  return typeof named === "number";
}

/** The nodes that a finding's row names. @param {Question} question @param {Finding} finding
 * @returns {number[]} */
function nodesInRow(question, finding) {
  return question.columns.flatMap((column, place) => {
    const cell = finding.row[place];
    if (column.kind !== "node" || cell === null || cell === undefined) return [];
    return (Array.isArray(cell) ? cell : [/** @type {Named} */ (cell)]).filter(isNode);
  });
}

/**
 * `own` nodes and what is within `hops` of the subjects, laid out in columns: what points at
 * them at the left, what they point at at the right.
 * @param {OwnershipGraph} graph @param {Filter} filter @param {number[]} subjects
 * @param {number[]} own @param {number} hops @param {number} most @param {string[]} types
 * @returns {Scene}
 */
function focusScene(graph, filter, subjects, own, hops, most, types) {
  const near = nearest(graph, filter, subjects, own, hops, types);
  const shown = near.slice(0, Math.max(most, own.length));
  const lines = linesAmong(graph, filter, shown);
  const columns = columnsOf(graph, shown, lines, subjects);
  return {
    kind: "focus",
    spots: spotsInColumns(graph, columns, lines),
    lines,
    subjects,
    members: shown,
    near: near.length,
  };
}

/**
 * The own nodes first, then those within `hops`: nearest first, those tied to an own node other
 * than the subject before the rest, then by the relationships that matter to the question.
 * @param {OwnershipGraph} graph @param {Filter} filter @param {number[]} subjects
 * @param {number[]} own @param {number} hops @param {string[]} types @returns {number[]}
 */
function nearest(graph, filter, subjects, own, hops, types) {
  const kept = [...new Set([...subjects, ...own])];
  const seen = new Set(kept);
  let front = subjects.length ? subjects : own;
  for (let hop = 0; hop < hops; hop++) {
    const found = stepFrom(graph, filter, front, seen, new Set(own), types);
    kept.push(...found);
    front = hop === 0 ? [...new Set([...found, ...own])] : found;
  }
  return kept;
}

/** @param {OwnershipGraph} graph @param {Filter} filter @param {number[]} front
 * @param {Set<number>} seen @param {Set<number>} own @param {string[]} types @returns {number[]} */
function stepFrom(graph, filter, front, seen, own, types) {
  /** @type {Map<number, number>} */
  const weight = new Map();
  for (const node of front) {
    for (const tie of graph.touching[node]) {
      const other = graph.other(tie, node);
      if (seen.has(other) || !filter.tie(tie)) continue;
      const matters = types.includes(graph.type(tie)) ? 0 : 1;
      weight.set(other, Math.min(weight.get(other) ?? matters, matters));
    }
  }
  const tiedToOwn = (/** @type {number} */ node) =>
    graph.touching[node].filter((tie) => own.has(graph.other(tie, node))).length > 1 ? 0 : 1;
  const order = [...weight.keys()].map((node) => ({ node, by: [tiedToOwn(node), weight.get(node) ?? 1, node] }));
  order.sort((a, b) => a.by[0] - b.by[0] || a.by[1] - b.by[1] || a.by[2] - b.by[2]);
  for (const { node } of order) seen.add(node);
  return order.map(({ node }) => node);
}

/**
 * The column of each node: 0 for the subjects, -1 for what points at them, +1 for what they
 * point at, and so on outward. What no line reaches goes below the subjects.
 * @param {OwnershipGraph} graph @param {number[]} nodes @param {Line[]} lines
 * @param {number[]} subjects @returns {Map<number, number>}
 */
function columnsOf(graph, nodes, lines, subjects) {
  const columns = new Map(subjects.map((node) => [node, 0]));
  const ties = new Map(nodes.map((node) => [node, /** @type {Line[]} */ ([])]));
  for (const line of lines) {
    ties.get(line.start)?.push(line);
    if (line.end !== line.start) ties.get(line.end)?.push(line);
  }
  let front = subjects.length ? subjects : nodes.slice(0, 1);
  if (!subjects.length && nodes.length) columns.set(nodes[0], 0);
  while (front.length) {
    const next = [];
    for (const node of front) {
      for (const line of ties.get(node) ?? []) {
        const other = line.start === node ? line.end : line.start;
        if (columns.has(other)) continue;
        const here = columns.get(node) ?? 0;
        const side = here === 0 ? (line.start === node ? 1 : -1) : Math.sign(here);
        columns.set(other, here + side);
        next.push(other);
      }
    }
    front = next;
  }
  for (const node of nodes) if (!columns.has(node)) columns.set(node, 0);
  return columns;
}

/** Columns side by side, in each what hangs on one node by one type of relationship together.
 * @param {OwnershipGraph} graph @param {Map<number, number>} columns @param {Line[]} lines
 * @returns {Spot[]} */
function spotsInColumns(graph, columns, lines) {
  const inward = inwardOf(columns, lines);
  /** @type {Map<number, Spot>} */
  const spots = new Map();
  const reach = { left: 0, right: 0 };
  const order = [...new Set(columns.values())].sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);
  for (const column of order) {
    const nodes = [...columns.keys()].filter((node) => columns.get(node) === column);
    if (column === 0) placeSubjects(nodes, spots);
    else placeColumn(blocksOf(graph, nodes, inward, spots), column, reach, spots);
  }
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
    const type = line ? graph.relationships.type[line.tie] : -1;
    const height = hub === undefined ? 0 : (spots.get(hub)?.y ?? 0);
    const block = blocks.get(`${hub} ${type}`) ?? { height, type, nodes: [] };
    block.nodes.push(node);
    blocks.set(`${hub} ${type}`, block);
  }
  const byName = (/** @type {number} */ a, /** @type {number} */ b) =>
    graph.nodes.label[a] - graph.nodes.label[b] ||
    graph.name(a).localeCompare(graph.name(b), "en", { numeric: true }) ||
    a - b;
  return [...blocks.values()]
    .sort((a, b) => a.height - b.height || a.type - b.type || a.nodes[0] - b.nodes[0])
    .map((block) => block.nodes.sort(byName));
}

/** @param {number[]} nodes @param {Map<number, Spot>} spots */
function placeSubjects(nodes, spots) {
  nodes.forEach((node, place) => {
    spots.set(node, { node, x: 0, y: (place - (nodes.length - 1) / 2) * SUBJECT_ROW, column: 0 });
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
  const from = (side < 0 ? reach.left : reach.right) + (Math.abs(column) > 1 ? OUTER_COLUMN : COLUMN);
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

/** How many relationships tie two teams, for those that the legend lets through.
 * @param {OwnershipGraph} graph @param {Filter} filter
 * @returns {{from: number, to: number, weight: number}[]} strongest first */
function tiesBetweenDiscs(graph, filter) {
  const { start, end } = graph.relationships;
  const { disc } = graph.nodes;
  const isTeam = graph.discs.map(({ team }) => team !== null);
  /** @type {Map<number, number>} */
  const weights = new Map();
  for (let tie = 0; tie < graph.relationshipCount; tie++) {
    const from = disc[start[tie]];
    const to = disc[end[tie]];
    if (from === to || !isTeam[from] || !isTeam[to] || !filter.tie(tie)) continue;
    const pair = Math.min(from, to) * graph.discs.length + Math.max(from, to);
    weights.set(pair, (weights.get(pair) ?? 0) + 1);
  }
  const count = graph.discs.length;
  return [...weights]
    .map(([pair, weight]) => ({ from: Math.floor(pair / count), to: pair % count, weight }))
    .sort((a, b) => b.weight - a.weight || a.from - b.from || a.to - b.to);
}

/** So many of the strongest ties as can be told apart: all from a weight on, where that parts
 * them, else the first.
 * @param {{from: number, to: number, weight: number}[]} ties @param {number} most */
function strongest(ties, most) {
  if (ties.length <= most) return ties;
  const above = ties.filter((tie) => tie.weight > ties[most].weight);
  return above.length ? above : ties.slice(0, most);
}
