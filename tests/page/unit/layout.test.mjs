// Where the nodes of a focus lie: in columns, round a hub, on ways.
import assert from "node:assert/strict";
import test from "node:test";

import { filterOf, graphOf, of, plain, randomGraph } from "./page.mjs";

const [columnsOf, spotsInColumns, fanOf, spotsRound, linesAmong, focusScene] = [
  "columnsOf", "spotsInColumns", "fanOf", "spotsRound", "linesAmong", "focusScene",
].map(of);
const ROW = of("ROW");

const all = (graph) => graph.nodes.id.map((_, node) => node);
const lines = (graph) => linesAmong(graph, filterOf(graph), all(graph));

/** A hub at which so many point, and at which it points. */
function hub(inward, outward) {
  const ids = Array.from({ length: inward + outward }, (_, place) => `n${place}`);
  const ties = ids.map((id, place) => (place < inward ? ["AT", id, "hub"] : ["OWNS", "hub", id]));
  return graphOf(["Gate:hub", ...ids.map((id) => `Approval:${id}`)], ties);
}

/** No two nodes may lie so close that their names, beside them, would meet. */
function assertApart(spots) {
  for (const one of spots) {
    for (const other of spots) {
      const met = one !== other && Math.hypot(one.x - other.x, one.y - other.y) < ROW - 0.01;
      assert.ok(!met, `${JSON.stringify(one)} ${JSON.stringify(other)}`);
    }
  }
}

test("what points at the subject lies left, what it points at right, and so on outward", () => {
  const graph = graphOf(
    ["Team:t", "Model:m", "Model:base", "Dataset:d", "Person:p", "Model:far"],
    [
      ["OWNS", "t", "m"], ["DEPENDS_ON", "m", "base"], ["DEPENDS_ON", "base", "d"],
      ["MEMBER_OF", "p", "t"],
    ],
  );
  const columns = columnsOf(all(graph), lines(graph), [1]);
  assert.deepEqual(plain([...columns]), [[1, 0], [0, -1], [2, 1], [4, -2], [3, 2]]);
});

test("without a subject the first node is the middle, and nothing has no columns", () => {
  const graph = graphOf(["Team:t", "Model:m"], [["OWNS", "t", "m"]]);
  assert.deepEqual(plain([...columnsOf([0, 1], lines(graph), [])]), [[0, 0], [1, 1]]);
  assert.deepEqual(plain([...columnsOf([], [], [])]), []);
});

test("what is named and tied to nothing lies below the rest, in rows", () => {
  const models = Array.from({ length: 10 }, (_, place) => `Model:m${place}`);
  const graph = graphOf(["Person:p", "Team:t", ...models], [["MEMBER_OF", "p", "t"]]);
  const scene = focusScene(graph, filterOf(graph), [0], all(graph), 0, 40, []);
  const [p, t, ...apart] = scene.spots;
  assert.deepEqual([p.column, t.column, scene.members.length], [0, 1, 12]);
  assert.deepEqual(plain(scene.apart), plain(apart[0]));
  assert.ok(apart.every(({ y }) => y > Math.max(p.y, t.y) + 2 * ROW));
  assertApart(scene.spots);
  const high = Math.max(...apart.map(({ y }) => y)) - Math.min(...apart.map(({ y }) => y));
  assert.ok(high <= 10 * ROW, "no tower of single nodes");
  assert.equal(focusScene(graph, filterOf(graph), [0], [0, 1], 0, 40, []).apart, undefined);
});

test("without a subject all that is named stands in the middle, however much it is", () => {
  const models = Array.from({ length: 30 }, (_, place) => `Model:m${place}`);
  const ties = models.map((_, place) => ["OWNS", "t", `m${place}`]);
  const graph = graphOf(["Team:t", ...models], ties);
  const named = all(graph).slice(1);
  const scene = focusScene(graph, filterOf(graph), [], named, 1, 40, []);
  assert.deepEqual([...new Set(scene.spots.map(({ column }) => column))].sort(), [-1, 0]);
  assertApart(scene.spots);
  const high = Math.max(...scene.spots.map(({ y }) => Math.abs(y)));
  assert.ok(high < 400, String(high));
  assert.equal(scene.apart, undefined);
});

