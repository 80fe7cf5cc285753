// The drawing network of vis with one scene on it: nodes, lines, where they are, what is in sight.
"use strict";

/** Above this scale the map shows single relationships in place of ties between teams. */
const LINES_FROM = 0.95;
const MOST_TIES = 100;
const MOST_LINES = 900;
/** Pixels that a map leaves free at its sides, and round its headline and what stands at its foot. */
const MARGIN = 24;
const LEAST_SCALE = 0.01;

/** No physics, straight lines, none while dragging: what makes it quick. */
const STILL = {
  physics: false,
  layout: { improvedLayout: false },
  interaction: {
    hideEdgesOnDrag: true,
    hideEdgesOnZoom: true,
    dragNodes: false,
    keyboard: false,
    multiselect: false,
    selectConnectedEdges: false,
    selectable: false,
    zoomSpeed: 0.7,
  },
  nodes: { borderWidth: 1, chosen: false, labelHighlightBold: false },
};

class Stage {
  /** @param {Explorer} page @param {HTMLElement} canvas */
  constructor(page, canvas) {
    this.page = page;
    this.graph = page.graph;
    this.canvas = canvas;
    this.palette = paletteInForce();
    /** @type {Scene} */
    this.scene = { kind: "map", spots: [], lines: [], subjects: [], members: [], near: 0 };
    /** @type {DiscTie[]} */
    this.ties = [];
    this.tiedPairs = 0;
    /** @type {{key: string, level: Level, ties: DiscTie[]} | null} */
    this.tied = null;
    /** @type {Bundle[]} */
    this.bundles = [];
    /** @type {Map<number, Spot>} */
    this.spotOf = new Map();
    /** What is in each disc, in the kind "discs". @type {Map<number, Part[]>} */
    this.parts = new Map();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(this.canvas, { nodes: [], edges: this.edges }, this.options());
  }

  options() {
    const { line, accent } = this.palette;
    return {
      ...STILL,
      edges: {
        smooth: false,
        width: 1.2,
        chosen: false,
        selectionWidth: 0,
        color: { color: line, highlight: accent, inherit: false },
        arrows: { to: { enabled: false, scaleFactor: 0.5 } },
      },
      groups: this.groups(),
    };
  }

  /** How the nodes of each label and colour look, and, dashed, those that no source describes. */
  groups() {
    const { outline, line, ground } = this.palette;
    /** @type {Record<string, object>} */
    const groups = {};
    const { rest, classes } = this.page.colouring;
    const colours = [rest, ...classes].map(({ colour }) => colour);
    this.graph.labels.forEach(({ shape }, label) => {
      colours.forEach((colour, place) => {
        const group = `${label} ${place - 1}`;
        groups[group] = { shape, color: { background: colour, border: place ? outline : line } };
        groups[`${group}?`] = {
          shape,
          color: { background: ground, border: colour },
          borderWidth: 2,
          shapeProperties: { borderDashes: [3, 2] },
        };
      });
    });
    return groups;
  }

  /** Take the colours in force; what is in sight stays. */
  recolour() {
    const at = { position: this.network.getViewPosition(), scale: this.scale, animation: false };
    this.palette = paletteInForce();
    this.measureDiscs();
    this.network.setOptions(this.options());
    this.network.setData({ nodes: this.visNodes(), edges: this.edges });
    this.network.moveTo(at);
    this.showLines();
  }

  /** @param {Scene} scene */
  show(scene) {
    this.scene = scene;
    this.spotOf = new Map(scene.spots.map((spot) => [spot.node, spot]));
    this.measureDiscs();
    this.edges = new vis.DataSet();
    this.network.setData({ nodes: this.visNodes(), edges: this.edges });
  }

