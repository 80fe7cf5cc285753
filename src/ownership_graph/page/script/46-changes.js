// What differs from another graph: of nodes, of relationships, and what of it the map shows.
"use strict";

/** What became of a node or relationship; nothing where it is the same.
 * @typedef {"new" | "changed" | "gone" | ""} Became */

/** The sign that a changed node bears beside its colour. @type {Record<string, string>} */
const MARKS = { new: "+", changed: "~", gone: "−" };

class ChangesSince {
  /** @param {ComparedData} data */
  constructor(data) {
    this.data = data;
    this.nodes = becameOf(data.nodes);
    this.ties = becameOf(data.relationships);
    this.newFindings = new Set(data.findings.new);
  }

  /** @param {number} node @returns {Became} */
  node(node) {
    return this.nodes.get(node) ?? "";
  }

  /** @param {number} tie @returns {Became} */
  tie(tie) {
    return this.ties.get(tie) ?? "";
  }

  /** What differs in a changed node. @param {number} node @returns {Difference[]} */
  differences(node) {
    return this.data.nodes.changed.find(([place]) => place === node)?.[1] ?? [];
  }
}

/** @param {Changes} changes @returns {Map<number, Became>} */
function becameOf({ new: made, changed, gone }) {
  const places = { new: made, changed: changed.map(([place]) => place), gone };
  return new Map(
    Object.entries(places).flatMap(([became, those]) =>
      those.map((place) => /** @type {[number, Became]} */ ([place, became])),
    ),
  );
}

/** The whole with what is gone; of a graph that is too large for that, what differs alone, with
 * the ends of the relationships that do.
 * @param {Explorer} page @param {Filter} filter @returns {Scene} */
function changesScene({ graph, changes }, filter) {
  const { ties, nodes } = /** @type {ChangesSince} */ (changes);
  const { start, end } = graph.relationships;
  const differing = [...ties.keys()].filter((tie) => filter.tie(tie));
  const ends = differing.flatMap((tie) => [start[tie], end[tie]]);
  const whole = graph.nodes.id.length <= MOST_WHOLE;
  const all = whole ? graph.nodes.id.map((_, node) => node) : [...new Set([...nodes.keys(), ...ends])];
  const shown = all.filter((node) => filter.node(node)).sort((a, b) => a - b);
  const few = shown.length <= MOST_WHOLE;
  return {
    kind: few ? "map" : "discs",
    level: few ? graph.levels.plain : graph.levels.level(null),
    spots: few ? spotsOnMap(graph, shown) : [],
    lines: few ? differing.map((tie) => ({ tie, start: start[tie], end: end[tie] })) : [],
    subjects: [],
    members: shown,
    near: shown.length,
  };
}
