// What is painted on the canvas round the nodes: discs, names, ties, marks. Sizes that are to
// stay the same at every zoom are divided by the scale.
"use strict";

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const LONGEST_NAME = 40;
const LONGEST_LINE = 14;
/** Below this scale the groups of teams are named. */
const FAR = 0.6;
/** A name may be so many times as wide as the radius of the group that bears it. */
const WIDEST_NAME = 12;
/** Pixels of a disc's radius from which it is named. */
const SMALLEST_NAMED = 11;

const COLOURS = /** @type {(keyof Palette)[]} */ ([
  "ink",
  "muted",
  "ground",
  "disc",
  "rim",
  "tie",
  "line",
  "outline",
  "accent",
  "mark",
]);

/** The colours in force, from the style sheet. @returns {Palette} */
function paletteInForce() {
  const style = getComputedStyle(document.documentElement);
  const pairs = COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(pairs);
}

/** Names painted so far in one frame, so that none is painted over another. */
class Places {
  /** @param {number} scale @param {{left: number, right: number}} [edges] of what is in sight */
  constructor(scale, edges) {
    this.scale = scale;
    this.edges = edges ?? { left: -Infinity, right: Infinity };
    /** @type {Map<string, [number, number, number, number][]>} */
    this.cells = new Map();
  }

  /** Whether a box (in map units) is still free; if so it is taken.
   * @param {number} x @param {number} y @param {number} wide @param {number} high */
  take(x, y, wide, high) {
    const box = /** @type {[number, number, number, number]} */ ([x, y, x + wide, y + high]);
    const cells = this.cellsOf(box);
    const met = cells.some((cell) =>
      (this.cells.get(cell) ?? []).some((other) => overlap(box, other)),
    );
    if (met) return false;
    for (const cell of cells) this.cells.set(cell, [...(this.cells.get(cell) ?? []), box]);
    return true;
  }

  /** Where the middle of a text of that width has to be so that no edge cuts it; a text whose own
   * place is out of sight stays there. @param {number} x @param {number} wide */
  inSight(x, wide) {
    const { left, right } = this.edges;
    if (x < left || x > right) return x;
    return Math.max(left + wide / 2, Math.min(right - wide / 2, x));
  }

