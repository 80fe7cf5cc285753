// The map as SVG: a pen that writes what the painter paints, and the nodes and lines of the scene.
"use strict";

/** What XML cannot hold. */
const NOT_IN_XML = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ANCHORS = /** @type {Record<string, string>} */ ({
  left: "start",
  right: "end",
  center: "middle",
});

/** As much of a canvas's pen as the painter uses; each stroke becomes an element of a drawing. */
class SvgPen {
  constructor() {
    /** @type {Element[]} */
    this.elements = [];
    this.ruler = /** @type {Pen} */ (document.createElement("canvas").getContext("2d"));
    this.path = "";
    this.strokeStyle = "#000000";
    this.fillStyle = "#000000";
    this.lineWidth = 1;
    this.lineCap = "butt";
    this.lineJoin = "miter";
    this.font = "10px sans-serif";
    this.textAlign = "left";
    this.textBaseline = "middle";
    /** @type {number[]} */
    this.dash = [];
    /** The rim of the text that comes next. @type {Settings} */
    this.rim = {};
  }

  beginPath() {
    this.path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path += `L${short(x)} ${short(y)}`;
  }

  /** @param {number} viaX @param {number} viaY @param {number} x @param {number} y */
  quadraticCurveTo(viaX, viaY, x, y) {
    this.path += `Q${short(viaX)} ${short(viaY)} ${short(x)} ${short(y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  /** Clockwise, as the painter's are; in two halves, since one may not end where it begins.
   * @param {number} x @param {number} y @param {number} radius @param {number} from
   * @param {number} to */
  arc(x, y, radius, from, to) {
    const turn = to < from ? to - from + 2 * Math.PI : to - from;
    const r = short(radius);
    [0, 0.5, 1].forEach((share, place) => {
      const angle = from + turn * share;
      const at = `${short(x + radius * Math.cos(angle))} ${short(y + radius * Math.sin(angle))}`;
      const begin = this.path ? "L" : "M";
      this.path += place ? `A${r} ${r} 0 0 1 ${at}` : `${begin}${at}`;
    });
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  stroke() {
    this.put("path", { d: this.path, fill: "none", ...this.stroked() });
  }

  fill() {
    this.put("path", { d: this.path, ...this.coloured("fill", this.fillStyle) });
  }

  /** @param {string} _text @param {number} _x @param {number} _y */
  strokeText(_text, _x, _y) {
    this.rim = { ...this.stroked(), "paint-order": "stroke" };
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    const [, weight, size, family] = this.font.match(/^(\d+) ([\d.e-]+)px (.*)$/) ?? [];
    const look = { "font-weight": weight, "font-size": short(Number(size)), "font-family": family };
    const place = { x: short(x), y: short(y), dy: "0.35em", "text-anchor": ANCHORS[this.textAlign] };
    const colours = { ...this.coloured("fill", this.fillStyle), ...this.rim };
    this.put("text", { ...place, ...look, ...colours }, text.replace(NOT_IN_XML, "\uFFFD"));
    this.rim = {};
  }

  /** @param {string} text */
  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  /** @returns {Settings} */
  stroked() {
    return {
      ...this.coloured("stroke", this.strokeStyle),
      "stroke-width": short(this.lineWidth),
      "stroke-linecap": this.lineCap === "butt" ? null : this.lineCap,
      "stroke-linejoin": this.lineJoin === "miter" ? null : this.lineJoin,
      "stroke-dasharray": this.dash.length ? this.dash.map(short).join(" ") : null,
    };
  }

  /** A colour as every program reads it: what it lets through stands by itself.
   * @param {string} name @param {string} colour @returns {Settings} */
  coloured(name, colour) {
    this.ruler.fillStyle = colour;
    const plain = String(this.ruler.fillStyle);
    const [, rgb, alpha] = plain.match(/^rgba\((.*), ([\d.]+)\)$/) ?? [];
    return rgb ? { [name]: `rgb(${rgb})`, [`${name}-opacity`]: alpha } : { [name]: plain };
  }

  /** @param {string} tag @param {Settings} settings @param {...Child} children */
  put(tag, settings, ...children) {
    this.elements.push(drawn(tag, settings, ...children));
  }
}

/** @param {number} number @returns {number} with as many digits as an eye can tell apart */
function short(number) {
  return Math.round(number * 100) / 100;
}

/** The lines of a scene, as vis draws them. @param {Pen} pen @param {Stage} stage */
function paintLines(pen, stage) {
  for (const line of stage.linesInSight()) {
    const from = stage.placeOf(line.start);
    const to = stage.placeOf(line.end);
    if (!from || !to || line.start === line.end) continue;
    const { color, width, arrows, smooth, dashes } = stage.visEdge(line);
    pen.setLineDash(dashes ? [5, 5] : []);
    pen.strokeStyle = color?.color ?? stage.palette.line;
    pen.lineWidth = width ?? 1.2;
    const via = smooth ? viaOf(from, to, smooth.roundness) : from;
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    if (smooth) pen.quadraticCurveTo(via.x, via.y, to.x, to.y);
    else pen.lineTo(to.x, to.y);
    pen.stroke();
    pen.setLineDash([]);
    if (arrows.to.enabled) paintArrow(pen, via, to);
  }
}

/** Where a line within a column is bent to. @param {Point} from @param {Point} to
 * @param {number} roundness @returns {Point} */
function viaOf(from, to, roundness) {
  const share = roundness * 0.5 + 0.5;
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + share * Math.PI;
  const reach = share * Math.hypot(to.x - from.x, to.y - from.y);
  return { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
}

/** The head of an arrow at the rim of what it points at.
 * @param {Pen} pen @param {Point} from @param {Circle} to */
function paintArrow(pen, from, { x, y, radius }) {
  const angle = Math.atan2(y - from.y, x - from.x);
  const at = (/** @type {number} */ back, /** @type {number} */ aside) =>
    /** @type {[number, number]} */ ([
      x - back * Math.cos(angle) - aside * Math.sin(angle),
      y - back * Math.sin(angle) + aside * Math.cos(angle),
    ]);
  pen.beginPath();
  pen.moveTo(...at(radius, 0));
  pen.lineTo(...at(radius + 9, 3.5));
  pen.lineTo(...at(radius + 9, -3.5));
  pen.closePath();
  pen.fillStyle = pen.strokeStyle;
  pen.fill();
}

/** The nodes of a scene as shapes; dashed and hollow as the stage has them.
 * @param {Pen} pen @param {Stage} stage */
function paintNodes(pen, stage) {
  const { graph, palette } = stage;
  const { classes, of, rest } = stage.page.colouring;
  for (const { node, x, y } of stage.scene.spots) {
    const size = stage.sizeOf(node);
    const own = classes[of(node)];
    const colour = (own ?? rest).colour;
    const outline = own ? palette.outline : palette.line;
    const isStub = stage.isHollow(node);
    pen.beginPath();
    const corners = CORNERS[graph.label(node).shape];
    if (!corners) pen.arc(x, y, size, 0, 2 * Math.PI);
    (corners ?? []).forEach(([right, down], place) => {
      if (place) pen.lineTo(x + right * size, y + down * size);
      else pen.moveTo(x + right * size, y + down * size);
    });
    pen.closePath();
    pen.fillStyle = isStub ? palette.ground : colour;
    pen.fill();
    pen.strokeStyle = isStub ? colour : outline;
    pen.lineWidth = isStub ? 2 : 1;
    pen.setLineDash(isStub ? [3, 2] : []);
    pen.stroke();
    pen.setLineDash([]);
  }
}

/** What the canvas shows now, as the text of an SVG file. @param {Stage} stage
 * @param {Painter} painter @param {string} title @returns {string} */
function svgOf(stage, painter, title) {
  const { clientWidth: width, clientHeight: height } = stage.canvas;
  const pen = new SvgPen();
  const asPen = /** @type {Pen} */ (/** @type {unknown} */ (pen));
  painter.under(asPen);
  paintLines(asPen, stage);
  paintNodes(asPen, stage);
  painter.over(asPen);
  const from = stage.network.DOMtoCanvas({ x: 0, y: 0 });
  const [wide, high] = [width / stage.scale, height / stage.scale];
  const box = { x: short(from.x), y: short(from.y), width: short(wide), height: short(high) };
  const svg = drawn(
    "svg",
    { viewBox: Object.values(box).join(" "), width, height },
    drawn("title", {}, title.replace(NOT_IN_XML, "\uFFFD")),
    drawn("rect", { ...box, fill: stage.palette.ground }),
    ...pen.elements,
  );
  return new XMLSerializer().serializeToString(svg);
}