  /** What the discs of a whole map are made of, and what ties them; where the map shows what
   * changed, ties would hide it. */
  measureDiscs() {
    const whole = this.scene.kind === "map" || this.scene.kind === "discs";
    const isQuiet = !whole || this.page.changesShown !== null;
    const ties = isQuiet ? [] : this.allTies();
    this.tiedPairs = ties.length;
    this.ties = strongest(ties, MOST_TIES);
    const members = this.scene.kind === "discs" ? this.scene.members : [];
    this.parts = partsOf(this.graph, this.level, members, this.page.colouring);
  }

  /** The discs that are drawn, or behind the nodes that are. @returns {Level} */
  get level() {
    return this.scene.level ?? this.graph.levels.plain;
  }

  /** What ties discs, counted once for what the legend lets through. @returns {DiscTie[]} */
  allTies() {
    const { level, graph } = this;
    const { hidden } = this.page.choice;
    const key = JSON.stringify(hidden);
    if (this.tied?.key !== key || this.tied.level !== level) {
      const ties = tiesBetweenDiscs(graph, new Filter(graph, hidden), level);
      this.tied = { key, level, ties };
    }
    return this.tied.ties;
  }

  /** Nothing for discs, which the painter paints: what vis does not hold costs it no frame. */
  visNodes() {
    if (this.scene.kind === "discs") return [];
    const { label } = this.graph.nodes;
    const { of } = this.page.colouring;
    return this.scene.spots.map(({ node, x, y }) => ({
      id: node,
      x,
      y,
      size: this.sizeOf(node),
      group: `${label[node]} ${of(node)}${this.isHollow(node) ? "?" : ""}`,
    }));
  }

  /** Dashed and hollow are those that no source describes, and those that are gone.
   * @param {number} node @returns {boolean} */
  isHollow(node) {
    return this.graph.stubs.has(node) || this.graph.isGone(node);
  }

  /** @param {number} node @returns {number} */
  sizeOf(node) {
    const isSubject = this.scene.kind === "focus" && this.scene.subjects.includes(node);
    const stands = this.scene.kind !== "focus" && this.page.changesShown?.node(node);
    return nodeSize(this.graph, node, isSubject || Boolean(stands));
  }

  /** The single relationships: all of a small scene; of the whole map those in sight when near,
   * and always those of the node that is looked at. */
  showLines() {
    const { scene, page } = this;
    this.bundles = scene.kind === "focus" ? bundlesOf(this.graph, scene, page.node) : [];
    this.edges.clear();
    this.edges.add(this.linesInSight().map((line) => this.visEdge(line)));
  }

  /** @returns {Line[]} */
  linesInSight() {
    const { scene, graph, page } = this;
    if (scene.kind === "discs") return [];
    if (scene.kind !== "map") return scene.lines;
    const filter = new Filter(graph, page.choice.hidden);
    const { start, end } = graph.relationships;
    const ties = new Set(page.node === null ? [] : graph.touching[page.node]);
    for (const { tie } of scene.lines) ties.add(tie);
    if (this.scale >= LINES_FROM) {
      for (const { node } of this.spotsInSight()) {
        for (const tie of graph.touching[node]) ties.add(tie);
      }
    }
    return [...ties]
      .filter((tie) => filter.tie(tie))
      .slice(0, MOST_LINES)
      .map((tie) => ({ tie, start: start[tie], end: end[tie] }));
  }

  /** Lines at the chosen node stand out, those at no subject stand back. In columns lines run from
   * left to right, so that only those that do not need an arrow; round a hub those that lead away
   * from it, or the others' arrows would hide it. Those within a column are bent round what lies
   * between. What changed says so by its colour, and by dashes where it is gone.
   * @param {Line} line @returns {VisEdge} */
  visEdge(line) {
    const { tie, start, end, via } = line;
    const { layout, subjects } = this.scene;
    const inColumns = layout === "columns";
    const from = this.spotOf.get(start)?.x ?? 0;
    const to = this.spotOf.get(end)?.x ?? 0;
    const look = this.lookOf(tie, start, end);
    /** @type {VisEdge["smooth"]} */
    const smooth = inColumns && from === to && { enabled: true, type: "curvedCW", roundness: 0.35 };
    const points = inColumns ? from >= to : layout !== "round" || !subjects.includes(end);
    const enabled = !via && points;
    const dashes = this.isDashed(line);
    return { id: tie, from: start, to: end, smooth, dashes, arrows: { to: { enabled } }, ...look };
  }

