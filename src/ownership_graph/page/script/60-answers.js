// Questions and findings as elements: rows with links, thresholds, the query with a copy button.
"use strict";

const ROWS_AT_ONCE = 40;

/** What a question is about, how it is answered, and its first step; above its findings or rows.
 * @param {Question} question @returns {Child[]} */
function explained(question) {
  const { why, remedy, asOf, reason } = question;
  const step = element("b", {}, "First step. ");
  const stale = element("b", {}, `As of ${asOf}. `);
  return [
    why ? element("p", {}, isolated(why)) : null,
    remedy ? element("p", { class: "remedy" }, step, isolated(remedy)) : null,
    asOf
      ? element("p", { class: "stale" }, stale, "What it rests on has not been imported since.")
      : null,
    reason ? element("p", {}, isolated(reason)) : null,
    termsOf(question),
    cypherOf(question),
  ];
}

/** Entries of which one at a time is open, its body below the button that begins it. */
class OneOpen {
  constructor() {
    /** @type {Map<string, HTMLElement>} */
    this.entries = new Map();
    /** @type {{key: string, body: HTMLElement} | null} */
    this.open = null;
  }

  /** @param {string} key @param {HTMLElement} entry @returns {HTMLElement} the entry */
  add(key, entry) {
    this.entries.set(key, entry);
    return entry;
  }

  /** Open an entry, and close the one that was open; without a key, only that.
   * @param {string | undefined} key @param {() => HTMLElement} makeBody */
  show(key, makeBody) {
    if (this.open?.key === key) return;
    this.close();
    const entry = this.entries.get(key ?? "");
    if (key === undefined || !entry) return;
    const body = makeBody();
    entry.firstElementChild?.setAttribute("aria-expanded", "true");
    entry.append(body);
    entry.closest("details")?.setAttribute("open", "");
    this.open = { key, body };
    entry.scrollIntoView({ block: "nearest" });
  }

  close() {
    if (!this.open) return;
    this.open.body.remove();
    this.entries.get(this.open.key)?.firstElementChild?.setAttribute("aria-expanded", "false");
    this.open = null;
  }
}

/** How many more findings there are about what the page leaves out. @param {number} left */
function leftOut(left) {
  const words = `${plural(left, "more finding")} about what this page leaves out`;
  return left ? element("p", { class: "muted small" }, `${words}.`) : null;
}

/** A finding as a row that shows it. @param {Explorer} page @param {Found} found */
function findingRow(page, { question, finding }) {
  const raised = finding.severity !== question.severity ? severityChip(finding.severity) : null;
  const marks = [
    finding.state === "new" ? "" : finding.state,
    page.changes?.newFindings.has(finding.identity) ? `new ${page.changes.data.words}` : "",
    finding.implied ? "follows from the others" : "",
  ].filter(Boolean);
  return element(
    "li",
    {},
    element(
      "button",
      {
        type: "button",
        class: "finding-row",
        "data-finding": finding.identity,
        "aria-current": String(finding.identity === page.choice.finding),
        click: () => page.focusFinding(finding.identity),
      },
      element(
        "span",
        {},
        raised,
        raised ? " " : null,
        ...marks.flatMap((mark) => [element("span", { class: "chip info" }, mark), " "]),
        element("strong", {}, isolated(shortened(subjectText(page, finding), 80))),
      ),
      element(
        "span",
        { class: "muted small" },
        isolated(shortened(evidenceText(page, question, finding), 150)),
      ),
    ),
  );
}

/** @param {Explorer} page @param {Finding} finding @returns {string} */
function subjectText(page, finding) {
  const names = finding.subject.map((named) => page.nameOf(named)).filter(Boolean);
  if (names.length) return names.join(" and ");
  return finding.subject.length ? reasonText(page, finding) : "The whole";
}

/** What stands in place of a name where a finding is about what nobody is named for: its first
 * words. @param {Explorer} page @param {Finding} finding @returns {string} */
