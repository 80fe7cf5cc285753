// What the map shows: the whole, one team, a finding, or a neighbourhood. No drawing here.
"use strict";

/** So many nodes are drawn one by one; of more, their discs. */
const MOST_WHOLE = 2000;
/** So many nodes are shown round a finding before "show all". */
const MOST_NEAR = 40;
const MOST_ALL = 1500;
/** How much farther apart the members of a team lie when it is shown alone. */
const SPREAD = 2.7;

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

  /** @param {number} tie @returns {boolean} whether its type is let through, whatever it ties */
  type(tie) {
    return this.types[this.graph.relationships.type[tie]];
  }

  /** @param {number} tie @returns {boolean} */
  tie(tie) {
    const { start, end } = this.graph.relationships;
    return this.type(tie) && this.node(start[tie]) && this.node(end[tie]);
  }
}

/** All of a choice that decides the scene. @param {Choice} choice @returns {string} */
function sceneKey({ cause, finding, branch, team, hops, node, from, to, all, hidden, colour }) {
  const chosen = [cause, finding, branch, team, hops, hops ? node : "", to && from, to, all, hidden];
  return JSON.stringify([...chosen, colour === "change"]);
}

/** The scene that the choice asks for. @param {Explorer} page @returns {Scene} */
function sceneOf(page) {
  const { graph, choice } = page;
  const filter = new Filter(graph, choice.hidden);
  const most = choice.all ? MOST_ALL : MOST_NEAR;
  if (page.from !== null && page.to !== null) {
    return waysScene(graph, filter, page.from, page.to, choice.all);
  }
  if (choice.hops && page.node !== null) {
    return focusScene(graph, filter, [page.node], [page.node], choice.hops, most, []);
  }
  if (page.finding) return findingScene(page, filter, most);
  if (isNode(page.cause?.thing)) return causeScene(page, filter, most);
  const disc = discOf(graph, choice.team);
  if (disc !== null) return teamScene(graph, filter, disc);
  if (page.branch !== null) return branchScene(graph, filter, page.branch);
  return page.changesShown ? changesScene(page, filter) : wholeScene(graph, filter);
}

/** @param {OwnershipGraph} graph @param {string} team a team's key, or a disc's name
 * @returns {number | null} */
function discOf(graph, team) {
  if (!team) return null;
  const node = graph.find(team);
  const disc =
    node === null ? graph.discs.findIndex((each) => each.name === team) : graph.nodes.disc[node];
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
    level: whole ? graph.levels.plain : graph.levels.level(null),
    spots: whole ? spotsOnMap(graph, nodes) : [],
    lines: [],
    subjects: [],
    members: nodes,
    near: nodes.length,
  };
}

/** The discs to which a branch opens. @param {OwnershipGraph} graph @param {Filter} filter
 * @param {number} branch @returns {Scene} */
function branchScene(graph, filter, branch) {
  const { levels } = graph;
  const members = levels.members(levels.circles[branch]).filter((node) => filter.node(node));
  return {
    kind: "discs",
    level: levels.level(branch),
    spots: [],
    lines: [],
    subjects: [],
    members,
    near: members.length,
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
    subjects:
      graph.discs[disc].team === null ? [] : [/** @type {number} */ (graph.discs[disc].team)],
    members: nodes,
    near: nodes.length,
  };
}

/** @param {Spot} spot @param {Disc} disc @returns {Spot} farther from the disc's middle */
function spread(spot, { x, y }) {
  return { ...spot, x: x + (spot.x - x) * SPREAD, y: y + (spot.y - y) * SPREAD };
}

/** What ties nodes to each other.
 * @param {OwnershipGraph} graph @param {Filter} filter @param {number[]} nodes
 * @returns {Line[]} */
function linesAmong(graph, filter, nodes) {
  const { start, end } = graph.relationships;
  const among = new Set(nodes);
  const ties = new Set(nodes.flatMap((node) => graph.touching[node]));
  return [...ties]
    .filter((tie) => among.has(start[tie]) && among.has(end[tie]) && filter.tie(tie))
    .sort((a, b) => a - b)
    .map((tie) => ({ tie, start: start[tie], end: end[tie] }));
}

/** A finding's own nodes, and the direct neighbours of what is wrong: the first of its subject,
 * with those of the same label, as a pair of teams.
 * @param {Explorer} page @param {Filter} filter @param {number} most @returns {Scene} */
function findingScene(page, filter, most) {
  const { question, finding } = /** @type {Found} */ (page.finding);
  const { label } = page.graph.nodes;
  const named = finding.subject.filter(isNode);
  const subjects = named.filter((node) => label[node] === label[named[0]]);
  const own = new Set([...named, ...nodesInRow(question, finding)]);
  const types = question.needs.map((need) => need.split(" ")[0]);
  return focusScene(page.graph, filter, subjects, [...own], 1, most, types);
}

/** What stands behind a group of findings, and their subjects.
 * @param {Explorer} page @param {Filter} filter @param {number} most @returns {Scene} */
function causeScene(page, filter, most) {
  const cause = /** @type {Cause} */ (page.cause);
  const behind = /** @type {number} */ (cause.thing);
  const found = page.foundBy(cause);
  const own = new Set(found.flatMap(({ finding }) => finding.subject.filter(isNode)));
  const named = new Set(found.flatMap((each) => nodesInRow(each.question, each.finding)));
  const all = [...new Set([behind, ...own, ...named])];
  const scene = focusScene(page.graph, filter, [behind], all.slice(0, most), 0, most, []);
  return { ...scene, near: all.length };
}

/** @param {Named | null | undefined} named @returns {named is number} */
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
 * them at the left, what they point at at the right. Many alike go round the only subject.
 * @param {OwnershipGraph} graph @param {Filter} filter @param {number[]} subjects
 * @param {number[]} own @param {number} hops @param {number} most @param {string[]} types
 * @returns {Scene}
 */
function focusScene(graph, filter, subjects, own, hops, most, types) {
  const near = nearest(graph, filter, subjects, own, hops, types);
  const shown = near.slice(0, Math.max(most, own.length));
  const lines = [...linesAmong(graph, filter, shown), ...impliedAmong(graph, filter, shown)];
  const fan = fanOf(graph, shown, lines, subjects);
  const columns = columnsOf(shown, lines, subjects.length ? subjects : own.slice(0, shown.length));
  const spots = fan ? spotsRound(subjects[0], fan) : spotsInColumns(graph, shown, columns, lines);
  return {
    kind: "focus",
    layout: fan ? "round" : "columns",
    spots,
    apart: spots.find(({ node }) => !columns.has(node)),
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
 * @param {Set<number>} seen @param {Set<number>} own @param {string[]} types
 * @returns {number[]} */
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
    for (const { other } of filter.open ? [] : throughHidden(graph, filter, node)) {
      if (!seen.has(other) && !weight.has(other)) weight.set(other, 2);
    }
  }
  const tiedToOwn = (/** @type {number} */ node) =>
    graph.touching[node].filter((tie) => own.has(graph.other(tie, node))).length > 1 ? 0 : 1;
  const order = [...weight.keys()].map((node) => ({
    node,
    by: [tiedToOwn(node), weight.get(node) ?? 1, node],
  }));
  order.sort((a, b) => a.by[0] - b.by[0] || a.by[1] - b.by[1] || a.by[2] - b.by[2]);
  for (const { node } of order) seen.add(node);
  return order.map(({ node }) => node);
}