  /** Whether a line is gone, or implied by what the legend hides.
   * @param {Line} line @returns {boolean} */
  isDashed({ tie, via }) {
    const isGone = this.page.changesShown?.tie(tie) === "gone";
    return isGone || via !== undefined || tie >= this.graph.relationshipCount;
  }

  /** Colour and width of a line; none where it looks as all do.
   * @param {number} tie @param {number} start @param {number} end
   * @returns {{color?: {color: string}, width?: number}} */
  lookOf(tie, start, end) {
    const { scene, palette, page } = this;
    const became = page.changesShown?.tie(tie);
    if (became) return { color: { color: CHANGES[became] }, width: 2 };
    if (page.node === start || page.node === end) {
      return { color: { color: palette.accent }, width: 1.8 };
    }
    if (scene.kind === "map") return {};
    const { subjects } = scene;
    const atSubject = subjects.includes(start) || subjects.includes(end);
    const isAside = subjects.length > 0 && !atSubject && scene.layout !== "ways";
    return { color: { color: isAside ? palette.rim : palette.line } };
  }

  /** @returns {number} */
  get scale() {
    return this.network.getScale();
  }

  /** Where the canvas ends at its sides, in map units. */
  get sides() {
    const { clientWidth } = this.canvas;
    const at = (/** @type {number} */ x) => this.network.DOMtoCanvas({ x, y: 0 }).x;
    return { left: at(4), right: at(clientWidth - 4) };
  }

  /** @returns {Spot[]} */
  spotsInSight() {
    return this.scene.spots.filter((spot) => this.isInSight(spot));
  }

  /** @param {Point} point @returns {boolean} */
  isInSight({ x, y }) {
    const { clientWidth, clientHeight } = this.canvas;
    const from = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const to = this.network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
    return x > from.x && x < to.x && y > from.y && y < to.y;
  }

  /** Move to the node that is looked at where it lies outside the canvas. */
  bringIntoSight() {
    const place = this.page.node === null ? undefined : this.placeOf(this.page.node);
    if (place && !this.isInSight(place)) {
      this.network.moveTo({ position: { x: place.x, y: place.y }, animation: false });
    }
    this.showLines();
  }

