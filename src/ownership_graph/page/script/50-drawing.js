// What is painted on the canvas round the nodes: discs, names, ties, marks. Sizes that are to
// stay the same at every zoom are divided by the scale.
"use strict";

/** @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {{ink: string, muted: string, faint: string, ground: string, disc: string, rim: string, tie: string, line: string, accent: string, mark: string}} Palette */

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const LONGEST_NAME = 30;

/** The colours in force, from the style sheet. @returns {Palette} */
function paletteInForce() {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour("ink"),
    muted: colour("muted"),
    faint: colour("faint"),
    ground: colour("ground"),
    disc: colour("disc"),
    rim: colour("rim"),
    tie: colour("tie"),
    line: colour("line"),
    accent: colour("accent"),
    mark: colour("mark"),
  };
}

/** Names painted so far in one frame, so that none is painted over another. */
class Places {
  /** @param {number} scale */
  constructor(scale) {
    this.scale = scale;
    /** @type {Map<string, [number, number, number, number][]>} */
    this.cells = new Map();
  }

  /** Whether a box (in map units) is still free; if so it is taken.
   * @param {number} x @param {number} y @param {number} wide @param {number} high */
  take(x, y, wide, high) {
    const box = /** @type {[number, number, number, number]} */ ([x, y, x + wide, y + high]);
    const cells = this.cellsOf(box);
    const met = cells.some((cell) => (this.cells.get(cell) ?? []).some((other) => overlap(box, other)));
    if (met) return false;
    for (const cell of cells) this.cells.set(cell, [...(this.cells.get(cell) ?? []), box]);
    return true;
  }

  /** @param {[number, number, number, number]} box @returns {string[]} */
  cellsOf([left, top, right, bottom]) {
    const side = 120 / this.scale;
    const cells = [];
    for (let x = Math.floor(left / side); x <= Math.floor(right / side); x++) {
      for (let y = Math.floor(top / side); y <= Math.floor(bottom / side); y++) cells.push(`${x},${y}`);
    }
    return cells;
  }
}

/** @param {number[]} a @param {number[]} b @returns {boolean} */
function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/**
 * A text with a rim in the ground's colour, so that it can be read over lines.
 * @param {Pen} pen @param {string} text @param {number} x @param {number} y
 * @param {{colour: string, rim: string, size: number, bold?: boolean, align?: CanvasTextAlign}} how
 */
function paintText(pen, text, x, y, { colour, rim, size, bold = false, align = "center" }) {
  pen.font = `${bold ? 600 : 400} ${size}px ${FONT}`;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = size / 3.2;
  pen.strokeStyle = rim;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} radius */
function circle(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}

/** Lines between discs, thicker for more relationships, under everything else.
 * @param {Pen} pen @param {Palette} palette @param {Disc[]} discs
 * @param {{from: number, to: number, weight: number}[]} ties @param {number} scale */
function paintTies(pen, palette, discs, ties, scale) {
  const most = ties.length ? ties[0].weight : 1;
  pen.strokeStyle = palette.tie;
  pen.lineCap = "round";
  for (const { from, to, weight } of ties) {
    pen.lineWidth = (1 + 4 * Math.sqrt(weight / most)) / Math.max(scale, 0.25);
    pen.beginPath();
    pen.moveTo(discs[from].x, discs[from].y);
    pen.lineTo(discs[to].x, discs[to].y);
    pen.stroke();
  }
}

/** @param {Pen} pen @param {Palette} palette @param {Group[]} groups @param {number} scale */
function paintGroups(pen, palette, groups, scale) {
  for (const { x, y, radius } of groups) {
    circle(pen, x, y, radius);
    pen.strokeStyle = palette.rim;
    pen.lineWidth = 1.2 / scale;
    pen.setLineDash([5 / scale, 5 / scale]);
    pen.stroke();
    pen.setLineDash([]);
  }
}

/** @param {Pen} pen @param {Palette} palette @param {Disc} disc @param {number} scale */
function paintDisc(pen, palette, disc, scale) {
  circle(pen, disc.x, disc.y, disc.radius);
  pen.fillStyle = palette.disc;
  pen.fill();
  pen.strokeStyle = palette.rim;
  pen.lineWidth = 1 / scale;
  pen.stroke();
}

