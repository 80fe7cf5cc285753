// The shortest ways between two nodes, against all ways tried one by one.
import assert from "node:assert/strict";
import test from "node:test";

import { filterOf, graphOf, of, plain, randomGraph } from "./page.mjs";

const [waysBetween, countOfWays, waysTo, firstWays, waysScene] = [
  "waysBetween", "countOfWays", "waysTo", "firstWays", "waysScene",
].map(of);

/** All shortest ways, by trying every way of a length before the next longer. */
function everyWay(graph, start, end, most) {
  let ways = [[start]];
  for (let step = 0; step < most; step++) {
    ways = ways.flatMap((way) => {
      const here = way[way.length - 1];
      const beside = new Set(graph.touching[here].map((tie) => graph.other(tie, here)));
      return [...beside].filter((node) => !way.includes(node)).map((node) => [...way, node]);
    });
    const found = ways.filter((way) => way[way.length - 1] === end);
    if (found.length) return found;
  }
  return [];
}

test("they are exactly those that trying every way finds", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const graph = randomGraph(seed, 12, 14 + (seed % 9));
    const expected = everyWay(graph, 0, 11, 11).map(String).sort();
    const ways = waysBetween(graph, filterOf(graph), 0, 11);
    assert.equal(ways ? countOfWays(ways) : 0, expected.length, `seed ${seed}`);
    const found = ways ? [...waysTo(ways, 11)] : [];
    assert.deepEqual(plain(found.map(String).sort()), expected, `seed ${seed}`);
  }
});

test("a chain is followed so far and no farther, and what is hidden is not gone over", () => {
  const ids = Array.from({ length: 14 }, (_, place) => `Model:${place}`);
  const ties = ids.slice(1).map((_, place) => ["DEPENDS_ON", `${place}`, `${place + 1}`]);
  const graph = graphOf(ids, ties);
  assert.ok(waysBetween(graph, filterOf(graph), 0, of("MOST_STEPS")));
  assert.equal(waysBetween(graph, filterOf(graph), 0, 13), null);
  assert.equal(waysBetween(graph, filterOf(graph, ["DEPENDS_ON"]), 0, 1), null);
});

test("those that go one way come first, and of a great many a few are looked at", () => {
  const layers = Array.from({ length: 9 }, (_, layer) => [0, 1, 2, 3, 4, 5].map((n) => `${layer}-${n}`));
  const ties = layers.slice(1).flatMap((layer, place) =>
    layer.flatMap((id) => layers[place].map((before) => ["DEPENDS_ON", before, id])),
  );
  const ends = [["DEPENDS_ON", "a", "0-0"], ["SERVES", "0-1", "a"], ["DEPENDS_ON", "8-0", "b"]];
  const graph = graphOf(["Model:a", "Model:b", ...layers.flat().map((id) => `Model:${id}`)], [...ties, ...ends]);
  const ways = waysBetween(graph, filterOf(graph), 0, 1);
  assert.equal(countOfWays(ways), 2 * 6 ** 7);
  const first = firstWays(graph, filterOf(graph), ways, 5);
  assert.equal(first.length, 5);
  assert.ok(first.every((way) => graph.nodes.id[way[1]] === "0-0"));
  const scene = waysScene(graph, filterOf(graph), 0, 1, false);
  assert.deepEqual([scene.ways.length, scene.wayCount], [5, 2 * 6 ** 7]);
  assert.ok(scene.members.length < 60);
});
