// Maps of discs: one where it holds them all, else a first one whose branches open to further ones.
"use strict";

/** The circles of all maps: every disc, and after them every branch. */
class Levels {
  /** @param {OwnershipGraph} graph @param {RolledData | null} rolled */
  constructor(graph, rolled) {
    this.graph = graph;
    this.rolled = rolled;
    const { discs, groups } = graph;
    /** @type {(number | null)[]} */
    this.parent = rolled?.parent ?? discs.map(() => null);
    /** @type {LevelDisc[]} */
    this.circles = [
      ...discs.map((disc, number) => this.circle(disc, number)),
      ...(rolled?.branches ?? []).map((branch, place) =>
        this.circle({ ...branch, x: 0, y: 0, group: null }, discs.length + place),
      ),
    ];
    for (const { number } of this.circles.slice(0, discs.length)) this.count(number);
    /** Every disc where its nodes lie one by one, whatever is rolled up. @type {Level} */
    this.plain = {
      branch: null,
      circles: this.circles.slice(0, discs.length),
      groups,
      of: discs.map((_, disc) => disc),
    };
    /** @type {Map<number | null, Level>} */
    this.made = new Map(rolled ? [] : [[null, this.plain]]);
  }

  /** @param {Disc} disc @param {number} number @returns {LevelDisc} */
  circle(disc, number) {
    return { ...disc, number, discs: [], teams: 0, opens: number >= this.graph.discs.length };
  }

  /** Count a disc, and its team if that is there, for all circles in which it lies.
   * @param {number} disc */
  count(disc) {
    const { team } = this.circles[disc];
    const isTeam = team !== null && !this.graph.isGone(team);
    for (let at = /** @type {number | null} */ (disc); at !== null; at = this.parent[at]) {
      this.circles[at].discs.push(disc);
      this.circles[at].teams += Number(isTeam);
    }
  }

  /** The map that a branch opens to, or the first. @param {number | null} branch
   * @returns {Level} */
  level(branch) {
    const made = this.made.get(branch) ?? this.make(branch);
    this.made.set(branch, made);
    return made;
  }

  /** @param {number | null} branch @returns {Level} */
  make(branch) {
    const { x, y, group, groups } = /** @type {RolledData} */ (this.rolled);
    const circles = this.circles
      .filter(({ number }) => this.parent[number] === branch)
      .map((circle) => {
        const { number } = circle;
        const name = circleName(circle);
        return { ...circle, name, x: x[number], y: y[number], group: group[number] };
      });
    const of = this.graph.discs.map(() => -1);
    circles.forEach(({ discs }, place) => {
      for (const disc of discs) of[disc] = place;
    });
    return { branch, circles, groups: branch === null ? groups : [], of };
  }

  /** The nodes in a circle. @param {LevelDisc} circle @returns {number[]} */
  members({ discs }) {
    return discs.flatMap((disc) => this.graph.members[disc]);
  }

  /** How a branch is named in the address: by its team, or by its place on the map above.
   * @param {number} branch @returns {string} */
  key(branch) {
    const { team } = this.circles[branch];
    if (team !== null) return this.graph.key(team);
    const above = this.parent[branch];
    const place = this.level(above).circles.findIndex(({ number }) => number === branch);
    return `${above === null ? "" : this.key(above)}/${place}`;
  }

  /** @param {string} key as `key` gives it @returns {number | null} */
  find(key) {
    if (!key) return null;
    const found = this.circles.find(({ number, opens }) => opens && this.key(number) === key);
    return found?.number ?? null;
  }

  /** The branches in which a branch lies, the outermost first, itself last.
   * @param {number | null} branch @returns {LevelDisc[]} */
  line(branch) {
    const line = [];
    for (let at = branch; at !== null; at = this.parent[at]) line.unshift(this.circles[at]);
    return line;
  }
}

/** So much of a branch's name stands before how many teams it is. */
const LONGEST_BRANCH = 28;

/** The name of a disc on a map; a branch says how many teams it stands for.
 * @param {LevelDisc} circle @returns {string} */
function circleName({ name, opens, teams }) {
  return opens ? `${shortened(name, LONGEST_BRANCH)} · ${plural(teams, "team")}` : name;
}
