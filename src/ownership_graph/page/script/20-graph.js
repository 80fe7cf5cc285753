// The graph in the browser: tables by column, and the ways through it.
"use strict";

/** A node is its number, a relationship too; both count from 0 in the order of the data. In a page
 * that compares, what is gone comes after what is there: it has facts and a place, and is on no
 * list, and only from what is gone itself do its relationships lead on. */
class OwnershipGraph {
  /** @param {GraphData} data */
  constructor(data) {
    this.labels = data.labels;
    this.types = data.types;
    this.nodes = data.nodes;
    this.relationships = data.relationships;
    this.discs = data.discs;
    this.groups = data.groups;
    this.sets = data.sources;
    this.days = new Set(data.days);
    this.stubs = new Set(data.nodes.stubs);
    this.nodeCount = data.present.nodes;
    this.relationshipCount = data.present.relationships;
    /** @type {number[][]} relationships that touch a node, by node */
    this.touching = touchingOf(data);
    /** @type {number[][]} nodes by disc */
    this.members = data.discs.map(() => []);
    data.nodes.disc.forEach((disc, node) => {
      if (!this.isGone(node)) this.members[disc].push(node);
    });
    this.levels = new Levels(this, data.rolled);
    /** Nodes by their keys, as far as they were looked for. @type {Map<string, number>} */
    this.places = new Map();
  }

  /** @param {number} node @returns {boolean} */
  isGone(node) {
    return node >= this.nodeCount;
  }

  /** @param {number} node @returns {Label} */
  label(node) {
    return this.labels[this.nodes.label[node]];
  }

  /** @param {number} node @returns {string} */
  name(node) {
    return this.nodes.name[node];
  }

  /** The name of a node for the address: its label and id.
   * @param {number} node @returns {string} */
  key(node) {
    return `${this.label(node).name}:${this.nodes.id[node]}`;
  }

  /** @param {string} key as `key` gives it @returns {number | null} */
  find(key) {
    const known = this.places.get(key);
    if (known !== undefined) return known < 0 ? null : known;
    const colon = key.indexOf(":");
    const label = this.labels.findIndex(({ name }) => name === key.slice(0, colon));
    const id = key.slice(colon + 1);
    const { id: ids, label: labels } = this.nodes;
    let node = ids.indexOf(id);
    while (node >= 0 && labels[node] !== label) node = ids.indexOf(id, node + 1);
    this.places.set(key, node);
    return node < 0 ? null : node;
  }

  /** @param {number} node @returns {Facts} */
  facts(node) {
    return this.nodes.facts[node] || {};
  }

  /** @param {number} tie @returns {string} */
  type(tie) {
    return this.types[this.relationships.type[tie]].name;
  }

  /** @param {number} tie @returns {Facts} */
  tieFacts(tie) {
    return this.relationships.facts[tie] || {};
  }

  /** The other end of a relationship.
   * @param {number} tie @param {number} node @returns {number} */
  other(tie, node) {
    const { start, end } = this.relationships;
    return start[tie] === node ? end[tie] : start[tie];
  }

  /** A fact's value as people read it.
   * @param {string} name @param {Value} value @returns {string} */
  text(name, value) {
    if (typeof value === "number" && this.days.has(name)) return dayText(value);
    if (Array.isArray(value)) return value.join(", ");
    if (typeof value === "boolean") return value ? "yes" : "no";
    return typeof value === "number" ? counted(value) : value;
  }
}

/** @param {GraphData} data @returns {number[][]} */
function touchingOf({ nodes, relationships, present }) {
  /** @type {number[][]} */
  const touching = nodes.id.map(() => []);
  relationships.start.forEach((start, tie) => {
    const isThere = tie < present.relationships;
    for (const node of new Set([start, relationships.end[tie]])) {
      if (isThere || node >= present.nodes) touching[node].push(tie);
    }
  });
  return touching;
}
