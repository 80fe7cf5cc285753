// Files made in the browser: pictures and CSV, handed over without any request.
"use strict";

/** A file that the browser saves. @param {string} name @param {Blob} blob */
function save(name, blob) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The name of a file of this page, of letters and digits alone: `ai-at-example-map.svg`.
 * @param {Explorer} page @param {string} what @returns {string} */
function fileName({ data }, what) {
  const words = folded(data.title).match(/[a-z0-9]+/g) ?? ["graph"];
  return `${words.join("-").slice(0, 60)}-${what}`;
}

/** @param {Explorer} page @param {Stage} stage @param {Painter} painter */
function saveSvg(page, stage, painter) {
  const text = svgOf(stage, painter, page.data.title);
  save(fileName(page, "map.svg"), new Blob([text], { type: "image/svg+xml" }));
}

/** What the canvas shows, on the ground that lies behind it. @param {Explorer} page
 * @param {Stage} stage */
function savePng(page, { canvas, palette }) {
  const shown = /** @type {HTMLCanvasElement} */ (canvas.querySelector("canvas"));
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [shown.width, shown.height];
  const pen = /** @type {Pen} */ (copy.getContext("2d"));
  pen.fillStyle = palette.ground;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(shown, 0, 0);
  copy.toBlob((blob) => blob && save(fileName(page, "map.png"), blob), "image/png");
}

/** @param {Explorer} page @param {string} what @param {(string | number)[][]} rows */
function saveCsv(page, what, rows) {
  save(fileName(page, what), new Blob([csvOf(rows)], { type: "text/csv" }));
}

/** Rows as CSV, with the mark by which a spreadsheet knows that they are UTF-8.
 * @param {(string | number)[][]} rows @returns {string} */
function csvOf(rows) {
  return `\uFEFF${rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
}

/** One cell; a text that a spreadsheet would take for a formula gets a quote before it.
 * @param {string | number} value @returns {string} */
function csvCell(value) {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const FINDING_COLUMNS = ["code", "query", "title", "state", "severity", "rank", "subject", "name"];

/** All findings of the page, the first rank first; columns are called as those of `check`.
 * @param {Explorer} page @returns {(string | number)[][]} */
function findingRows(page) {
  const rows = [...page.findings.values()]
    .sort((a, b) => a.finding.rank - b.finding.rank)
    .map(({ question, finding }) => [
      question.code,
      question.name,
      question.title,
      finding.state,
      finding.severity,
      finding.rank,
      finding.subject.map((named) => idOf(page, named)).join("; "),
      finding.subject.map((named) => page.nameOf(named)).join("; "),
      finding.identity,
      question.actor,
      question.remedy,
      evidenceText(page, question, finding),
    ]);
  return [[...FINDING_COLUMNS, "identity", "actor", "remedy", "evidence"], ...rows];
}

/** @param {Explorer} page @param {Named} named @returns {string} */
function idOf({ graph }, named) {
  return isNode(named) ? graph.nodes.id[named] : named;
}
