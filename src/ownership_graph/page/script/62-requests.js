// Requests at gates, as the lanes and the charts show them: how long, and against which promise.
"use strict";

/** The longest bar is for so many days at least, so that two days do not look like much. */
const LEAST_SPAN = 30;
/** Of so large a share of all requests the bars are drawn whole; a longer one is cut where it is so
 * many times as long as the longest of those. */
const USUAL = 0.9;
const MOST_USUAL = 2;
/** From so many times the promised days on a request is overdue, as LAT-02 has it. */
const OVERDUE = 2;

/**
 * One request at a gate. `days` it waits, or waited until the decision, without those that it lay
 * with the requester; `promise` is in days too.
 * @typedef {object} GateRequest
 * @property {number} approval
 * @property {number} gate
 * @property {number} model
 * @property {string} status
 * @property {boolean} open
 * @property {number} round
 * @property {number | null} days
 * @property {number | null} promise
 */

/** @param {Explorer} page @param {number} approval @param {number} gate @param {number} model
 * @returns {GateRequest} */
function requestOf({ graph, data }, approval, gate, model) {
  const facts = graph.facts(approval);
  const status = String(facts.status ?? "unknown");
  const open = isOpen(facts);
  const until = open ? data.today : facts.decided_day;
  const known = typeof facts.requested_day === "number" && typeof until === "number";
  const promise = graph.facts(gate).sla_days;
  const since = Number(facts.requested_day) + Number(facts.days_with_requester ?? 0);
  return {
    approval,
    gate,
    model,
    status,
    open,
    round: Number(facts.round ?? 1),
    days: known ? Math.max(0, Number(until) - since) : null,
    promise: typeof promise === "number" && promise > 0 ? promise : null,
  };
}

/** All requests that the legend lets through. @param {Explorer} page @returns {GateRequest[]} */
function requestsOf(page) {
  const { graph } = page;
  const { start, end } = graph.relationships;
  const filter = new Filter(graph, page.choice.hidden);
  /** @type {Map<string, Map<number, number[]>>} */
  const ends = new Map([
    ["AT", new Map()],
    ["CONCERNS", new Map()],
  ]);
  start.forEach((approval, tie) => {
    const of = ends.get(graph.type(tie));
    if (of && tie < graph.relationshipCount && filter.tie(tie)) of.set(approval, [...(of.get(approval) ?? []), end[tie]]);
  });
  return [...(ends.get("AT") ?? [])].flatMap(([approval, gates]) =>
    (ends.get("CONCERNS")?.get(approval) ?? []).flatMap((model) =>
      gates.map((gate) => requestOf(page, approval, gate, model)),
    ),
  );
}

/** The days that the longest bar stands for: those of the longest request, unless it is one of few
 * beside which all others would vanish. @param {GateRequest[]} requests @returns {number} */
function spanOf(requests) {
  const days = requests.flatMap((request) => request.days ?? []).sort((a, b) => a - b);
  const usual = days[Math.floor((days.length - 1) * USUAL)] ?? 0;
  const longest = days[days.length - 1] ?? 0;
  return Math.max(LEAST_SPAN, Math.min(longest, Math.max(usual * MOST_USUAL, LEAST_SPAN)));
}

/** How often an open request's wait holds what was promised; a month where nothing was.
 * @param {GateRequest} request @returns {number} */
function timesPromised({ open, days, promise }) {
  return open ? timesTaken(days, promise) : 0;
}

/** @param {number | null} days @param {number | null} promise @returns {number} */
function timesTaken(days, promise) {
  return days === null ? 0 : days / (promise ?? LEAST_SPAN);
}

/** @param {GateRequest} request @returns {string} what colour says, in a word */
function waitKind(request) {
  if (!request.open) {
    return ["rejected", "withdrawn", "expired"].includes(request.status) ? "refused" : "settled";
  }
  const times = request.promise === null ? 0 : timesPromised(request);
  if (times > OVERDUE) return "overdue";
  return times > 1 ? "late" : "waiting";
}

/** How wide a whole bar is, in pixels. */
const BAR = 94;

/** A bar, and a stroke where the promise ends; both as shares of the whole width. What is longer
 * than the whole ends in a point.
 * @param {string} kind @param {number} share @param {number} [promise] @returns {Element} */
function barOf(kind, share, promise = 0) {
  const box = { x: 0.5, y: 1, width: Math.max(2, share * BAR), height: 7 };
  const bar =
    share > 1
      ? drawn("path", { d: `M0.5 1H${BAR - 6}L${BAR} 4.5L${BAR - 6} 8H0.5Z`, class: `bar ${kind}` })
      : drawn("rect", { ...box, class: `bar ${kind}` });
  const at = 0.5 + promise * BAR;
  const stroke = drawn("line", { x1: at, x2: at, y1: 0, y2: 9, class: "promise" });
  const parts = promise > 0 && promise <= 1 ? [bar, stroke] : [bar];
  return drawn("svg", { "aria-hidden": "true" }, ...parts);
}