function reasonText(page, finding) {
  const columns = page.findings.get(finding.identity)?.question.columns ?? [];
  const place = columns.findIndex(({ kind }, at) => kind === "text" && finding.row[at]);
  const words = String(finding.row[place] ?? "nothing named");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** @param {Question} question @returns {string} "of 351 live models" */
function amongText({ among }) {
  return among && among.count !== null ? `of ${counted(among.count)} ${among.what}` : "";
}

/** Fill a list step by step; the button that goes on, or nothing where all are there.
 * @param {HTMLElement} list @param {(() => HTMLElement)[]} rows */
function inSteps(list, rows) {
  let done = 0;
  const button = element("button", { type: "button", class: "link words more", click: next });
  function next() {
    list.append(...rows.slice(done, done + ROWS_AT_ONCE).map((make) => make()));
    done = Math.min(done + ROWS_AT_ONCE, rows.length);
    fill(button, `Showing ${counted(done)} of ${counted(rows.length)}; show more`);
    button.hidden = done === rows.length;
  }
  next();
  return button;
}

/** All nodes that the findings of a question name. @param {Explorer} page @param {string} code
 * @returns {Set<number>} */
function nodesOfQuestion(page, code) {
  const question = page.questionOf(code);
  const findings = question?.findings ?? [];
  return new Set(question ? findings.flatMap((each) => nodesInRow(question, each)) : []);
}

/** A cell of a row by the name of its column. @param {Question} question */
function cellsByName(question) {
  const places = new Map(question.columns.map(({ name }, place) => [name, place]));
  return (/** @type {Cell[]} */ row, /** @type {string} */ name) => row[places.get(name) ?? -1];
}

/** The columns of a row that are not its subject, in one line.
 * @param {Explorer} page @param {Question} question @param {Finding} finding @returns {string} */
function evidenceText(page, question, finding) {
  const subject = new Set(finding.subject);
  return question.columns
    .map((column, place) => ({ column, cell: finding.row[place] }))
    .filter(
      ({ column, cell }) =>
        isTold(column, cell) &&
        !(column.kind === "node" && subject.has(/** @type {Named} */ (cell))),
    )
    .map(({ column, cell }) => `${column.name} ${cellText(page, column, cell)}`)
    .join(" · ");
}

/** Whether a column is worth words; the severity is told by its chip.
 * @param {Column} column @param {Cell | undefined} cell @returns {boolean} */
function isTold(column, cell) {
  return column.name !== "severity" && hasContent(cell);
}

/** @param {Cell | undefined} cell @returns {boolean} */
function hasContent(cell) {
  return (
    cell !== null && cell !== undefined && cell !== "" && !(Array.isArray(cell) && !cell.length)
  );
}

/** @param {Explorer} page @param {Column} column @param {Cell | undefined} cell
 * @returns {string} */
function cellText(page, column, cell) {
  if (!hasContent(cell)) return "–";
  if (column.kind === "node") {
    const named = /** @type {Named[]} */ (Array.isArray(cell) ? cell : [cell]);
    const few = named
      .slice(0, 3)
      .map((each) => shortened(page.nameOf(each), 40))
      .join(", ");
    return named.length > 3 ? `${few} and ${counted(named.length - 3)} more` : few;
  }
  if (column.kind === "day" && typeof cell === "number") return dayText(cell);
  if (typeof cell === "number") return cell.toLocaleString("en-GB", { maximumFractionDigits: 2 });
  return page.graph.text(column.name, /** @type {Value} */ (cell));
}

/** A row with its nodes as links. @param {Explorer} page @param {Question} question
 * @param {Cell[]} row @returns {HTMLElement} */
function cellsOf(page, question, row) {
  const terms = question.columns.flatMap((column, place) => {
    const cell = row[place];
    if (!isTold(column, cell)) return [];
    const parts = /** @type {Named[]} */ (Array.isArray(cell) ? cell : [cell]);
    const told =
      column.kind === "node"
        ? linksOf(page, parts)
        : parts.map((part) => element("div", {}, isolated(cellText(page, column, part))));
    return [
      element("dt", {}, hinted(column.meaning, isolated(column.name))),
      element("dd", {}, ...told),
    ];
  });
  return element("dl", { class: "terms" }, ...terms);
}

/** @param {Explorer} page @param {Named[]} named @returns {HTMLElement[]} */
function linksOf(page, named) {
  const list = element("ul", {});
  const more = inSteps(
    list,
    named.map((each) => () => element("li", {}, page.link(each))),
  );
  return [list, more];
}

/** Who acts, what it needs, and the thresholds it was asked with. @param {Question} question */
function termsOf(question) {
  /** @type {[string, Child][]} */
  const terms = [
    ["Who", question.actor],
    ["Code", `${question.code} · ${question.name}`],
    ["Needs", question.needs.join(", ")],
    ["Evidence towards", question.control.join("; ")],
    ...question.parameters.filter(({ value }) => value !== "").map(
      ({ name, meaning, value }) =>
        /** @type {[string, Child]} */ (["Threshold", `${name} = ${value}: ${meaning}`]),
    ),
  ];
  const shown = terms.filter(([, text]) => text);
  return element(
    "dl",
    { class: "terms" },
    ...shown.flatMap(([name, text]) => [
      element("dt", {}, name),
      element("dd", {}, isolated(String(text))),
    ]),
  );
}

/** The query itself, closed, with a button that copies it. @param {Question} question */
function cypherOf(question) {
  const copy = element(
    "button",
    { type: "button", class: "plain small", click: () => copied(copy, question.cypher) },
    "Copy",
  );
  return element(
    "details",
    { class: "cypher" },
    element("summary", {}, "Cypher"),
    element("pre", { tabindex: 0 }, question.cypher),
    copy,
  );
}

/** @param {HTMLElement} button @param {string} text */
async function copied(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    fill(button, "Copied");
  } catch {
    fill(button, copiedBySelection(text) ? "Copied" : "Not allowed here: select the text");
  }
}

/** The older way, for a page opened from disk. @param {string} text @returns {boolean} */
function copiedBySelection(text) {
  const holder = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { "aria-hidden": "true" })
  );
  holder.value = text;
  document.body.append(holder);
  holder.select();
  const done = document.execCommand("copy");
  holder.remove();
  return done;
}
