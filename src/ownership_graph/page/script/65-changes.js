// What differs from another graph, in words.
"use strict";

/** What became of something, as a chip with its sign. @param {Became} became
 * @returns {HTMLElement | null} */
function becameChip(became) {
  return became
    ? element("span", { class: `chip became ${became}` }, `${MARKS[became]} ${became}`)
    : null;
}

/** What became of a node since the other graph, and what differs.
 * @param {Explorer} page @param {number} node @returns {HTMLElement | null} */
function becameOfNode({ changes, graph }, node) {
  const became = changes?.node(node) ?? "";
  if (!changes || !became) return null;
  const differences = changes.differences(node);
  return element(
    "div",
    { class: "since small" },
    element("p", {}, becameChip(became), " ", isolated(changes.data.words)),
    ...differences.map((each) => element("p", {}, isolated(differenceWords(graph, each)))),
  );
}

/** What became of the whole, for the head of the map. @param {ChangesSince} changes
 * @returns {string} */
function changesLine({ data: { nodes, relationships } }) {
  return `Nodes: ${changesText(nodes)}; relationships: ${changesText(relationships)}`;
}

/** How many are new, changed and gone, where some are. @param {Changes} changes @returns {string} */
function changesText({ new: made, changed, gone }) {
  const counts = { new: made.length, changed: changed.length, gone: gone.length };
  const told = Object.entries(counts).filter(([, count]) => count);
  return told.map(([became, count]) => `${counted(count)} ${became}`).join(", ") || "none differs";
}
