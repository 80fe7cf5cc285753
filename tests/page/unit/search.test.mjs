// Search: what a query is made of, what it finds, and in which order.
import assert from "node:assert/strict";
import test from "node:test";

import { graphOf, of, plain } from "./page.mjs";

const [searchParts, Searching, folded] = ["searchParts", "Searching", "folded"].map(of);

const graph = graphOf(
  ["Model:m1 Claims triage", "Model:m2 Triage of letters", "Gate:g1 Legal review", "Model:m3 Écoles"],
  [["AT", "m1", "g1"]],
  { m1: { stage: "pilot", stage_day: 20_000, hard: true }, m2: { stage: "production" } },
);
const searching = new Searching(graph);
const found = (query) => plain(searching.find(query).map((node) => graph.nodes.id[node]));

test("a query is words and names with a colon, quoted where there are blanks", () => {
  const parts = (query) => plain(searchParts(query)).map(({ name, text }) => `${name}=${text}`);
  assert.deepEqual(parts('kind:model team:"Model Risk" Triage'), ["kind=model", "team=model risk", "=triage"]);
  assert.deepEqual(parts("kind:"), ["=kind:"]);
  assert.deepEqual(parts('team:"model'), ["team=model"]);
  assert.deepEqual(parts("  "), []);
});

test("neither case nor accents matter", () => {
  assert.equal(folded("ÉCOLES"), "ecoles");
  assert.deepEqual(found("ecoles"), ["m3"]);
  assert.deepEqual(found("LEGAL"), ["g1"]);
});

test("names that begin with the words come first", () => {
  assert.deepEqual(found("triage"), ["m2", "m1"]);
});

test("what is called just so comes first, by its name or its id", () => {
  const many = ["Model:b0 Claims triage 0", "Model:b1 My claims triage", "Model:c Claims triage"];
  const search = new Searching(graphOf([...many, "Gate:claims Old"], []));
  assert.deepEqual(plain(search.find("claims triage")), [2, 0, 1]);
  assert.deepEqual(plain(search.find("claims")), [3, 0, 2, 1]);
});

test("all parts must hold, and a fact is looked for as it is shown", () => {
  assert.deepEqual(found("kind:model stage:p"), ["m1", "m2"]);
  assert.deepEqual(found("kind:model stage:pilot team:risk"), ["m1"]);
  assert.deepEqual(found("stage_day:2024-10-04"), ["m1"]);
  assert.deepEqual(found("hard:yes"), ["m1"]);
  assert.deepEqual(found("stage:pilot letters"), []);
});

test("facts of one name but for its case are all looked at, each by its own value", () => {
  const mixed = graphOf(["Model:a", "Model:b", "Model:c"], [], {
    a: { Région: "Nord" },
    b: { region: "nord" },
    c: { region: "Sud", other: "nord" },
  });
  const search = new Searching(mixed);
  assert.deepEqual(plain(search.find("region:nord")), [0, 1]);
  assert.deepEqual(plain(search.find("region:sud")), [2]);
  assert.deepEqual(plain(search.find("nowhere:nord")), []);
});

test("a search of 50,000 nodes is over within a frame, once texts are folded", () => {
  const names = Array.from({ length: 50_000 }, (_, each) => `Model:m${each} Claims triage ${each}`);
  const search = new Searching(graphOf(names, []));
  const taken = Array.from({ length: 9 }, (_, each) => {
    const begun = process.cpuUsage();
    assert.equal(search.find(`claims triage ${each + 1}`).length > 0, true);
    const { user } = process.cpuUsage(begun);
    return user / 1000;
  });
  assert.ok(Math.min(...taken) < 16, `${taken} ms`);
});

test("what is typed letter by letter, and taken back, finds the same as what is asked at once", () => {
  const words = ["Claims", "Triage", "Letters", "Éclair"];
  const names = Array.from({ length: 60 }, (_, each) =>
    `${each % 3 ? "Model" : "Gate"}:x${each} ${words[each % 4]} ${words[(each * 7) % 3]} ${each}`);
  const large = graphOf(names, [], { x4: { stage: "pilot" }, x8: { stage: "production" } });
  const typing = new Searching(large);
  for (const query of ["claims tri 2", "kind:model stage:p", 'name:"éclair c" 5', "id:x1 kind:gate", "cl xx"]) {
    const ends = Array.from(query, (_, end) => end + 1);
    for (const end of [...ends, ...ends.reverse()]) {
      const typed = query.slice(0, end);
      assert.deepEqual(plain(typing.find(typed)), plain(new Searching(large).find(typed)), typed);
    }
  }
});

test("a key leads to its node, whatever else bears the same id", () => {
  const graph = graphOf(["Model:x Triage", "Gate:x Review", "Team:a:b Colons"], []);
  const keys = ["Gate:x", "Model:x", "Team:a:b", "Person:x", "Gate:y", "x", ""];
  assert.deepEqual(plain(keys.map((key) => graph.find(key))), [1, 0, 2, null, null, null, null]);
  assert.equal(graph.find("Gate:x"), 1);
  assert.equal(graph.find("Person:x"), null);
});
