// What stands above the map: what it shows, in bold, and how.
"use strict";

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
