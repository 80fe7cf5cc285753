// What is chosen goes into the address and comes back the same.
import assert from "node:assert/strict";
import test from "node:test";

import { of, plain } from "./page.mjs";

const [addressOf, choiceOf, NOTHING_CHOSEN] = ["addressOf", "choiceOf", "NOTHING_CHOSEN"].map(of);

test("any choice comes back from its address", () => {
  for (const text of ["m1", "a&b=c", "100 %", "#x", "日本", "a,b|c\\d"]) {
    const choice = {
      ...NOTHING_CHOSEN,
      view: "table", colour: "load", cause: text, finding: `${text}|2`, node: `Model:${text}`,
      from: text, to: `Team:${text}`, hops: 3, all: true, hidden: [text, "OWNS"],
    };
    assert.deepEqual(plain(choiceOf(`#${addressOf(choice)}`)), plain(choice));
  }
  assert.equal(addressOf(NOTHING_CHOSEN), "");
  assert.deepEqual(plain(choiceOf("")), plain(NOTHING_CHOSEN));
});

test("what no page has said is as if nothing were said", () => {
  const odd = "#hops=9&view=none&colour=toString&node=%E0%A4%A&all=2&&=&x";
  assert.deepEqual(plain(choiceOf(odd)), { ...plain(NOTHING_CHOSEN), node: "%E0%A4%A" });
});
