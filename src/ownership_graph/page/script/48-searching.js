// Search: what a query asks for, and the nodes that have it. No drawing here.
"use strict";

/** @typedef {{name: string, text: string}} SearchPart */
/** @typedef {(node: number) => boolean} NodeTest */

const PLAIN_TEXT = /^[\x20-\x7e]*$/;

/** @param {string} text @returns {string} without case and accents */
function folded(text) {
  if (PLAIN_TEXT.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** `kind:model team:"model risk" triage` as parts; a part without a name is free text.
 * @param {string} query @returns {SearchPart[]} */
function searchParts(query) {
  const parts = [];
  for (const [, name, quoted, bare] of query.matchAll(
    /(?:([\p{L}_-]+):)?(?:"([^"]*)"?|(\S+))/gu,
  )) {
    const text = folded(quoted ?? bare ?? "");
    if (text || name) parts.push({ name: folded(name ?? ""), text });
  }
  return parts;
}

/** Whether whatever has the later parts has the earlier ones, too.
 * @param {SearchPart[]} earlier @param {SearchPart[]} later @returns {boolean} */
function isNarrower(earlier, later) {
  return earlier.every(({ name, text }, place) => {
    const part = later[place];
    return part?.name === name && part.text.includes(text);
  });
}

/** A graph made fit for one search after the other: texts are folded once. */
class Searching {
  /** @param {OwnershipGraph} graph */
  constructor(graph) {
    this.graph = graph;
    this.names = graph.nodes.name.map(folded);
    this.ids = graph.nodes.id.map(folded);
    /** @type {Map<string, string[]> | null} */
    this.facts = null;
    const all = Array.from({ length: graph.nodeCount }, (_, node) => node);
    /** What was asked last, and all that has it. @type {{parts: SearchPart[], hits: number[]}} */
    this.last = { parts: [], hits: all };
    this.all = all;
  }

  /** The nodes that have all that a query asks for: those of just that name or id first,
   * then names that begin with its words.
   * @param {string} query @returns {number[]} */
  find(query) {
    const parts = searchParts(query);
    if (!parts.length) return [];
    const words = parts.filter(({ name }) => !name).map(({ text }) => text);
    const begin = words.join(" ");
    const ranks = [0, 1, 2].map(() => /** @type {number[]} */ ([]));
    for (const node of this.hits(parts)) ranks[begin ? this.rank(node, begin) : 0].push(node);
    return ranks.flat();
  }

  /** The nodes that have all that is asked for; where more is asked for than last time, as while
   * somebody types, only those found then are looked at.
   * @param {SearchPart[]} parts @returns {number[]} */
  hits(parts) {
    const tests = parts.map((part) => this.test(part));
    const among = isNarrower(this.last.parts, parts) ? this.last.hits : this.all;
    const hits = among.filter((node) => tests.every((has) => has(node)));
    this.last = { parts, hits };
    return hits;
  }

  /** How well a node's name fits the words. @param {number} node @param {string} words
   * @returns {number} 0 the best, 2 the worst */
  rank(node, words) {
    const name = this.names[node];
    if (!name.startsWith(words)) return this.ids[node] === words ? 0 : 2;
    return name.length === words.length ? 0 : 1;
  }

  /** Whether a node has what one part asks for. @param {SearchPart} part @returns {NodeTest} */
  test({ name, text }) {
    const { names, ids, graph } = this;
    if (!name) return (node) => names[node].includes(text) || ids[node].includes(text);
    if (name === "name") return (node) => names[node].includes(text);
    if (name === "id") return (node) => ids[node].includes(text);
    if (name === "team") {
      const discs = graph.discs.map((disc) => folded(disc.name).includes(text));
      return (node) => discs[graph.nodes.disc[node]];
    }
    const labels = graph.labels.map(
      (label) => folded(label.name).includes(text) || folded(label.plural).includes(text),
    );
    const hasFact = this.factTest(name, text);
    if (name !== "kind") return hasFact;
    return (node) => labels[graph.nodes.label[node]] || hasFact(node);
  }

  /** Whether a fact of that name holds the text, as people read it; each value is read once.
   * @param {string} name @param {string} text @returns {NodeTest} */
  factTest(name, text) {
    const { graph } = this;
    const wanted = (this.factNames().get(name) ?? []).map((fact) => {
      /** @type {Map<Value, boolean>} */
      const known = new Map();
      return { fact, known };
    });
    return (node) =>
      wanted.some(({ fact, known }) => {
        const value = graph.facts(node)[fact];
        if (value === undefined) return false;
        let has = known.get(value);
        if (has === undefined) {
          has = folded(graph.text(fact, value)).includes(text);
          known.set(value, has);
        }
        return has;
      });
  }

  /** The names of all facts of nodes, by what is typed for them. @returns {Map<string, string[]>} */
  factNames() {
    if (this.facts) return this.facts;
    this.facts = new Map();
    /** @type {Set<string>} */
    const names = new Set();
    for (const facts of this.graph.nodes.facts) for (const fact in facts || {}) names.add(fact);
    for (const fact of names) {
      const typed = folded(fact);
      this.facts.set(typed, [...(this.facts.get(typed) ?? []), fact]);
    }
    return this.facts;
  }
}
