// How decisions are shared out at gates.
"use strict";

/** Of fewer decisions shares say little: such gates stand last. */
const FEW_DECISIONS = 5;

/** @typedef {{gate: number, counts: number[], effective: number, entitled: number}} Deciding */

/** How decisions are shared out at each gate, by deciders with the role decide or agree; a
 * committee is one. Nobody is named: it is the gate that is looked at, not the person.
 * @param {OwnershipGraph} graph @param {GateRequest[]} requests @returns {Deciding[]} */
function decidingAt(graph, requests) {
  /** @type {Map<number, Map<number, number>>} */
  const gates = new Map();
  for (const { approval, gate, open } of requests) {
    if (open) continue;
    const counts = gates.get(gate) ?? new Map();
    gates.set(gate, counts);
    for (const decider of decidersOf(graph, approval)) {
      counts.set(decider, (counts.get(decider) ?? 0) + 1);
    }
  }
  return [...gates]
    .map(([gate, counts]) => deciding(graph, gate, [...counts.values()]))
    .filter(({ counts }) => counts.length)
    .sort(
      (a, b) =>
        Number(isFew(a)) - Number(isFew(b)) || a.effective - b.effective || a.gate - b.gate,
    );
}

/** @param {Deciding} deciding @returns {boolean} */
function isFew({ counts }) {
  return counts.reduce((sum, each) => sum + each, 0) < FEW_DECISIONS;
}

/** One over the sum of squared shares: so many who decide alike would be as concentrated.
 * @param {OwnershipGraph} graph @param {number} gate @param {number[]} counts
 * @returns {Deciding} */
function deciding(graph, gate, counts) {
  const all = counts.reduce((sum, each) => sum + each, 0);
  const squares = counts.reduce((sum, each) => sum + (each / all) ** 2, 0);
  const entitled = tiesTo(graph, gate, "CAN_DECIDE").length;
  return { gate, counts: counts.sort((a, b) => b - a), effective: 1 / squares, entitled };
}

/** @param {OwnershipGraph} graph @param {number} approval @returns {number[]} */
function decidersOf(graph, approval) {
  const { start, end } = graph.relationships;
  return graph.touching[approval]
    .filter((tie) => start[tie] === approval && graph.type(tie) === "DECIDED_BY")
    .filter((tie) => ["decide", "agree"].includes(String(graph.tieFacts(tie).role ?? "decide")))
    .map((tie) => end[tie]);
}

/** @param {OwnershipGraph} graph @param {number} node @param {string} type @returns {number[]} */
function tiesTo(graph, node, type) {
  return graph.touching[node].filter(
    (tie) => graph.relationships.end[tie] === node && graph.type(tie) === type,
  );
}
