// What runs did to a node, in words.
"use strict";

const TIES = ["new", "changed", "gone", "denied"];

/** What runs did to a node, the newest first. @param {Explorer} page @param {number} node
 * @returns {HTMLElement | null} */
function storyOf({ data, graph }, node) {
  const { runs, added, steps, left } = data.story;
  const rows = (steps[node] ?? []).map(([run, ...doing]) =>
    storyRow(runs[run], doingWords(graph, doing)),
  );
  const older = left[node];
  if (older) {
    rows.push(element("li", { class: "muted small" }, `and ${plural(older, "older run")}`));
  }
  const first = runs[added[node]];
  if (first) rows.push(storyRow(first, ["came"]));
  if (!rows.length) return null;
  const heading = element("h3", { class: "caption" }, "History");
  return element("div", {}, heading, element("ul", { class: "story" }, ...rows));
}

/** @param {{source: string, kind: string, day: string}} run @param {string[]} words */
function storyRow({ source, kind, day }, words) {
  const by = kind === "import" ? source : `${kind} of ${source}`;
  return element(
    "li",
    { class: "tie" },
    element("span", { class: "muted small" }, isolated(`${day} ${by}`)),
    ...words.map((each) => element("span", { class: "small" }, isolated(each))),
  );
}

/** @param {OwnershipGraph} graph
 * @param {[string, Difference[], number, number, number, number]} doing @returns {string[]} */
function doingWords(graph, [what, differences, ...counts]) {
  const own = what === "changed" || !what ? [] : [what];
  const ties = TIES.flatMap((name, place) =>
    counts[place] ? [`${plural(counts[place], "relationship")} ${name}`] : [],
  );
  return [...own, ...differences.map((each) => differenceWords(graph, each)), ...ties];
}

/** @param {OwnershipGraph} graph @param {Difference} difference @returns {string} */
function differenceWords(graph, [name, ...values]) {
  const called = name.replaceAll("_", " ");
  if (!values.length) return `${called} changed`;
  const [before, after] = values.map((value) =>
    value === null || value === undefined ? "nothing" : graph.text(name, value),
  );
  return `${called}: ${before} → ${after}`;
}
