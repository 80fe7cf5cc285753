// What is chosen now, kept in the address, and who wants to know when it changes.
"use strict";

/** @type {Choice} */
const NOTHING_CHOSEN = {
  view: "map",
  by: "cause",
  colour: "kind",
  cause: "",
  finding: "",
  question: "",
  branch: "",
  team: "",
  node: "",
  from: "",
  to: "",
  hops: 0,
  all: false,
  hidden: [],
};

const MOST_HOPS = 3;
const CHOSEN_BY_NAME = /** @type {const} */ ([
  "cause",
  "finding",
  "question",
  "branch",
  "team",
  "node",
  "from",
  "to",
]);

/** The views of the centre, one at a time, in the order of their widgets; each widget that is one
 * adds itself; one may be there only for some pages.
 * @type {{name: string, title: string, isFor?: (page: Explorer) => boolean}[]} */
const views = [];

/** @param {Choice} choice @returns {string} the part of the address after # */
function addressOf(choice) {
  const parts = [];
  for (const name of CHOSEN_BY_NAME) {
    if (choice[name]) parts.push(`${name}=${encodeURIComponent(choice[name])}`);
  }
  if (choice.hops) parts.push(`hops=${choice.hops}`);
  if (choice.all) parts.push("all=1");
  if (choice.by === "question" && !choice.question) parts.push("by=question");
  if (choice.view !== "map") parts.push(`view=${choice.view}`);
  if (choice.colour !== "kind") parts.push(`colour=${choice.colour}`);
  if (choice.hidden.length) parts.push(`hide=${choice.hidden.map(encodeURIComponent).join(",")}`);
  return parts.join("&");
}