  /** Show all of the scene, as large as it goes between its headline and its foot.
   * @param {{above: number, below: number}} taken pixels that these take */
  fit({ above, below }) {
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight) return;
    const box = boxOf(this.scene, [...this.discsShown(), ...this.groupsShown()]);
    const scale = Math.min(
      (clientWidth - 2 * MARGIN) / box.wide,
      (clientHeight - above - below - 2 * MARGIN) / box.high,
      this.scene.kind === "focus" ? 1.4 : 1.6,
    );
    const position = { x: box.x, y: box.y + (below - above) / 2 / scale };
    this.network.moveTo({ position, scale: Math.max(scale, LEAST_SCALE), animation: false });
    this.showLines();
  }

  /** The groups of what is shown of a whole map. @returns {Group[]} */
  groupsShown() {
    const { scene, level } = this;
    if (scene.kind !== "map" && scene.kind !== "discs") return [];
    const numbers = new Set(this.discsShown().map(({ group }) => group));
    return level.groups.filter((_, number) => numbers.has(number));
  }

  /** @param {number} factor */
  zoom(factor) {
    this.network.moveTo({ scale: this.scale * factor, animation: false });
    this.showLines();
  }

  /** What lies there: a node's number, or a disc as -1 minus its place on the map.
   * @param {Point} point @returns {number | null} */
  at(point) {
    if (this.scene.kind !== "discs") return this.network.getNodeAt(point) ?? null;
    const { x, y } = this.network.DOMtoCanvas(point);
    const { circles } = this.level;
    const isOn = (/** @type {number} */ disc) =>
      Math.hypot(circles[disc].x - x, circles[disc].y - y) < circles[disc].radius;
    const disc = [...this.parts.keys()].find(isOn);
    return disc === undefined ? null : -1 - disc;
  }

  /** The discs of the scene; that of a team shown alone is as wide as its members lie.
   * @returns {Disc[]} */
  discsShown() {
    const { scene, graph, level } = this;
    if (scene.kind === "discs") return [...this.parts.keys()].map((disc) => level.circles[disc]);
    const numbers = new Set(scene.spots.map(({ node }) => graph.nodes.disc[node]));
    const wider = scene.kind === "team" ? SPREAD : 1;
    return [...numbers].map((number) => {
      const disc = graph.discs[number];
      return { ...disc, radius: disc.radius * wider };
    });
  }

  /** Where a node is drawn, itself or as part of its disc. @param {number} node
   * @returns {Circle | undefined} */
  placeOf(node) {
    if (this.scene.kind === "discs") {
      const disc = this.level.of[this.graph.nodes.disc[node]];
      return this.parts.has(disc) ? this.level.circles[disc] : undefined;
    }
    const spot = this.spotOf.get(node);
    return spot && { x: spot.x, y: spot.y, radius: this.sizeOf(node) };
  }

  /** Where nodes are drawn, each place once. @param {number[]} nodes @returns {Circle[]} */
  placesOf(nodes) {
    const places = new Map();
    for (const node of nodes) {
      const at = this.placeOf(node);
      if (at) places.set(`${at.x} ${at.y}`, at);
    }
    return [...places.values()];
  }

  /** The node or disc that lies nearest in a direction, seen from what `now` is.
   * @param {number | null} now @param {number} dx @param {number} dy @returns {number | null} */
  next(now, dx, dy) {
    const places =
      this.scene.kind === "discs"
        ? [...this.parts.keys()].map((disc) => ({ id: -1 - disc, ...this.level.circles[disc] }))
        : this.scene.spots.map(({ node, x, y }) => ({ id: node, x, y }));
    const { x, y } = places.find(({ id }) => id === now) ?? this.network.getViewPosition();
    let best = { id: /** @type {number | null} */ (null), far: Infinity };
    for (const place of places) {
      const along = (place.x - x) * dx + (place.y - y) * dy;
      const across = Math.abs((place.x - x) * dy) + Math.abs((place.y - y) * dx);
      const far = Math.abs(along) + 2 * across;
      const isAhead = place.id !== now && (along > 0 || now === null);
      if (isAhead && far < best.far) best = { id: place.id, far };
    }
    return best.id;
  }
}

/** The middle and the size of what a scene draws, names included.
 * @param {Scene} scene @param {Circle[]} discs */
function boxOf(scene, discs) {
  const isFocus = scene.kind === "focus";
  const aside = isFocus ? 165 : 0;
  const places = isFocus ? scene.spots.map(({ x, y }) => ({ x, y, radius: 30 })) : discs;
  if (!places.length) return { x: 0, y: 0, wide: 100, high: 100 };
  const low = { x: Infinity, y: Infinity };
  const high = { x: -Infinity, y: -Infinity };
  for (const { x, y, radius } of places) {
    low.x = Math.min(low.x, x - radius - aside);
    low.y = Math.min(low.y, y - radius - 20);
    high.x = Math.max(high.x, x + radius + aside);
    high.y = Math.max(high.y, y + radius + 20);
  }
  return {
    x: (low.x + high.x) / 2,
    y: (low.y + high.y) / 2,
    wide: high.x - low.x,
    high: high.y - low.y,
  };
}
