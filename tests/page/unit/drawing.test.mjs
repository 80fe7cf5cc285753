// What is painted on the map: where names find room, and what a picture has to hold.
import assert from "node:assert/strict";
import test from "node:test";

import { of } from "./page.mjs";

const [Places, boxOf, roomsOf, shortenedTo] = [
  "Places", "boxOf", "roomsOf", "shortenedTo",
].map(of);
const [paintDiscNames, paintGroupNames] = ["paintDiscNames", "paintGroupNames"].map(of);
const PALETTE = { ink: "#000", muted: "#555", ground: "#fff" };

/** A pen that remembers what it wrote and where; all letters are as wide as half their height. */
function writingPen() {
  const written = [];
  const measureText = (text) => ({ width: text.length * 6 });
  const fillText = (text, x, y) => written.push([text, Math.round(x), Math.round(y)]);
  return { written, measureText, fillText, strokeText() {} };
}

/** Where the name of a disc of radius 20 stands, with such others round it. */
function placeAmong(others, edges) {
  const disc = { x: 0, y: 0, radius: 20, name: "Model Risk" };
  const places = new Places(1, edges);
  places.blockCircles([disc, ...others]);
  const pen = writingPen();
  paintDiscNames(pen, PALETTE, [disc], 1, places);
  return pen.written;
}

test("a name moves in from the edge that would cut it, unless its own place is out of sight", () => {
  const places = new Places(1, { left: 0, right: 100 });
  assert.deepEqual([50, 5, 98, -3, 120].map((x) => places.inSight(x, 40)), [50, 20, 80, -3, 120]);
  assert.equal(new Places(1).inSight(1e9, 40), 1e9);
});

test("no name is painted over another", () => {
  const places = new Places(1);
  assert.deepEqual(
    [[0, 0], [30, 5], [41, 0], [0, 11]].map(([x, y]) => places.take(x, y, 40, 10)),
    [true, false, true, true],
  );
});

test("a whole map holds the groups round its discs; nothing at all has a size, too", () => {
  const scene = { kind: "map", spots: [], lines: [], subjects: [], members: [], near: 0 };
  const disc = { x: 0, y: 0, radius: 10 };
  const group = { x: 40, y: 0, radius: 100 };
  assert.equal(boxOf(scene, [disc]).wide, 20);
  assert.equal(boxOf(scene, [disc, group]).wide, 200);
  assert.ok(boxOf(scene, []).wide > 0);
});

test("a disc's name stands above it, else below, right or left, and over no other disc", () => {
  const [above, below, right, left] = [[0, -30], [0, 30], [50, 0], [-50, 0]].map(([x, y]) => ({
    x,
    y,
    radius: 9,
  }));
  assert.deepEqual(placeAmong([]), [["Model Risk", 0, -28]]);
  assert.deepEqual(placeAmong([above]), [["Model Risk", 0, 28]]);
  assert.deepEqual(placeAmong([above, below]), [["Model Risk", 54, 0]]);
  assert.deepEqual(placeAmong([above, below, right]), [["Model Risk", -54, 0]]);
  const atTheRight = { left: -200, right: 40 };
  assert.deepEqual(placeAmong([above, below], atTheRight), [["Model Risk", -54, 0]]);
  assert.deepEqual(placeAmong([above, below, right, left]), []);
});

test("the name of a disc that stands for its nodes is within it where nothing else is free", () => {
  const disc = { x: 0, y: 0, radius: 60, name: "Model Risk" };
  const round = [[0, -70], [0, 70], [95, 0], [-95, 0]].map(([x, y]) => ({ x, y, radius: 9 }));
  const written = [false, true].map((isEmpty) => {
    const places = new Places(1);
    places.blockCircles([disc, ...round]);
    const pen = writingPen();
    paintDiscNames(pen, PALETTE, [disc], 1, places, isEmpty);
    return pen.written;
  });
  assert.deepEqual(written, [[], [["Model Risk", 0, 16]]]);
});

test("a group's name stands above it or at its lower rim, never below", () => {
  const group = { x: 0, y: 0, radius: 60, name: "Risk" };
  const places = new Places(1);
  const at = [1, 2, 3, 4, 5].map(() => {
    const pen = writingPen();
    paintGroupNames(pen, PALETTE, [group], 1, places);
    return pen.written.map(([, x, y]) => [x, y])[0];
  });
  assert.deepEqual(at, [[0, -70], [-30, -70], [30, -70], [0, 53], undefined]);
});

test("a group's name that finds no room hides a part of a disc, but no other name", () => {
  const group = { x: 0, y: 0, radius: 60, name: "Risk" };
  const places = new Places(1);
  places.blockCircles([{ x: 0, y: -60, radius: 90 }, { x: 0, y: 60, radius: 20 }]);
  const [first, pen] = [writingPen(), writingPen()];
  paintGroupNames(first, PALETTE, [group], 1, places);
  assert.deepEqual(first.written, [["Risk", 0, -70]]);
  paintGroupNames(pen, PALETTE, [{ ...group, name: "Of the same place" }], 1, places);
  assert.deepEqual(pen.written, []);
});

test("a name in columns may reach to the next node of its row, or to the end of the map", () => {
  const spots = [
    { node: 0, x: 0, y: 0, column: 0 },
    { node: 1, x: -230, y: 0, column: -1 },
    { node: 2, x: -505, y: 0, column: -2 },
    { node: 3, x: -230, y: 27, column: -1 },
    { node: 4, x: 230, y: 0, column: 1 },
  ];
  const rooms = roomsOf({ layout: "columns", spots });
  assert.deepEqual([1, 2, 3, 4].map((node) => rooms.get(node)), [239, 176, 330, 176]);
  assert.equal(roomsOf({ layout: "round", spots }).get(1), 176);
});

test("a name is cut only where it is too wide", () => {
  const pen = writingPen();
  assert.equal(shortenedTo(pen, "Claims classifier", 102), "Claims classifier");
  const cut = shortenedTo(pen, "Claims classifier", 90);
  assert.ok(cut.startsWith("Claims cla") && cut.endsWith("…") && cut.length * 6 <= 90, cut);
});
