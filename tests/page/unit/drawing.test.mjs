// What is painted on the map: where names find room, and what a picture has to hold.
import assert from "node:assert/strict";
import test from "node:test";

import { of } from "./page.mjs";

const [Places, boxOf] = ["Places", "boxOf"].map(of);

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
