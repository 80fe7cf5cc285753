// The curve of decisions and its words.
import assert from "node:assert/strict";
import test from "node:test";

import { dice, of, plain } from "./page.mjs";

const [lorenzOf, lorenzText] = ["lorenzOf", "lorenzText"].map(of);

test("all who decide as much lie on the straight line", () => {
  assert.deepEqual(plain(lorenzOf([2, 2])), [[0, 0], [0.5, 0.5], [1, 1]]);
});

test("the curve rises from corner to corner, ever steeper, and never above the line", () => {
  const throwDice = dice(7);
  for (let round = 0; round < 200; round++) {
    const length = 2 + Math.floor(throwDice() * 30);
    const counts = Array.from({ length }, () => Math.floor(throwDice() * 9)).sort((a, b) => a - b);
    if (!counts[length - 1]) continue;
    const points = lorenzOf(counts);
    const rises = points.slice(1).map(([, y], place) => y - points[place][1]);
    assert.ok(rises.every((rise, place) => !place || rise >= rises[place - 1] - 1e-12));
    assert.ok(points.every(([x, y]) => y <= x + 1e-12));
    assert.ok(Math.abs(points[length][1] - 1) < 1e-12);
  }
});

test("of at least one who decides most the share is told", () => {
  const text = "Of 3 who decided or may, the busiest made 80 % of 10 decisions; 1 of them decided nothing.";
  assert.equal(lorenzText([0, 2, 8]), text);
  assert.match(lorenzText(Array(20).fill(1)), /the busiest 2 made 10 % of 20 decisions\.$/);
});