  /** @param {[number, number, number, number]} box @returns {string[]} */
  cellsOf([left, top, right, bottom]) {
    const side = 120 / this.scale;
    const cells = [];
    for (let x = Math.floor(left / side); x <= Math.floor(right / side); x++) {
      for (let y = Math.floor(top / side); y <= Math.floor(bottom / side); y++)
        cells.push(`${x},${y}`);
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
 * @param {Writing} how
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

/** A plate below a text, so that no line runs through it. @param {Pen} pen @param {string} colour
 * @param {{x: number, y: number, wide: number, high: number}} box by its middle */
function paintPlate(pen, colour, { x, y, wide, high }) {
  pen.beginPath();
  pen.moveTo(x - wide / 2, y - high / 2);
  pen.lineTo(x + wide / 2, y - high / 2);
  pen.lineTo(x + wide / 2, y + high / 2);
  pen.lineTo(x - wide / 2, y + high / 2);
  pen.closePath();
  pen.fillStyle = colour;
  pen.fill();
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} radius */
function circle(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}

/** Lines between discs, thicker for more relationships, under everything else.
 * @param {Pen} pen @param {Palette} palette @param {Disc[]} discs
 * @param {DiscTie[]} ties @param {number} scale */
function paintTies(pen, palette, discs, ties, scale) {
  const most = ties.length ? ties[0].weight : 1;
  pen.strokeStyle = palette.tie;
  pen.lineCap = "round";
  for (const { from, to, weight } of ties) {
    pen.lineWidth = (0.75 + 3 * (weight / most)) / scale;
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
    paintText(pen, counted(total), disc.x, disc.y, {
      colour: palette.muted,
      rim: palette.disc,
      size,
    });
  }
}

/** The names of groups, the largest first. @param {Pen} pen @param {Palette} palette
 * @param {Group[]} groups @param {number} scale @param {Places} places */
function paintGroupNames(pen, palette, groups, scale, places) {
  for (const { name, x, y, radius } of [...groups].sort((a, b) => b.radius - a.radius)) {
    const how = { colour: palette.muted, rim: palette.ground, size: 12 / scale, bold: true };
    if (widthOf(pen, linesOf(shortened(name, LONGEST_NAME)), how) > radius * WIDEST_NAME) continue;
    paintIfFree(pen, name, x, [y - radius - 3 / scale], how, places);
  }
}

/** The names of discs, the largest first; a name with no room is left out.
 * @param {Pen} pen @param {Palette} palette @param {Disc[]} discs @param {number} scale
 * @param {Places} places */
function paintDiscNames(pen, palette, discs, scale, places) {
  for (const { x, y, radius, name } of [...discs].sort((a, b) => b.radius - a.radius)) {
    if (radius * scale < SMALLEST_NAMED) continue;
    const how = { colour: palette.ink, rim: palette.ground, size: 11 / scale };
    const below = y + radius + (2 + 12.3 * linesOf(shortened(name, LONGEST_NAME)).length) / scale;
    paintIfFree(pen, name, x, [y - radius - 2 / scale, below], how, places);
  }
}

/** @param {Pen} pen @param {string[]} lines @param {Writing} how @returns {number} */
function widthOf(pen, lines, { size, bold }) {
  pen.font = `${bold ? 600 : 400} ${size}px ${FONT}`;
  return Math.max(...lines.map((line) => pen.measureText(line).width));
}

/** A name in one line or two, standing on the first of the heights where nothing is written yet.
 * @param {Pen} pen @param {string} name @param {number} x @param {number[]} heights
 * @param {Writing} how @param {Places} places */
function paintIfFree(pen, name, x, heights, how, places) {
  const lines = linesOf(shortened(name, LONGEST_NAME));
  const high = how.size * 1.12;
  const wide = widthOf(pen, lines, how);
  const middle = places.inSight(x, wide);
  const y = heights.find((at) =>
    places.take(middle - wide / 2, at - lines.length * high, wide, lines.length * high),
  );
  if (y === undefined) return;
  const top = y - lines.length * high;
  lines.forEach((line, place) => paintText(pen, line, middle, top + (place + 0.5) * high, how));
}

/** A name parted at the blank nearest to its middle, where it is long.
 * @param {string} name @returns {string[]} */
function linesOf(name) {
  const blanks = [...name.matchAll(/ /g)].map(({ index }) => index);
  if (name.length <= LONGEST_LINE || !blanks.length) return [name];
  const middle = name.length / 2;
  const at = blanks.reduce((best, each) =>
    Math.abs(each - middle) < Math.abs(best - middle) ? each : best,
  );
  return [name.slice(0, at), name.slice(at + 1)];
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

/** A ring round what is marked. @param {Pen} pen @param {string} colour @param {number} x
 * @param {number} y @param {number} radius @param {number} scale */
function paintMark(pen, colour, x, y, radius, scale) {
  circle(pen, x, y, radius + 3.5 / scale);
  pen.strokeStyle = colour;
  pen.lineWidth = 2 / scale;
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

/** What became of a node, as a sign. @param {Pen} pen @param {Palette} palette
 * @param {"new" | "changed" | "gone"} became @param {number} x @param {number} y
 * @param {number} scale */
function paintBadge(pen, palette, became, x, y, scale) {
  const how = { colour: palette.ink, rim: palette.ground, size: 15 / scale, bold: true };
  paintText(pen, MARKS[became], x, y, how);
}

/** @param {OwnershipGraph} graph @param {number} node @param {boolean} [isSubject] */
function nodeSize(graph, node, isSubject = false) {
  const size = graph.label(node).name === "Team" ? 10.5 : 9;
  return isSubject ? size * 1.6 : size;
}
