// What colours say on either ground: what matters stands out from it, the rest stands back.
import assert from "node:assert/strict";
import test from "node:test";

import { of } from "./page.mjs";

const GROUND = { light: "#fbfcfd", dark: "#12171d" };
const [REST, RISING, STAGES, SEVERITIES, CHANGES] = [
  "REST",
  "RISING",
  "STAGES",
  "SEVERITIES",
  "CHANGES",
].map(of);

/** How bright a colour is to the eye, by WCAG. */
function luminance(colour) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, by WCAG: 1 where they are alike. */
function contrast(one, other) {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

for (const [theme, ground] of Object.entries(GROUND)) {
  test(`in the ${theme} the rest stands back behind all that colours say`, () => {
    const said = [STAGES, SEVERITIES, CHANGES].flatMap((each) => Object.values(each));
    for (const colour of [...said, ...RISING[theme]]) {
      assert.ok(contrast(colour, ground) > contrast(REST[theme], ground), colour);
    }
  });

  test(`in the ${theme} more open requests stand out more`, () => {
    const risen = [...RISING[theme]].map((colour) => contrast(colour, ground));
    assert.deepEqual(risen, [...risen].sort((a, b) => a - b));
    assert.ok(risen[3] > 3);
  });
}
