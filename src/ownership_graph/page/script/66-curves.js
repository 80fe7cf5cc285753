// Two curves: how decisions are shared out among those who may decide, and findings over time.
"use strict";

const LORENZ = 220;
const TREND = { wide: 560, high: 150 };
/** Of the busiest such a share is told. */
const BUSIEST = 0.1;

/** How many decided each; with none, where they may and did not. Nobody is named.
 * @param {OwnershipGraph} graph @param {GateRequest[]} requests @returns {number[]} fewest first */
function decisionsEach(graph, requests) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const gate of new Set(requests.map((request) => request.gate))) {
    for (const tie of tiesTo(graph, gate, "CAN_DECIDE")) {
      counts.set(graph.relationships.start[tie], 0);
    }
  }
  const decided = new Set(requests.filter(({ open }) => !open).map(({ approval }) => approval));
  for (const approval of decided) {
    for (const decider of decidersOf(graph, approval)) {
      counts.set(decider, (counts.get(decider) ?? 0) + 1);
    }
  }
  return [...counts.values()].sort((a, b) => a - b);
}

/** The curve of Lorenz (1905): of the first share of people, which share of all they have.
 * @param {number[]} counts the fewest first @returns {[number, number][]} from (0, 0) to (1, 1) */
function lorenzOf(counts) {
  const all = counts.reduce((sum, each) => sum + each, 0);
  let sum = 0;
  const points = counts.map((each, place) => {
    sum += each;
    return /** @type {[number, number]} */ ([(place + 1) / counts.length, sum / all]);
  });
  return [[0, 0], ...points];
}

/** @param {number[]} counts the fewest first @returns {string} */
function lorenzText(counts) {
  const busiest = Math.max(1, Math.round(counts.length * BUSIEST));
  const all = counts.reduce((sum, each) => sum + each, 0);
  const theirs = counts.slice(-busiest).reduce((sum, each) => sum + each, 0);
  const idle = counts.filter((each) => each === 0).length;
  const share = Math.round((100 * theirs) / all);
  const none = idle ? `; ${counted(idle)} of them decided nothing` : "";
  return (
    `Of ${counted(counts.length)} who decided or may, the busiest ${busiest > 1 ? `${counted(busiest)} ` : ""}made` +
    ` ${share} % of ${plural(all, "decision")}${none}.`
  );
}

/** @param {number[]} counts the fewest first @returns {Element} */
function lorenzCurve(counts) {
  const points = lorenzOf(counts).map(([x, y]) => `${short(x * LORENZ)},${short(LORENZ - y * LORENZ)}`);
  return drawn(
    "svg",
    { class: "curve lorenz", viewBox: `-4 -18 ${LORENZ + 8} ${LORENZ + 38}`, "aria-hidden": "true" },
    drawn("path", { class: "frame", d: `M0 0V${LORENZ}H${LORENZ}` }),
    drawn("text", { x: 0, y: -6 }, "100 % of decisions"),
    drawn("path", { class: "even", d: `M0 ${LORENZ}L${LORENZ} 0` }),
    drawn("polyline", { class: "own", points: points.join(" ") }),
    ...below(LORENZ, LORENZ, "decides least", "decides most"),
  );
}

/** What the two ends of an axis stand for. @param {number} wide @param {number} y
 * @param {string} left @param {string} right @returns {Element[]} */
function below(wide, y, left, right) {
  return [
    drawn("text", { x: 0, y: y + 16 }, left),
    drawn("text", { x: wide, y: y + 16, "text-anchor": "end" }, right),
  ];
}

/** How many findings there were on the first and on the last day. @param {DayOfFindings[]} days
 * @returns {string} */
function trendText(days) {
  const told = [days[0], days[days.length - 1]].map(([day, ...counts]) => {
    const [high] = counts;
    const all = counts.reduce((sum, each) => sum + each, 0);
    return `on ${dayText(day)} ${plural(all, "finding")}, ${counted(high)} of high severity`;
  });
  return `${told.join("; ")}.`.replace(/^on/, "On");
}

/** Findings over time as steps that stand on each other: high severity lowest.
 * @param {DayOfFindings[]} days @param {number} today @returns {Element} */
function trendCurve(days, today) {
  const [first] = days[0];
  const last = Math.max(today, days[days.length - 1][0], first + 1);
  const most = Math.max(1, ...days.map(([, ...counts]) => counts.reduce((a, b) => a + b, 0)));
  const x = (/** @type {number} */ day) => short(((day - first) / (last - first)) * TREND.wide);
  const y = (/** @type {number} */ count) => short(TREND.high - (count / most) * TREND.high);
  const kinds = ["high", "medium", "low"];
  const areas = kinds.map((kind, place) => {
    const tops = days.map(([day, ...counts]) => ({
      day,
      top: counts.slice(0, place + 1).reduce((sum, each) => sum + each, 0),
    }));
    const steps = tops.map(({ day, top }, at) => `${at ? "H" : "L"}${x(day)}${at ? "V" : " "}${y(top)}`);
    return drawn("path", { class: kind, d: `M0 ${TREND.high}${steps.join("")}H${TREND.wide}V${TREND.high}Z` });
  });
  return drawn(
    "svg",
    { class: "curve trend", viewBox: `-4 -4 ${TREND.wide + 8} ${TREND.high + 24}`, "aria-hidden": "true" },
    ...areas.reverse(),
    drawn("path", { class: "frame", d: `M0 0V${TREND.high}H${TREND.wide}` }),
    ...below(TREND.wide, TREND.high, dayText(first), dayText(last)),
  );
}
