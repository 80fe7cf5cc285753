// Elements made by script: text goes in as text, never as markup.
"use strict";

/** @typedef {string | number | Node | null | undefined | false} Child */
/** @typedef {string | number | boolean | ((event: any) => void) | null | undefined} Setting */
/** @typedef {Record<string, Setting>} Settings */

/**
 * A new element. A setting that is a function listens to the event of its name; `true` and
 * `false` set and leave out an attribute; `null` leaves it out; all others become attributes.
 * @param {string} tag
 * @param {Settings} [settings]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
function element(tag, settings = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) setOn(made, name, value);
  made.append(...shownChildren(children));
  return made;
}

/** @param {Element} target @param {string} name @param {Setting} value */
function setOn(target, name, value) {
  if (typeof value === "function") target.addEventListener(name, value);
  else if (value === true) target.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined) {
    target.setAttribute(name, String(value));
  }
}

/** @param {Child[]} children @returns {(string | Node)[]} */
function shownChildren(children) {
  return children
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}

/**
 * Put `children` into `target` in place of what is there.
 * @param {Element} target @param {...Child} children
 */
function fill(target, ...children) {
  target.replaceChildren(...shownChildren(children));
}

/**
 * The one element of the page with that id.
 * @param {string} id @returns {HTMLElement}
 */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element "${id}"`);
  return found;
}

/** A name that cannot turn the text around it, whatever direction it is written in.
 * @param {string} text @param {string} [className] */
function isolated(text, className) {
  return element("bdi", { class: className }, text);
}

/** A word that tells what it means, to the mouse and to the keyboard; plain where that is unknown.
 * @param {string} meaning @param {...Child} children @returns {HTMLElement} */
function hinted(meaning, ...children) {
  return meaning
    ? element("button", { type: "button", class: "hint", "data-tip": meaning }, ...children)
    : element("span", {}, ...children);
}

const WITH_COMMAS = new Intl.NumberFormat("en-GB");

/** @param {number} count @returns {string} 4812 as 4,812 */
function counted(count) {
  return WITH_COMMAS.format(count);
}

/** @param {number} count @param {string} one @param {string} [many] @returns {string} */
function plural(count, one, many = `${one}s`) {
  return `${counted(count)} ${count === 1 ? one : many}`;
}

/** @param {number} days since 1970-01-01 @returns {string} 2026-11-24 */
function dayText(days) {
  const date = new Date(days * 86_400_000);
  return Number.isNaN(date.getTime()) ? String(days) : date.toISOString().slice(0, 10);
}

/** @param {string} text @param {number} length @returns {string} at most that many characters */
function shortened(text, length) {
  const characters = Array.from(text.slice(0, 2 * length + 2));
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}

/** Where the corners of a shape lie in a box from -1 to 1; "dot" has none.
 * @type {Record<string, [number, number][]>} */
const CORNERS = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  triangle: [
    [0, -0.95],
    [1, 0.8],
    [-1, 0.8],
  ],
  triangleDown: [
    [-1, -0.8],
    [1, -0.8],
    [0, 0.95],
  ],
  hexagon: [
    [-0.5, -0.87],
    [0.5, -0.87],
    [1, 0],
    [0.5, 0.87],
    [-0.5, 0.87],
    [-1, 0],
  ],
  star: Array.from({ length: 10 }, (_, corner) => {
    const angle = (Math.PI * corner) / 5 - Math.PI / 2;
    const reach = corner % 2 ? 0.45 : 1.05;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  }),
};

/**
 * The sign of a label: its shape in its colour.
 * @param {{shape: string, colour: string}} label @returns {Element}
 */
function sign(label) {
  const corners = CORNERS[label.shape];
  const filled = { fill: label.colour };
  const shape = corners
    ? drawn("polygon", { points: corners.map((at) => at.join(",")).join(" "), ...filled })
    : drawn("circle", { r: 0.85, ...filled });
  const box = "-1.25 -1.25 2.5 2.5";
  return drawn("svg", { viewBox: box, class: "sign", "aria-hidden": "true" }, shape);
}

/** A new element of a drawing; settings as for `element`.
 * @param {string} tag @param {Settings} settings @param {...Child} children @returns {Element} */
function drawn(tag, settings = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(settings)) setOn(made, name, value);
  made.append(...shownChildren(children));
  return made;
}
