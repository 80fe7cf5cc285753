// What is painted in a focus: names beside the nodes, and one label for each bundle of lines.
"use strict";

/** From so many nodes, and so many characters, the same beginning of names is left out; of two
 * where they are too long to be told apart. */
const MANY_ALIKE = 3;
const LONG_NAME = 28;
const LONG_BEGINNING = 9;
const SAME_WORDS = 2;
const SHORTEST_REST = 12;

/** From a node's middle to where its name begins, and from there to the node that comes next. */
const BEFORE_NAME = 16;
const AFTER_NAME = 20;
/** No name is wider; at the outermost node it ends where the map does. */
const WIDEST = 330;
const OUTERMOST = 176;

/** How wide the name beside each node of a focus may be: as far as the next node outward in its
 * row, or the end of the map. @param {Scene} scene @returns {Map<number, number>} */
function roomsOf({ spots, layout }) {
  if (layout !== "columns") return new Map(spots.map(({ node }) => [node, OUTERMOST]));
  const ends = [-1, 1].map((side) => Math.max(...spots.map(({ x }) => side * x)));
  const room = (/** @type {Spot} */ { x, y, column }) => {
    const side = column < 0 ? -1 : 1;
    const inRow = spots.filter((other) => Math.abs(other.y - y) < ROW * 0.9);
    const gaps = inRow.map((other) => side * (other.x - x)).filter((gap) => gap > 1);
    const next = Math.min(...gaps) - BEFORE_NAME - AFTER_NAME;
    return Math.min(next, ends[side < 0 ? 0 : 1] - side * x + OUTERMOST, WIDEST);
  };
  return new Map(spots.map((spot) => [spot.node, room(spot)]));
}

/** A text as short as it has to be for a width. @param {Pen} pen @param {string} text
 * @param {number} room @returns {string} */
function shortenedTo(pen, text, room) {
  const { width } = pen.measureText(text);
  return width <= room ? text : shortened(text, Math.floor((text.length * room) / width) - 1);
}

/** Names beside the nodes of a focus: outward of the subjects, below the subjects themselves.
 * What is small on the canvas is written larger, as far as there is room.
 * @param {Pen} pen @param {Palette} palette @param {OwnershipGraph} graph @param {Scene} scene
 * @param {{names: Map<number, string>, rooms: Map<number, number>}} named each, and how wide
 * @param {Set<number>} bold @param {number} scale */
function paintFocusNames(pen, palette, graph, scene, { names, rooms }, bold, scale) {
  const size = Math.min(Math.max(12.5, 10 / scale), ROW * 0.72);
  for (const { node, x, y, column } of scene.spots) {
    const how = { colour: palette.ink, rim: palette.ground, bold: bold.has(node), size };
    const reach = nodeSize(graph, node, scene.subjects.includes(node)) + 6;
    const name = names.get(node) ?? "";
    pen.font = `${how.bold ? 600 : 400} ${size}px ${FONT}`;
    const text = column ? shortenedTo(pen, name, rooms.get(node) ?? 0) : shortened(name, 40);
    if (!column) paintText(pen, text, x, y + reach + 9, { ...how, size: size * 1.15 });
    else if (column < 0) paintText(pen, text, x - reach, y, { ...how, align: "right" });
    else paintText(pen, text, x + reach, y, { ...how, align: "left" });
  }
}

/** Above what is tied to none of the rest, why it is there.
 * @param {Pen} pen @param {Palette} palette @param {Spot} first @param {number} scale */
function paintApart(pen, palette, { x, y }, scale) {
  const how = { colour: palette.muted, rim: palette.ground, size: Math.max(11.5, 9.5 / scale) };
  const words = "Named as well, tied to none of the others";
  paintText(pen, words, x - ROW / 3, y - ROW, { ...how, align: "left" });
}

/** The names of a focus. Where many in one column begin with the same words, these are left out.
 * @param {OwnershipGraph} graph @param {Spot[]} spots @returns {Map<number, string>} */
function focusNames(graph, spots) {
  const names = new Map(spots.map(({ node }) => [node, graph.name(node)]));
  /** @type {Map<string, number[]>} */
  const alike = new Map();
  for (const { node, column } of spots) {
    const words = graph.name(node).split(" ").slice(0, SAME_WORDS).join(" ");
    const key = `${column} ${graph.nodes.label[node]} ${words}`;
    if (column) alike.set(key, [...(alike.get(key) ?? []), node]);
  }
  for (const nodes of alike.values()) {
    const texts = nodes.map((node) => graph.name(node));
    const isLong = nodes.length > 1 && texts.some((text) => text.length > LONG_NAME);
    const same = nodes.length >= MANY_ALIKE || isLong ? commonBeginning(texts) : 0;
    if (same >= LONG_BEGINNING)
      for (const node of nodes) names.set(node, `… ${graph.name(node).slice(same)}`);
  }
  return names;
}

/** How many characters all texts begin with: whole words, and enough left to tell them apart.
 * @param {string[]} texts @returns {number} */
function commonBeginning(texts) {
  const shortest = Math.min(...texts.map((text) => text.length));
  let same = 0;
  while (same < shortest && texts.every((text) => text[same] === texts[0][same])) same++;
  while (same > 0 && (texts[0][same - 1] !== " " || shortest - same < SHORTEST_REST)) same--;
  return same;
}

/** The lines of one type between one node and one column, with one label for all of them. Only
 * those at a subject or at the chosen node are labelled: the rest would hide what matters. On ways
 * each step is.
 * @param {OwnershipGraph} graph @param {Scene} scene @param {number | null} chosen
 * @returns {Bundle[]} */
