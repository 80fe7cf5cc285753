// Texts and boxes as they are drawn and saved.
import assert from "node:assert/strict";
import test from "node:test";

import { of, plain } from "./page.mjs";

const [shortened, linesOf, commonBeginning, csvCell, strongest, Places] = [
  "shortened", "linesOf", "commonBeginning", "csvCell", "strongest", "Places",
].map(of);

test("a long text is cut between characters, and never within one", () => {
  assert.equal(shortened("Model", 5), "Model");
  assert.equal(shortened("Models", 5), "Mode…");
  assert.equal(shortened("😀".repeat(9), 4), "😀😀😀…");
});

test("a long name is parted at the blank nearest to its middle", () => {
  assert.deepEqual(plain(linesOf("Claims")), ["Claims"]);
  assert.deepEqual(plain(linesOf("Legal and Compliance")), ["Legal and", "Compliance"]);
  assert.deepEqual(plain(linesOf("Donaudampfschifffahrt")), ["Donaudampfschifffahrt"]);
});

test("only whole words that many names begin with are left out, and enough is left", () => {
  const reviews = ["Legal review of Claims triage", "Legal review of Customer bot"];
  assert.equal(commonBeginning(reviews), "Legal review of ".length);
  assert.equal(commonBeginning(["Legal review a", "Legal review b"]), 0);
  assert.equal(commonBeginning(["Same", "Same"]), 0);
});

test("a spreadsheet takes no cell for a formula", () => {
  for (const sign of ["=", "+", "-", "@", "\t", "\r"]) {
    assert.ok(csvCell(`${sign}1`).replace(/^"/, "").startsWith("'"), sign);
  }
  assert.equal(csvCell(-1), "-1");
  assert.equal(csvCell('a,"b"'), '"a,""b"""');
});

test("of ties of one weight either all are shown or so many", () => {
  const ties = [9, 5, 5, 5].map((weight) => ({ from: 0, to: 1, weight }));
  assert.equal(strongest(ties, 9).length, 4);
  assert.equal(strongest(ties, 2).length, 1);
  assert.equal(strongest(ties.slice(1), 2).length, 2);
});

test("no two names take the same place", () => {
  const places = new Places(1);
  assert.ok(places.take(0, 0, 300, 10));
  assert.ok(!places.take(290, 5, 50, 10));
  assert.ok(places.take(301, 0, 50, 10));
  assert.ok(places.take(-400, -400, 10, 10));
});