/** What a disc is made of: a ring parted by label, the count in its middle.
 * @param {Pen} pen @param {Palette} palette @param {Disc} disc
 * @param {{colour: string, count: number}[]} parts @param {number} scale */
function paintRing(pen, palette, disc, parts, scale) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const wide = disc.radius * 0.2;
  let angle = -Math.PI / 2;
  for (const { colour, count } of parts) {
    const turn = (2 * Math.PI * count) / total;
    pen.beginPath();
    pen.arc(disc.x, disc.y, disc.radius - wide / 2, angle, angle + turn);
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.lineCap = "butt";
    pen.stroke();
    angle += turn;
  }
  const size = Math.min(disc.radius * 0.62, 15 / scale);
  if (size * scale >= 7) {
    paintText(pen, counted(total), disc.x, disc.y, { colour: palette.muted, rim: palette.disc, size });
  }
}

/** The names of groups and discs, the largest first; a name with no room is left out.
 * @param {Pen} pen @param {Palette} palette @param {OwnershipGraph} graph
 * @param {(disc: number) => boolean} isShown @param {number} scale @param {Places} places */
function paintDiscNames(pen, palette, graph, isShown, scale, places) {
  const size = 12.5 / scale;
  const groups = scale < 0.45 ? graph.groups : [];
  for (const group of groups) {
    const high = 15 / scale;
    paintIfFree(pen, palette, shortened(group.name, LONGEST_NAME), group.x, group.y - group.radius - high * 0.7, high, palette.muted, places);
  }
  const order = graph.discs.map((_, disc) => disc).filter(isShown);
  order.sort((a, b) => graph.discs[b].radius - graph.discs[a].radius || a - b);
  for (const disc of order) {
    const { x, y, radius, name } = graph.discs[disc];
    if (radius * scale < 7) continue;
    paintIfFree(pen, palette, shortened(name, LONGEST_NAME), x, y - radius - size * 0.75, size, palette.ink, places);
  }
}

/** @param {Pen} pen @param {Palette} palette @param {string} text @param {number} x @param {number} y
 * @param {number} size @param {string} colour @param {Places} places */
function paintIfFree(pen, palette, text, x, y, size, colour, places) {
  pen.font = `600 ${size}px ${FONT}`;
  const wide = pen.measureText(text).width;
  if (!places.take(x - wide / 2, y - size / 2, wide, size * 1.1)) return;
  paintText(pen, text, x, y, { colour, rim: palette.ground, size, bold: true });
}

/** Names below nodes, as many as have room.
 * @param {Pen} pen @param {Palette} palette @param {OwnershipGraph} graph @param {Spot[]} spots
 * @param {number} scale @param {Places} places */
function paintNodeNames(pen, palette, graph, spots, scale, places) {
  const size = 11 / scale;
  pen.font = `400 ${size}px ${FONT}`;
  for (const { node, x, y } of spots) {
    const text = shortened(graph.name(node), 18);
    const wide = pen.measureText(text).width;
    const below = y + nodeSize(graph, node) + size * 0.8;
    if (!places.take(x - wide / 2, below - size / 2, wide, size)) continue;
    paintText(pen, text, x, below, { colour: palette.ink, rim: palette.disc, size });
  }
}

/** Names beside the nodes of a focus: outward of the subjects, below the subjects themselves.
 * @param {Pen} pen @param {Palette} palette @param {OwnershipGraph} graph @param {Spot[]} spots
 * @param {Set<number>} subjects @param {number | null} chosen */
function paintFocusNames(pen, palette, graph, spots, subjects, chosen) {
  for (const { node, x, y, column } of spots) {
    const bold = subjects.has(node) || node === chosen;
    const how = { colour: palette.ink, rim: palette.ground, bold };
    const reach = nodeSize(graph, node, subjects.has(node)) + 7;
    const text = shortened(graph.name(node), column ? 27 : 36);
    if (!column) paintText(pen, text, x, y + reach + 8, { ...how, size: 15 });
    else if (column < 0) paintText(pen, text, x - reach, y, { ...how, size: 13, align: "right" });
    else paintText(pen, text, x + reach, y, { ...how, size: 13, align: "left" });
  }
}

