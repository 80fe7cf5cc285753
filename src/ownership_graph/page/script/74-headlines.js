// What stands above the map: what it shows, in bold, and how.
"use strict";

/** What to do about a page that holds nothing. */
const NOTHING_YET = "Import a source first, then write this page again.";

/** @param {string} name @param {string} below @returns {Child[]} */
function headed(name, below) {
  return [
    element("strong", {}, isolated(shortened(name, 120))),
    below ? element("div", { class: "muted small" }, isolated(below)) : null,
  ];
}

/** From where to where ways are shown, and how many there are; or that an end is to be chosen.
 * @param {Explorer} page @param {number} from @returns {Child[]} */
function wayLine(page, from) {
  const name = shortened(page.graph.name(from), 60);
  if (page.to === null) {
    return headed(`Ways from ${name} to …`, "Choose the other end: search, map or table");
  }
  return headed(`From ${name} to ${shortened(page.graph.name(page.to), 60)}`, waysText(page.scene));
}

/** The branch whose discs are shown, and in which others it lies. @param {Explorer} page
 * @returns {Child[]} */
function branchLine(page) {
  const { levels } = page.graph;
  const branch = levels.line(page.branch).at(-1);
  return branch ? headed(circleName(branch), inside(levels.line(branch.number).slice(0, -1))) : [];
}

/** In which branches a map lies. @param {Explorer} page @returns {string} */
function inBranches(page) {
  return inside(page.graph.levels.line(page.branch));
}

/** @param {LevelDisc[]} line of branches, the outermost first @returns {string} */
function inside(line) {
  return line.length ? `in ${line.map(({ name }) => shortened(name, 50)).join(" › ")}` : "";
}
