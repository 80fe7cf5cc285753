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
/** Pixels of a disc's radius from which it is named, and from which no other's name is painted over
 * it; a group's name may be over discs that bear none. */
const SMALLEST_NAMED = 11;
const SMALLEST_SEEN = 7;
/** A name in a disc may be so many times as wide as its radius. */
const WITHIN = 1.3;
/** Half the side of the square that stands for a circle, by its radius. */
const SQUARE = 0.85;
/** Pixels of a node's size from which it bears the sign of what became of it; else it is a dot. */
const SMALLEST_SIGNED = 3.2;
const DOT = 3;

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

/** Left, top, right and bottom, in map units. @typedef {[number, number, number, number]} Box */

/** Names painted so far in one frame, so that none is painted over another. */
class Places {
  /** @param {number} scale @param {{left: number, right: number}} [edges] of what is in sight */
  constructor(scale, edges) {
    this.scale = scale;
    this.edges = edges ?? { left: -Infinity, right: Infinity };
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
    /** Those over which a name may be painted that finds no other place. */
    this.yielding = new Set();
  }

  /** Whether a box (in map units) is still free, or taken by what yields; if so it is taken.
   * @param {number} x @param {number} y @param {number} wide @param {number} high
   * @param {boolean} [isUrgent] whether what yields is to yield */
  take(x, y, wide, high, isUrgent = false) {
    const box = /** @type {Box} */ ([x, y, x + wide, y + high]);
    const cells = this.cellsOf(box);
    const met = cells.some((cell) =>
      (this.cells.get(cell) ?? []).some(
        (other) => overlap(box, other) && !(isUrgent && this.yielding.has(other)),
      ),
    );
    if (!met) this.block(x, y, wide, high);
    return !met;
  }

  /** Take a box, whether it is free or not. @param {number} x @param {number} y
   * @param {number} wide @param {number} high @returns {Box} */
  block(x, y, wide, high) {
    const box = /** @type {Box} */ ([x, y, x + wide, y + high]);
    for (const cell of this.cellsOf(box)) {
      this.cells.set(cell, [...(this.cells.get(cell) ?? []), box]);
    }
    return box;
  }

  /** Take the squares that circles fill, their corners apart; these yield. @param {Circle[]} circles */
  blockCircles(circles) {
    for (const { x, y, radius } of circles) {
      const half = radius * SQUARE;
      this.yielding.add(this.block(x - half, y - half, 2 * half, 2 * half));
    }
  }

  /** Where the middle of a text of that width has to be so that no edge cuts it; a text whose own
   * place is out of sight stays there. @param {number} x @param {number} wide */
  inSight(x, wide) {
    const { left, right } = this.edges;
    if (x < left || x > right) return x;
    return Math.max(left + wide / 2, Math.min(right - wide / 2, x));
  }

  /** Whether no edge cuts a text of that width. @param {number} x its middle
   * @param {number} wide @returns {boolean} */
  holds(x, wide) {
    return x - wide / 2 >= this.edges.left && x + wide / 2 <= this.edges.right;
  }

  /** @param {Box} box @returns {string[]} */
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

/** The names of groups, the largest first: above what they hold, a little aside, or else at its
 * lower rim; farther below, it would be taken for the name of what lies there. A group's name
 * matters more than a disc that it hides a part of.
 * @param {Pen} pen @param {Palette} palette
 * @param {Group[]} groups @param {number} scale @param {Places} places */
function paintGroupNames(pen, palette, groups, scale, places) {
  const aside = [0, -0.5, 0.5];
  for (const { name, x, y, radius } of [...groups].sort((a, b) => b.radius - a.radius)) {
    const how = { colour: palette.muted, rim: palette.ground, size: 12 / scale, bold: true };
    const { wide, high } = extentOf(pen, name, how);
    if (wide > radius * WIDEST_NAME) continue;
    const above = aside.map((share) => ({
      x: x + share * radius,
      y: y - radius - 3 / scale - high / 2,
    }));
    const within = wide < 2 * radius ? [{ x, y: y + radius - high / 2 }] : [];
    const isPainted = paintIfFree(pen, name, [...above, ...within], how, places);
    if (!isPainted) paintIfFree(pen, name, above, how, places, true);
  }
}

/** The names of discs, the largest first: above, below or beside, of one that stands for what is in
 * it within, below its count; a name with no room is left out.
 * @param {Pen} pen @param {Palette} palette @param {Disc[]} discs @param {number} scale
 * @param {Places} places @param {boolean} [isEmpty] whether no nodes lie on the discs */
function paintDiscNames(pen, palette, discs, scale, places, isEmpty = false) {
  for (const { x, y, radius, name } of [...discs].sort((a, b) => b.radius - a.radius)) {
    if (radius * scale < SMALLEST_NAMED) continue;
    const how = { colour: palette.ink, rim: palette.ground, size: 11 / scale };
    const { wide, high } = extentOf(pen, name, how);
    const down = radius + 2 / scale + high / 2;
    const aside = radius + 4 / scale + wide / 2;
    const beside = [x + aside, x - aside].filter((at) => places.holds(at, wide));
    const points = [
      ...[y - down, y + down].map((at) => ({ x, y: at })),
      ...beside.map((at) => ({ x: at, y })),
    ];
    const isPainted = paintIfFree(pen, name, points, how, places);
    const within = { x, y: y + 10 / scale + high / 2 };
    const isWide = isEmpty && wide < radius * WITHIN;
    if (!isPainted && isWide) paintIfFree(pen, name, [within], how, places, true);
  }
}

/** The lines in which a name is written, and how much room they take.
 * @param {Pen} pen @param {string} name @param {Writing} how
 * @returns {{lines: string[], wide: number, high: number}} */
function extentOf(pen, name, { size, bold }) {
  const lines = linesOf(shortened(name, LONGEST_NAME));
  pen.font = `${bold ? 600 : 400} ${size}px ${FONT}`;
  const wide = Math.max(...lines.map((line) => pen.measureText(line).width));
  return { lines, wide, high: lines.length * size * 1.12 };
}

/** A name in one line or two, its middle at the first of the points where nothing is yet.
 * @param {Pen} pen @param {string} name @param {Point[]} points @param {Writing} how
 * @param {Places} places @param {boolean} [isUrgent] @returns {boolean} whether it was painted */
function paintIfFree(pen, name, points, how, places, isUrgent = false) {
  const { lines, wide, high } = extentOf(pen, name, how);
  const moved = points.map(({ x, y }) => ({ x: places.inSight(x, wide), y }));
  const free = moved.find(({ x, y }) =>
    places.take(x - wide / 2, y - high / 2, wide, high, isUrgent),
  );
  if (!free) return false;
  const step = high / lines.length;
  const top = free.y - high / 2;
  lines.forEach((line, place) => paintText(pen, line, free.x, top + (place + 0.5) * step, how));
  return true;
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

/** What became of a node too small for a sign: a dot, hollow where it is gone.
 * @param {Pen} pen @param {Palette} palette @param {"new" | "changed" | "gone"} became
 * @param {number} x @param {number} y @param {number} scale */
function paintDot(pen, palette, became, x, y, scale) {
  const isGone = became === "gone";
  circle(pen, x, y, DOT / scale);
  pen.fillStyle = isGone ? palette.ground : CHANGES[became];
  pen.fill();
  pen.strokeStyle = isGone ? CHANGES[became] : palette.outline;
  pen.lineWidth = (isGone ? 1.5 : 0.6) / scale;
  pen.stroke();
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
