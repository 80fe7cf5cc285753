// The scripts of the page in a scope of their own, without a document; and small graphs.
import { readFileSync } from "node:fs";
import { delimiter } from "node:path";
import vm from "node:vm";

const scope = vm.createContext({ console });
for (const file of process.env.PAGE_SCRIPTS.split(delimiter)) {
  vm.runInContext(readFileSync(file, "utf8"), scope, { filename: file });
}

/** What the page's scripts call by that name. */
export const of = (name) => vm.runInContext(name, scope);

/** A value as it would come from this scope, to be compared. */
export const plain = (value) => JSON.parse(JSON.stringify(value));

/**
 * A graph of nodes ("Label:id Name") and ties ("TYPE"), each [type, start, end] by id.
 */
export function graphOf(nodes, ties, facts = {}) {
  const parts = nodes.map((node) => node.match(/^(\w+):(\S+) ?(.*)$/).slice(1));
  const labels = [...new Set(parts.map(([label]) => label))];
  const types = [...new Set(ties.map(([type]) => type))].sort();
  const places = new Map(parts.map(([, id], place) => [id, place]));
  const none = { sources: [], disputes: {} };
  return new (of("OwnershipGraph"))({
    present: { nodes: nodes.length, relationships: ties.length },
    labels: labels.map((name) => ({ name, plural: `${name}s`, shape: "dot", colour: "#000000" })),
    types: types.map((name) => ({ name, meaning: "", forward: name, backward: name })),
    sources: [],
    nodes: {
      label: parts.map(([label]) => labels.indexOf(label)),
      id: parts.map(([, id]) => id),
      name: parts.map(([, id, name]) => name || id),
      x: parts.map(() => 0),
      y: parts.map(() => 0),
      disc: parts.map(() => 0),
      facts: parts.map(([, id]) => facts[id] ?? 0),
      stubs: [],
      cut: {},
      ...none,
    },
    relationships: {
      type: ties.map(([type]) => types.indexOf(type)),
      start: ties.map(([, start]) => places.get(start)),
      end: ties.map(([, , end]) => places.get(end)),
      facts: ties.map(() => 0),
      ...none,
    },
    discs: [{ team: null, name: "Model Risk", x: 0, y: 0, radius: 10, group: null }],
    groups: [],
    days: ["stage_day"],
  });
}

/** A filter that lets all through but what is hidden. */
export const filterOf = (graph, hidden = []) => new (of("Filter"))(graph, hidden);

/** Numbers from 0 to 1, the same each time (Park and Miller). */
export function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A graph of so many models, each tied at random to some before it. */
export function randomGraph(seed, nodes, ties) {
  const throwDice = dice(seed);
  const pick = (most) => Math.floor(throwDice() * most);
  const made = Array.from({ length: ties }, () => {
    const end = 1 + pick(nodes - 1);
    return [["DEPENDS_ON", "SERVES"][pick(2)], `${pick(end)}`, `${end}`];
  });
  return graphOf(Array.from({ length: nodes }, (_, place) => `Model:${place}`), made);
}
