// Requests at gates, as the lanes and the charts show them: how long, and against which promise.
"use strict";

/** The longest bar is for so many days at least, so that two days do not look like much. */
const LEAST_SPAN = 30;
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

/** The days that the longest bar stands for. @param {GateRequest[]} requests @returns {number} */
function spanOf(requests) {
  return requests.reduce((span, { days }) => Math.max(span, days ?? 0), LEAST_SPAN);
}

/** How often an open request's wait holds what was promised; a month where nothing was.
 * @param {GateRequest} request @returns {number} */
function timesPromised({ open, days, promise }) {
  return open && days !== null ? days / (promise ?? LEAST_SPAN) : 0;
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
const BAR = 108;

/** A bar, and a stroke where the promise ends; both as shares of the whole width.
 * @param {string} kind @param {number} share @param {number} [promise] @returns {Element} */
function barOf(kind, share, promise = 0) {
  const box = { x: 0.5, y: 1, width: Math.max(2, share * BAR), height: 7 };
  const bar = drawn("rect", { ...box, class: `bar ${kind}` });
  const at = 0.5 + promise * BAR;
  const stroke = drawn("line", { x1: at, x2: at, y1: 0, y2: 9, class: "promise" });
  const parts = promise > 0 && promise <= 1 ? [bar, stroke] : [bar];
  return drawn("svg", { "aria-hidden": "true" }, ...parts);
}
