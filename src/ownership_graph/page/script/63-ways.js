// The ways between two nodes in words, and the buttons that ask for them.
"use strict";

/** How many ways there are, and how long. @param {Scene} scene @returns {string} */
function waysText({ ways = [], wayCount = 0, subjects }) {
  if (subjects.length < 2) return "They are one and the same";
  if (!ways.length) return `None of up to ${MOST_STEPS} steps, of what the legend lets through`;
  const steps = plural(ways[0].length - 1, "step");
  const shown = wayCount > ways.length ? `, ${counted(ways.length)} shown` : "";
  return `${plural(wayCount, "way")} of ${steps}${shown}; none is shorter`;
}

/** The ways that are shown, step by step. @param {Explorer} page @returns {Child[]} */
function wayParts(page) {
  const { graph, scene } = page;
  const ends = [page.from, page.to].map((node) => (node === null ? "" : graph.name(node)));
  const lists = (scene.ways ?? []).map((way, place) =>
    element(
      "div",
      {},
      element("h3", { class: "caption" }, `Way ${place + 1}`),
      element("ol", {}, ...way.map((node, step) => wayStep(page, way[step - 1] ?? null, node))),
    ),
  );
  return [
    element("h2", {}, isolated(`From ${ends[0]} to ${ends[1]}`)),
    element("p", { class: "muted small" }, `${waysText(scene)}.`),
    ...lists,
  ];
}

/** A node of a way, after how it is tied to the one before. @param {Explorer} page
 * @param {number | null} before @param {number} node @returns {HTMLElement} */
function wayStep(page, before, node) {
  const words = before === null ? "" : tieWords(page, before, node);
  return element(
    "li",
    {},
    words ? element("div", { class: "muted small" }, isolated(words)) : null,
    page.link(node),
  );
}

/** "owns (accountable) and worked on": how the first is tied to the second.
 * @param {Explorer} page @param {number} one @param {number} other @returns {string} */
function tieWords({ graph, choice }, one, other) {
  const filter = new Filter(graph, choice.hidden);
  const words = tiesBetween(graph, filter, one, other).map((tie) => {
    const { forward, backward } = graph.types[graph.relationships.type[tie]];
    const { role } = graph.tieFacts(tie);
    const said = graph.relationships.start[tie] === one ? forward : backward;
    return role ? `${said} (${role})` : said;
  });
  return [...new Set(words)].join(" and ");
}

/** Buttons that begin a way at a node, or end one there. @param {Explorer} page
 * @param {number} node @returns {HTMLElement} */
function wayButtons(page, node) {
  const { from } = page;
  const begin = element(
    "button",
    { type: "button", class: "plain small", click: () => page.beginWay(node) },
    "Ways from here",
  );
  if (from === null || page.to !== null) return element("div", { class: "hops no-print" }, begin);
  if (from === node) {
    const stop = element(
      "button",
      { type: "button", class: "plain small", click: () => page.choose({ from: "" }) },
      "Never mind",
    );
    const hint = "Ways from here: choose where to, in the search, on the map or in the table.";
    return element("div", { class: "hops no-print" }, element("span", { class: "small" }, hint), stop);
  }
  const name = isolated(shortened(page.graph.name(from), 40));
  const end = element(
    "button",
    { type: "button", class: "plain small", click: () => page.endWay(node) },
    "Ways from ",
    name,
    " to here",
  );
  return element("div", { class: "hops no-print" }, end, begin);
}