test("a relationship of a node with itself is no trouble", () => {
  const graph = graphOf(["Team:t"], [["PART_OF", "t", "t"]]);
  assert.deepEqual(plain([...columnsOf([0], lines(graph), [0])]), [[0, 0]]);
});

test("in columns no two nodes lie on each other, however many there are", () => {
  for (const [nodes, ties] of [[5, 8], [40, 60], [200, 300], [600, 700]]) {
    const graph = randomGraph(nodes, nodes, ties);
    const columns = columnsOf(all(graph), lines(graph), [nodes - 1]);
    const spots = spotsInColumns(graph, all(graph), columns, lines(graph));
    assert.equal(new Set(spots.map(({ node }) => node)).size, nodes);
    assertApart(spots);
  }
});

test("many alike go round their hub, in the order of their names, each in a row of its own", () => {
  const graph = hub(20, 3);
  const fan = fanOf(graph, all(graph), lines(graph), [0]);
  assert.deepEqual(plain(fan.map((bundle) => bundle.length)), [20, 3]);
  const spots = spotsRound(0, fan);
  assertApart(spots);
  for (const side of [-1, 1]) {
    const heights = spots.filter(({ column }) => column === side).map(({ y }) => y);
    const apart = heights.slice(1).map((y, place) => Math.abs(y - heights[place]));
    assert.ok(apart.every((each) => each >= ROW), String(apart));
  }
  const sides = spots.slice(1).map(({ node, column }) => [node, column]);
  assert.deepEqual(plain(sides.slice(0, 2)), [[1, -1], [2, -1]]);
});

test("few alike, two subjects, too many, or something farther off is no fan", () => {
  const few = hub(8, 8);
  assert.equal(fanOf(few, all(few), lines(few), [0]), null);
  const many = hub(61, 0);
  assert.equal(fanOf(many, all(many), lines(many), [0]), null);
  const good = hub(9, 0);
  assert.ok(fanOf(good, all(good), lines(good), [0]));
  assert.equal(fanOf(good, all(good), lines(good), [0, 1]), null);
  const farther = graphOf(
    [...good.nodes.id.map((id) => `Gate:${id}`), "Model:far"],
    [...good.nodes.id.slice(1).map((id) => ["AT", id, "hub"]), ["CONCERNS", "n1", "far"]],
  );
  assert.equal(fanOf(farther, all(farther), lines(farther), [0]), null);
});

test("a focus says how many are near, and shows the nearest", () => {
  const graph = hub(70, 0);
  const scene = focusScene(graph, filterOf(graph), [0], [0], 1, 40, []);
  assert.deepEqual([scene.near, scene.members.length, scene.layout], [71, 40, "round"]);
  const hidden = focusScene(graph, filterOf(graph, ["AT"]), [0], [0], 1, 40, []);
  assert.deepEqual([hidden.near, hidden.layout], [1, "columns"]);
});

test("what a hidden layer tied stays tied, once for each pair, and nothing through a hub", () => {
  const ids = ["Model:m", "Gate:g", "Person:p", "Approval:a1", "Approval:a2", "Approval:far"];
  const ties = [
    ["CONCERNS", "a1", "m"], ["AT", "a1", "g"], ["DECIDED_BY", "a1", "p"],
    ["CONCERNS", "a2", "m"], ["AT", "a2", "g"], ["OWNS", "p", "far"],
  ];
  const graph = graphOf(ids, ties);
  const scene = (hidden) => focusScene(graph, filterOf(graph, hidden), [0], [0], 1, 40, []);
  assert.deepEqual(plain(scene([]).members), [0, 3, 4]);
  const implied = scene(["Approval"]);
  assert.deepEqual(plain(implied.members), [0, 1, 2]);
  const told = implied.lines.map(({ tie, start, end, via }) => [tie, start, end, via]);
  assert.deepEqual(plain(told), [
    [-1, 1, 0, "Approval"], [-2, 2, 0, "Approval"], [-3, 2, 1, "Approval"],
  ]);
  assert.deepEqual(plain(implied.spots.map(({ column }) => column)), [0, 1, 1]);
  assert.deepEqual(plain(scene(["Approval", "AT"]).members), [0, 2]);
  const many = hub(20, 0);
  const others = focusScene(many, filterOf(many, ["Gate"]), [1], [1], 1, 40, []);
  assert.deepEqual(plain(others.members), [1]);
});