/** @typedef {{type: string, count: number, x: number, y: number}} Bundle */

/** The lines of one type between one node and one column, with one label for all of them.
 * @param {OwnershipGraph} graph @param {Spot[]} spots @param {Line[]} lines @returns {Bundle[]} */
function bundlesOf(graph, spots, lines) {
  const spotOf = new Map(spots.map((spot) => [spot.node, spot]));
  /** @type {Map<string, {hub: Spot, others: Spot[], type: string}>} */
  const bundles = new Map();
  for (const line of lines) {
    const start = /** @type {Spot} */ (spotOf.get(line.start));
    const end = /** @type {Spot} */ (spotOf.get(line.end));
    const startIsHub = Math.abs(start.column) <= Math.abs(end.column);
    const [hub, other] = startIsHub ? [start, end] : [end, start];
    const key = `${hub.node} ${graph.type(line.tie)} ${other.column} ${startIsHub}`;
    const bundle = bundles.get(key) ?? { hub, others: [], type: graph.type(line.tie) };
    bundle.others.push(other);
    bundles.set(key, bundle);
  }
  return [...bundles.values()].map(({ hub, others, type }) => ({
    type,
    count: others.length,
    ...labelPlace(hub, others),
  }));
}

/** Half-way to the nearest of the others for one, nearer to them for many.
 * @param {Spot} hub @param {Spot[]} others @returns {{x: number, y: number}} */
function labelPlace(hub, others) {
  const meanY = others.reduce((sum, { y }) => sum + y, 0) / others.length;
  const nearX = others.reduce((best, { x }) => (Math.abs(x - hub.x) < Math.abs(best - hub.x) ? x : best), others[0].x);
  return { x: hub.x + (nearX - hub.x) * 0.5, y: hub.y + (meanY - hub.y) * 0.5 };
}

/** @param {Pen} pen @param {Palette} palette @param {Bundle[]} bundles */
function paintBundles(pen, palette, bundles) {
  const places = new Places(1);
  for (const { type, count, x, y } of [...bundles].sort((a, b) => b.count - a.count)) {
    const text = count > 1 ? `${counted(count)} × ${type}` : type;
    pen.font = `400 11px ${FONT}`;
    const wide = pen.measureText(text).width;
    const offset = [0, 14, -14, 28, -28].find((by) => places.take(x - wide / 2 - 3, y + by - 7, wide + 6, 14));
    if (offset === undefined) continue;
    paintText(pen, text, x, y + offset, { colour: palette.muted, rim: palette.ground, size: 11 });
  }
}

/** A ring round what is marked. @param {Pen} pen @param {string} colour @param {number} x
 * @param {number} y @param {number} radius @param {number} scale */
function paintMark(pen, colour, x, y, radius, scale) {
  circle(pen, x, y, radius + 3.5 / scale);
  pen.strokeStyle = colour;
  pen.lineWidth = 2.5 / scale;
  pen.stroke();
}

/** A numbered pin, its point at (x, y). @param {Pen} pen @param {Palette} palette
 * @param {string} text @param {number} x @param {number} y @param {number} scale */
function paintPin(pen, palette, text, x, y, scale) {
  const radius = 10 / scale;
  const middle = y - radius * 1.9;
  pen.beginPath();
  pen.arc(x, middle, radius, Math.PI * 0.8, Math.PI * 0.2);
  pen.lineTo(x, y);
  pen.closePath();
  pen.fillStyle = palette.mark;
  pen.fill();
  pen.strokeStyle = palette.ground;
  pen.lineWidth = 1.5 / scale;
  pen.stroke();
  pen.font = `700 ${12 / scale}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = palette.ground;
  pen.fillText(text, x, middle);
}

/** @param {OwnershipGraph} graph @param {number} node @param {boolean} [isSubject] */
function nodeSize(graph, node, isSubject = false) {
  const size = graph.label(node).name === "Team" ? 12 : 9;
  return isSubject ? size * 1.7 : size;
}
