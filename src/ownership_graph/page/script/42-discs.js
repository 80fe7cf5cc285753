// What discs are made of, and what ties the teams that they stand for.
"use strict";

/** How many relationships tie two discs of a map that stand for teams, for those that the legend
 * lets through. @param {OwnershipGraph} graph @param {Filter} filter @param {Level} level
 * @returns {DiscTie[]} strongest first */
function tiesBetweenDiscs(graph, filter, { circles, of }) {
  const { start, end } = graph.relationships;
  const count = circles.length;
  const place = graph.nodes.disc.map((disc) => (circles[of[disc]]?.teams ? of[disc] : -1));
  /** @type {Map<number, number>} */
  const weights = new Map();
  for (let tie = 0; tie < graph.relationshipCount; tie++) {
    const from = place[start[tie]];
    const to = place[end[tie]];
    if (from === to || from < 0 || to < 0 || !filter.tie(tie)) continue;
    const pair = Math.min(from, to) * count + Math.max(from, to);
    weights.set(pair, (weights.get(pair) ?? 0) + 1);
  }
  return [...weights]
    .map(([pair, weight]) => ({ from: Math.floor(pair / count), to: pair % count, weight }))
    .sort((a, b) => b.weight - a.weight || a.from - b.from || a.to - b.to);
}

/** So many of the strongest ties as can be told apart: all from a weight on, where that parts
 * them, else the first.
 * @param {DiscTie[]} ties @param {number} most */
function strongest(ties, most) {
  if (ties.length <= most) return ties;
  const above = ties.filter((tie) => tie.weight > ties[most].weight);
  return above.length ? above : ties.slice(0, most);
}

/** What each disc of a map is made of, by colour; a disc with nothing left has no part.
 * @param {OwnershipGraph} graph @param {Level} level @param {number[]} nodes those that are shown
 * @param {Colouring} colouring @returns {Map<number, Part[]>} by its place on the map */
function partsOf(graph, { circles, of }, nodes, colouring) {
  /** @type {number[][]} */
  const members = circles.map(() => []);
  for (const node of nodes) members[of[graph.nodes.disc[node]]].push(node);
  const parts = members.map((each) => countsByClass(colouring, each));
  return new Map([...parts.entries()].filter(([, counts]) => counts.length));
}

/** @param {OwnershipGraph} graph @param {number[]} nodes
 * @returns {{label: Label, count: number}[]} */
function countsByLabel(graph, nodes) {
  const counts = new Array(graph.labels.length).fill(0);
  for (const node of nodes) counts[graph.nodes.label[node]] += 1;
  return graph.labels
    .map((label, place) => ({ label, count: counts[place] }))
    .filter(({ count }) => count);
}

/** How nodes are gathered in the discs of a map, and how many of their teams in those that open.
 * @param {Level} level @param {number[]} places of discs @returns {string} */
function gatheredText({ circles }, places) {
  const open = places.map((place) => circles[place]).filter(({ opens }) => opens);
  if (!open.length) return ", gathered by team";
  const teams = open.reduce((sum, each) => sum + each.teams, 0);
  const all = plural(places.length, "circle");
  const many = plural(teams, "team");
  const holding = open.length === 1 ? `1 holds ${many} and opens` : `${counted(open.length)} hold ${many} and open`;
  return `, gathered by team in ${all}, of which ${holding}`;
}