/** @param {string} address @returns {Choice} */
function choiceOf(address) {
  const said = new Map(address.replace(/^#/, "").split("&").map(nameAndValue));
  const hops = Number(said.get("hops") ?? 0);
  const view = said.get("view") ?? "";
  const colour = said.get("colour") ?? "";
  const question = decoded(said.get("question"));
  return {
    view: views.some(({ name }) => name === view) ? view : "map",
    by: question || said.get("by") === "question" ? "question" : "cause",
    colour: Object.hasOwn(COLOURINGS, colour) ? colour : "kind",
    cause: decoded(said.get("cause")),
    finding: decoded(said.get("finding")),
    question,
    branch: decoded(said.get("branch")),
    team: decoded(said.get("team")),
    node: decoded(said.get("node")),
    from: decoded(said.get("from")),
    to: decoded(said.get("to")),
    hops: Number.isInteger(hops) && hops >= 0 && hops <= MOST_HOPS ? hops : 0,
    all: said.get("all") === "1",
    hidden: (said.get("hide") ?? "").split(",").filter(Boolean).map(decoded),
  };
}

/** The address of the page itself: in a frame of a notebook the base is that of the notebook.
 * @returns {string} */
function ownAddress() {
  return location.href.replace(/#.*$/s, "");
}

/** @param {string} part @returns {[string, string]} */
function nameAndValue(part) {
  const sign = part.indexOf("=");
  return sign < 0 ? [part, ""] : [part.slice(0, sign), part.slice(sign + 1)];
}

/** @param {string | undefined} text @returns {string} itself where it is not encoded */
function decoded(text) {
  try {
    return decodeURIComponent(text ?? "");
  } catch {
    return text ?? "";
  }
}

/** Everything a widget may ask for; one a page. */
class Explorer {
  /** @param {PageData} data */
  constructor(data) {
    this.data = data;
    this.graph = new OwnershipGraph(data.graph);
    this.questions = data.questions;
    this.changes = data.compared ? new ChangesSince(data.compared) : null;
    const begin = `${ownAddress()}#colour=change`;
    if (this.changes && !location.hash) history.replaceState(null, "", begin);
    this.choice = choiceOf(location.hash);
    /** @type {((choice: Choice) => void)[]} */
    this.listeners = [];
    /** @type {(() => void)[]} */
    this.themeListeners = [];
    /** @type {Map<string, Found>} */
    this.findings = findingsByIdentity(data.questions);
    /** The group of each finding, by its identity. @type {Map<string, Cause>} */
    this.causes = new Map(data.groups.flatMap((group) => group.findings.map((id) => [id, group])));
    /** @type {{key: string, scene: Scene} | null} */
    this.worked = null;
    /** @type {{by: string, colouring: Colouring} | null} */
    this.coloured = null;
    window.addEventListener("hashchange", () => this.arrive(choiceOf(location.hash)));
  }

  /** Call `listener` now, and whenever something else is chosen.
   * @param {(choice: Choice) => void} listener */
  follow(listener) {
    this.listeners.push(listener);
    listener(this.choice);
  }

  /** Choose something; Back undoes it.
   * @param {Partial<Choice>} changes */
  choose(changes) {
    const next = { ...this.choice, ...changes };
    if (addressOf(next) === addressOf(this.choice)) return;
    history.pushState(null, "", `${ownAddress()}#${addressOf(next)}`);
    this.arrive(next);
  }

  /** @param {Choice} choice */
  arrive(choice) {
    this.choice = choice;
    const focus = document.activeElement;
    const around = focus?.closest("section") ?? null;
    for (const listener of this.listeners) listener(choice);
    if (focus && !focus.checkVisibility()) focusOn([around, byId(`view-${choice.view}`)]);
  }

  /** What the choice shows, worked out once; the map draws it, the table lists it.
   * @returns {Scene} */
  get scene() {
    const key = sceneKey(this.choice);
    if (this.worked?.key !== key) this.worked = { key, scene: sceneOf(this) };
    return this.worked.scene;
  }

  /** Show only a finding and what is near; the list opens where it stands.
   * @param {string} identity */
  focusFinding(identity) {
    const byCause = this.choice.by === "cause" && this.causes.has(identity);
    const cause = byCause ? (this.causes.get(identity)?.key ?? "") : "";
    const question = byCause ? "" : (this.findings.get(identity)?.question.code ?? "");
    this.choose({ ...this.kept(), finding: identity, cause, question });
  }

  /** Open a group of findings, and show what stands behind them. @param {Cause} cause */
  focusCause(cause) {
    this.choose({ ...this.kept(), by: "cause", cause: cause.key });
  }

  /** Open a question in the list by question. @param {Question} question */
  openQuestion(question) {
    this.choose({ ...this.kept(), by: "question", question: question.code });
  }

  /** Show only a node and what is within `hops` of it.
   * @param {number} node @param {number} hops */
  focusNode(node, hops = 1) {
    this.choose({ ...this.kept(), node: this.graph.key(node), hops });
  }

  /** Begin a way at a node; its other end is still to be chosen. @param {number} node */
  beginWay(node) {
    this.choose({ ...this.kept(), node: this.graph.key(node), from: this.graph.key(node) });
  }

  /** Show only the shortest ways from where one was begun. @param {number} node */
  endWay(node) {
    const { from } = this.choice;
    this.choose({ ...this.kept(), from, to: this.graph.key(node) });
  }

  /** Look at a node beside what the map shows; a map of discs that it is not on gives way.
   * @param {number} node */
  select(node) {
    const { nodes } = this.graph;
    const { level } = this.scene;
    const isElsewhere = level && level.of[nodes.disc[node]] < 0;
    this.choose({ node: this.graph.key(node), branch: isElsewhere ? "" : this.choice.branch });
  }

  /** Open a disc of the whole map: to its nodes, or, where it is a branch, to the discs in it.
   * @param {LevelDisc} circle */
  openCircle({ number, opens }) {
    if (opens) this.choose({ ...this.kept(), branch: this.graph.levels.key(number) });
    else this.choose({ ...this.kept(), branch: this.choice.branch, team: discKey(this.graph, number) });
  }

  /** One step back out: the node looked at, what the map shows, the open group or question. */
  leave() {
    const { node, hops, finding, team, question, cause, from, to, branch } = this.choice;
    if (node && !hops) this.choose({ node: "" });
    else if (finding || team || hops || to) this.choose({ ...this.kept(), question, cause, branch });
    else if (from) this.choose({ from: "" });
    else if (branch) this.choose({ branch: this.branchAbove });
    else if (question || cause) this.choose({ question: "", cause: "" });
  }

  /** What stays when the map shows something else. @returns {Choice} */
  kept() {
    const { view, by, colour, hidden, from, to } = this.choice;
    return { ...NOTHING_CHOSEN, view, by, colour, hidden, from: to ? "" : from };
  }

  /** What colours say now, worked out once. @returns {Colouring} */
  get colouring() {
    const theme = themeInForce();
    const by = `${this.choice.colour} ${theme}`;
    if (this.coloured?.by !== by) this.coloured = { by, colouring: colouringOf(this, theme) };
    return this.coloured.colouring;
  }

  /** What differs from another graph, where that is what colours say.
   * @returns {ChangesSince | null} */
  get changesShown() {
    return this.choice.colour === "change" ? this.changes : null;
  }

  /** @returns {number | null} the node that is looked at */
  get node() {
    return this.choice.node ? this.graph.find(this.choice.node) : null;
  }

  /** @returns {number | null} the branch whose discs are shown, none for the first map */
  get branch() {
    return this.graph.levels.find(this.choice.branch);
  }

  /** @returns {string} the key of the branch in which the one that is shown lies */
  get branchAbove() {
    const { levels } = this.graph;
    const above = levels.line(this.branch).at(-2);
    return above ? levels.key(above.number) : "";
  }

  /** @returns {number | null} the node at which a way begins */
  get from() {
    return this.choice.from ? this.graph.find(this.choice.from) : null;
  }

  /** @returns {number | null} the node at which a way ends */
  get to() {
    return this.choice.to ? this.graph.find(this.choice.to) : null;
  }

  /** @returns {Found | null} the finding that is shown */
  get finding() {
    return this.findings.get(this.choice.finding) ?? null;
  }

  /** @returns {Question | null} the question that is open: the one chosen, or the finding's */
  get question() {
    return this.questionOf(this.choice.question || (this.finding?.question.code ?? ""));
  }

  /** @param {string} code @returns {Question | null} */
  questionOf(code) {
    return this.questions.find((each) => each.code === code) ?? null;
  }

  /** @returns {Cause | null} the group that is open: the one chosen, or the finding's */
  get cause() {
    const { by, cause, finding } = this.choice;
    if (by !== "cause") return null;
    const chosen = this.data.groups.find(({ key }) => key === cause);
    return chosen ?? this.causes.get(finding) ?? null;
  }

  /** @param {Cause} cause @returns {Found[]} its findings, the best first */
  foundBy({ findings }) {
    return findings.flatMap((identity) => this.findings.get(identity) ?? []);
  }

  /** What is ringed on the map: the findings of the open group or question. @returns {Finding[]} */
  get ringed() {
    if (this.cause) return this.foundBy(this.cause).map(({ finding }) => finding);
    return this.question?.findings ?? [];
  }

  /** How many nodes there are, and in what. @returns {string} */
  get nodesText() {
    const nodes = plural(this.graph.nodeCount, "node");
    return this.data.part ? `${nodes} in this page` : nodes;
  }

  /** The name of a node as a button that looks at it, or the text of what is no node.
   * @param {Named} named @returns {HTMLElement} */
  link(named) {
    if (typeof named === "string") return isolated(named, "no-node");
    return element(
      "button",
      { type: "button", class: "link node-link", click: () => this.select(named) },
      sign(this.graph.label(named)),
      isolated(this.graph.name(named)),
    );
  }

  /** @param {Named} named @returns {string} */
  nameOf(named) {
    return typeof named === "string" ? named : this.graph.name(named);
  }
}

/** What had the focus is gone: the first of these that is there takes it, so that whoever goes by
 * keyboard is not thrown back to the beginning. @param {(HTMLElement | null)[]} places */
function focusOn(places) {
  const place = places.find((each) => each?.hasChildNodes() && each.checkVisibility());
  if (place?.matches("section")) place.tabIndex = -1;
  place?.focus({ preventScroll: true });
}

/** @param {Question[]} questions @returns {Map<string, Found>} */
function findingsByIdentity(questions) {
  const found = new Map();
  for (const question of questions) {
    for (const finding of question.findings) found.set(finding.identity, { question, finding });
  }
  return found;
}

/** @param {number | null} severity @returns {{word: string, level: string}} */
function severityWord(severity) {
  if (severity === null) return { word: "listing", level: "info" };
  if (severity >= 4) return { word: "high", level: "high" };
  return severity >= 2 ? { word: "medium", level: "medium" } : { word: "low", level: "low" };
}

/** @param {number | null} severity @returns {HTMLElement} the severity in colour and in a word */
function severityChip(severity) {
  const { word, level } = severityWord(severity);
  return element("span", { class: `chip ${level}` }, word);
}

/** Say once, to tests and benchmarks, that map or table are there and findings can be clicked. */
function markUsable() {
  if (performance.getEntriesByName("usable").length) return;
  performance.mark("usable");
  document.documentElement.dataset.usable = "yes";
}

/** Show a view while it is chosen; fill it where what decides its content is another than before.
 * @param {Explorer} page @param {string} name of the view, and of its element
 * @param {(choice: Choice) => string} keyOf @param {() => void} show */
function followView(page, name, keyOf, show) {
  let shown = "";
  page.follow((choice) => {
    byId(name).hidden = choice.view !== name;
    const key = keyOf(choice);
    if (choice.view !== name || key === shown) return;
    shown = key;
    show();
    markUsable();
  });
}

/** What widgets do once the data is there; each widget's script adds one.
 * @type {((page: Explorer) => void)[]} */
const widgets = [];