function bundlesOf(graph, scene, chosen) {
  if (scene.layout === "ways") return bundlesBetween(graph, scene, ({ y }) => y, 0.5);
  if (!scene.subjects.length) return bundlesBetween(graph, scene, ({ x }) => x, 0.72);
  const spotOf = new Map(scene.spots.map((spot) => [spot.node, spot]));
  const hubs = new Set(chosen === null ? scene.subjects : [...scene.subjects, chosen]);
  /** @type {Map<string, {hub: Spot, others: Spot[], type: string}>} */
  const bundles = new Map();
  for (const line of scene.lines) {
    const { start, end } = line;
    const hub = spotOf.get(hubs.has(start) ? start : end);
    const other = spotOf.get(hubs.has(start) ? end : start);
    if (!hub || !other || !hubs.has(hub.node)) continue;
    const type = lineName(graph, line);
    const side = scene.layout === "round" ? 0 : Math.sign(other.column);
    const key = `${hub.node} ${type} ${side} ${start === hub.node}`;
    const bundle = bundles.get(key) ?? { hub, others: [], type };
    bundle.others.push(other);
    bundles.set(key, bundle);
  }
  return [...bundles.values()].map(({ hub, others, type }) => ({
    type,
    count: others.length,
    ...(scene.layout === "round" ? placeRound(hub, others) : labelPlace(hub, others)),
  }));
}

/** The lines of one type and direction between two rows, or two columns, with one label.
 * @param {OwnershipGraph} graph @param {Scene} scene @param {(spot: Spot) => number} rank the row
 * or column of a spot @param {number} outward where between the inner and the outer one it stands
 * @returns {Bundle[]} */
function bundlesBetween(graph, scene, rank, outward) {
  const spotOf = new Map(scene.spots.map((spot) => [spot.node, spot]));
  /** @type {Map<string, {type: string, middles: Point[]}>} */
  const bundles = new Map();
  for (const line of scene.lines) {
    const from = /** @type {Spot} */ (spotOf.get(line.start));
    const to = /** @type {Spot} */ (spotOf.get(line.end));
    if (rank(from) === rank(to)) continue;
    const type = lineName(graph, line);
    const key = `${type} ${rank(from)} ${rank(to)}`;
    const bundle = bundles.get(key) ?? { type, middles: [] };
    const share = Math.abs(rank(from)) > Math.abs(rank(to)) ? 1 - outward : outward;
    const at = (/** @type {"x" | "y"} */ axis) => from[axis] + (to[axis] - from[axis]) * share;
    bundle.middles.push({ x: at("x"), y: at("y") });
    bundles.set(key, bundle);
  }
  return [...bundles.values()].map(({ type, middles }) => ({
    type,
    count: middles.length,
    x: middles.reduce((sum, { x }) => sum + x, 0) / middles.length,
    y: middles.reduce((sum, { y }) => sum + y, 0) / middles.length,
  }));
}

/** On the way to the one in the middle of those that lie round a hub.
 * @param {Spot} hub @param {Spot[]} others @returns {Point} */
function placeRound(hub, others) {
  const around = [...others].sort((a, b) => turnOf(hub, a) - turnOf(hub, b));
  const { x, y } = around[Math.floor(around.length / 2)];
  return { x: hub.x + (x - hub.x) * 0.6, y: hub.y + (y - hub.y) * 0.6 };
}

/** Clockwise from below. @param {Point} hub @param {Point} at @returns {number} */
function turnOf(hub, at) {
  return Math.atan2(hub.x - at.x, at.y - hub.y) + (at.x > hub.x ? 2 * Math.PI : 0);
}

/** Between a hub and the others, a little nearer to these.
 * @param {Spot} hub @param {Spot[]} others @returns {{x: number, y: number}} */
function labelPlace(hub, others) {
  const meanY = others.reduce((sum, { y }) => sum + y, 0) / others.length;
  const nearX = others.reduce(
    (best, { x }) => (Math.abs(x - hub.x) < Math.abs(best - hub.x) ? x : best),
    others[0].x,
  );
  return { x: hub.x + (nearX - hub.x) * 0.55, y: hub.y + (meanY - hub.y) * 0.55 };
}

/** @param {Pen} pen @param {Palette} palette @param {Bundle[]} bundles @param {Spot[]} subjects
 * @param {number} scale */
function paintBundles(pen, palette, bundles, subjects, scale) {
  const places = new Places(1);
  const aside = Math.max(COLUMN / 3, 80 / scale);
  for (const { x, y } of subjects) places.take(x - aside, y - 20, 2 * aside, 55);
  const size = Math.min(Math.max(11, 9 / scale), ROW * 0.72);
  for (const { type, count, x, y } of [...bundles].sort((a, b) => b.count - a.count)) {
    const text = count > 1 ? `${counted(count)} × ${type}` : type;
    pen.font = `400 ${size}px ${FONT}`;
    const wide = pen.measureText(text).width;
    const at = [0, 1, -1, 2, -2].map((step) => y + step * size * 1.3);
    const free = at.find((each) =>
      places.take(x - wide / 2 - 3, each - size * 0.65, wide + 6, size * 1.3),
    );
    if (free === undefined) continue;
    paintPlate(pen, palette.ground, { x, y: free, wide: wide + 6, high: size * 1.3 });
    paintText(pen, text, x, free, { colour: palette.muted, rim: palette.ground, size });
  }
}
