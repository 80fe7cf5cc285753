// What discs are made of, and what ties the teams that they stand for.
"use strict";

/** How many relationships tie two teams, for those that the legend lets through.
 * @param {OwnershipGraph} graph @param {Filter} filter
 * @returns {DiscTie[]} strongest first */
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
 * @param {DiscTie[]} ties @param {number} most */
function strongest(ties, most) {
  if (ties.length <= most) return ties;
  const above = ties.filter((tie) => tie.weight > ties[most].weight);
  return above.length ? above : ties.slice(0, most);
}

/** What each disc is made of, by colour; a disc with nothing left has no part.
 * @param {OwnershipGraph} graph @param {number[]} nodes those that are shown
 * @param {Colouring} colouring @returns {Map<number, Part[]>} */
function partsOf(graph, nodes, colouring) {
  /** @type {number[][]} */
  const members = graph.discs.map(() => []);
  for (const node of nodes) members[graph.nodes.disc[node]].push(node);
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
