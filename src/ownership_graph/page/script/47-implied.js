// What is left of a layer that the legend hides: nodes that one hidden node tied, tied by a dashed
// line. What ties a great many is passed over: it would tie all with all.
"use strict";

/** Through a hidden node with more relationships than that nothing is implied. */
const MOST_THROUGH = 12;

/** The nodes that one hidden node ties to a node, each with that one, and whether the node points
 * at it. @param {OwnershipGraph} graph @param {Filter} filter @param {number} node
 * @returns {{other: number, via: number, points: boolean}[]} */
function throughHidden(graph, filter, node) {
  return graph.touching[node].flatMap((tie) => {
    const via = graph.other(tie, node);
    const isOpen = filter.type(tie) && !filter.node(via);
    if (!isOpen || graph.touching[via].length > MOST_THROUGH) return [];
    const points = graph.relationships.start[tie] === node;
    return graph.touching[via]
      .filter((next) => filter.type(next))
      .map((next) => ({ other: graph.other(next, via), via, points }))
      .filter(({ other }) => other !== node && filter.node(other));
  });
}

/** One line for two nodes and the label of what tied them; numbered below zero, since no
 * relationship is one. @param {OwnershipGraph} graph @param {Filter} filter
 * @param {number[]} nodes @returns {Line[]} */
function impliedAmong(graph, filter, nodes) {
  if (filter.open) return [];
  const among = new Set(nodes);
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (const node of [...nodes].sort((a, b) => a - b)) {
    for (const { other, via, points } of throughHidden(graph, filter, node)) {
      const label = graph.label(via).name;
      const key = `${Math.min(node, other)} ${Math.max(node, other)} ${label}`;
      if (!among.has(other) || lines.has(key)) continue;
      const [start, end] = points ? [node, other] : [other, node];
      lines.set(key, { tie: -1 - lines.size, start, end, via: label });
    }
  }
  return [...lines.values()];
}

/** What a line is called: its relationship, or through what it is implied.
 * @param {OwnershipGraph} graph @param {Line} line @returns {string} */
function lineName(graph, { tie, via }) {
  return via ? `through ${via}` : graph.type(tie);
}

/** The place of a line's kind among all kinds: relationships first, then what is implied.
 * @param {OwnershipGraph} graph @param {Line} line @returns {number} */
function lineKind(graph, { tie, via }) {
  if (!via) return graph.relationships.type[tie];
  return graph.types.length + graph.labels.findIndex(({ name }) => name === via);
}
