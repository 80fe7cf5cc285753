// By what nodes are coloured; shapes always tell the label. One entry more is one way more.
"use strict";

/** A class of nodes with its colour. @typedef {{name: string, colour: string}} ColourClass */

/**
 * The classes in use, and the place of each node's among them; -1 for a node that has none, of
 * which `rest` tells the name and the colour.
 * @typedef {{classes: ColourClass[], of: (node: number) => number, rest: ColourClass}} Colouring
 */

/** Nodes that the colour says nothing of: on either ground they stand back behind all others. */
const REST = { light: "#d3dae2", dark: "#3b4652" };
/** From few to many, told apart without telling red from green: many stand out from the ground. */
const RISING = {
  light: ["#9ecae1", "#4292c6", "#2171b5", "#08306b"],
  dark: ["#1f6aa5", "#4a9bd4", "#9fd0f0", "#ffffff"],
};
const STAGES = {
  idea: "#c6dbef",
  experiment: "#6baed6",
  pilot: "#e69f00",
  production: "#0072b2",
  retired: "#7f8894",
  unknown: "#cc79a7",
};
const SEVERITIES = { high: "#d55e00", medium: "#e69f00", low: "#56b4e9" };
/** Okabe and Ito's, without black; functions beyond them share one. */
const FUNCTIONS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442"];
const CHANGES = { new: "#009e73", changed: "#e69f00", gone: "#d55e00" };
/** From so many open requests on. */
const LOADS = [1, 3, 10, 30];

/**
 * What colours can say, and of which nodes they say nothing; some of it only for some pages.
 * @type {Record<string, {title: string, rest: string,
 *   of: (page: Explorer) => Omit<Colouring, "rest">, isFor?: (page: Explorer) => boolean}>}
 */
const COLOURINGS = {
  kind: { title: "kind", rest: "others", of: ({ graph }) => byKind(graph) },
  stage: { title: "stage", rest: "no model", of: ({ graph }) => byStage(graph) },
  severity: { title: "worst finding", rest: "in no finding", of: bySeverity },
  function: { title: "function", rest: "in no function", of: ({ graph }) => byFunction(graph) },
  load: { title: "open requests", rest: "no open request", of: ({ graph }) => byLoad(graph) },
  change: {
    title: "what changed",
    rest: "as before",
    of: byChange,
    isFor: ({ changes }) => changes !== null,
  },
};

/** On which ground the page stands. @returns {"light" | "dark"} */
function themeInForce() {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

/** What colours say on a ground. @param {Explorer} page @param {"light" | "dark"} theme
 * @returns {Colouring} */
function colouringOf(page, theme) {
  const { of, rest: name } = COLOURINGS[page.choice.colour];
  return { ...of(page), rest: { name, colour: REST[theme] } };
}

/** @param {OwnershipGraph} graph @returns {Omit<Colouring, "rest">} */
function byKind(graph) {
  const { label } = graph.nodes;
  const classes = graph.labels.map(({ plural: name, colour }) => ({ name, colour }));
  return { classes, of: (node) => label[node] };
}

/** @param {OwnershipGraph} graph @returns {Omit<Colouring, "rest">} models alone */
function byStage(graph) {
  const names = Object.keys(STAGES);
  const stage = (/** @type {number} */ node) => {
    if (graph.label(node).name !== "Model") return -1;
    const place = names.indexOf(String(graph.facts(node).stage ?? "unknown"));
    return place < 0 ? names.indexOf("unknown") : place;
  };
  return { classes: classesOf(STAGES), of: stage };
}

/** @param {Explorer} page @returns {Omit<Colouring, "rest">} */
function bySeverity(page) {
  /** @type {Map<number, number>} */
  const worst = new Map();
  for (const { finding } of page.findings.values()) {
    for (const node of finding.subject.filter(isNode)) {
      worst.set(node, Math.max(worst.get(node) ?? 0, finding.severity));
    }
  }
  const names = Object.keys(SEVERITIES);
  const of = (/** @type {number} */ node) => {
    const severity = worst.get(node);
    return severity === undefined ? -1 : names.indexOf(severityWord(severity).level);
  };
  return { classes: classesOf(SEVERITIES), of };
}

/** By the function at the top of the team that a node lies with, the largest first.
 * @param {OwnershipGraph} graph @returns {Omit<Colouring, "rest">} */
function byFunction(graph) {
  const group = (/** @type {number} */ node) => graph.discs[graph.nodes.disc[node]].group ?? -1;
  const sizes = new Array(graph.groups.length).fill(0);
  for (let node = 0; node < graph.nodeCount; node++) if (group(node) >= 0) sizes[group(node)] += 1;
  const order = sizes.map((_, place) => place).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const own = order.slice(0, FUNCTIONS.length);
  const classes = own.map((place, at) => ({
    name: graph.groups[place].name,
    colour: FUNCTIONS[at],
  }));
  const others = order.length > own.length ? [{ name: "other functions", colour: "#7f8894" }] : [];
  const places = new Map(order.map((place, at) => [place, Math.min(at, own.length)]));
  return { classes: [...classes, ...others], of: (node) => places.get(group(node)) ?? -1 };
}

/** By the open requests of a model, at a gate, or before somebody.
 * @param {OwnershipGraph} graph @returns {Omit<Colouring, "rest">} */
function byLoad(graph) {
  const { start, end } = graph.relationships;
  const load = new Array(graph.nodeCount).fill(0);
  for (let tie = 0; tie < graph.relationshipCount; tie++) {
    if (!["AT", "CONCERNS", "DECIDED_BY"].includes(graph.type(tie))) continue;
    if (isOpen(graph.facts(start[tie]))) load[end[tie]] += 1;
  }
  const names = LOADS.map((from, place) => {
    const next = LOADS[place + 1];
    return next ? `${from} to ${next - 1}` : `${from} and more`;
  });
  const classes = names.map((name, place) => ({ name, colour: RISING[themeInForce()][place] }));
  return { classes, of: (node) => LOADS.filter((from) => load[node] >= from).length - 1 };
}

/** By what became of a node. @param {Explorer} page @returns {Omit<Colouring, "rest">} */
function byChange({ changes }) {
  const names = Object.keys(CHANGES);
  const of = (/** @type {number} */ node) => names.indexOf(changes?.node(node) ?? "");
  return { classes: classesOf(CHANGES), of };
}

/** @param {Facts} facts of a request @returns {boolean} */
function isOpen({ status }) {
  return status === "pending" || status === "returned";
}

/** @param {Record<string, string>} colours @returns {ColourClass[]} */
function classesOf(colours) {
  return Object.entries(colours).map(([name, colour]) => ({ name, colour }));
}

/** How many of some nodes are in each class that is there, in the order of the classes; those in
 * none come last. @param {Colouring} colouring @param {number[]} nodes
 * @returns {{name: string, colour: string, count: number}[]} */
function countsByClass({ classes, of, rest }, nodes) {
  const counts = new Array(classes.length + 1).fill(0);
  for (const node of nodes) counts[of(node) < 0 ? classes.length : of(node)] += 1;
  return [...classes, rest]
    .map((each, place) => ({ ...each, count: counts[place] }))
    .filter(({ count }) => count);
}
