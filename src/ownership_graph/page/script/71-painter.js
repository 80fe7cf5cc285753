// Paints what goes round the nodes of the stage's scene, under them and over them.
"use strict";

/** Above this scale nodes bear their names. */
const NAMES_FROM = 0.8;
/** The pixels of a pin, and how far it may stand beside its place so as to be seen. */
const PIN_WIDE = 20.5;
const PIN_HIGH = 29;
const PIN_STEPS = [0, 1, -1, 2, -2, 3, -3];

class Painter {
  /** @param {Explorer} page @param {Stage} stage */
  constructor(page, stage) {
    this.page = page;
    this.stage = stage;
    /** The disc that is looked at, -1 for none. */
    this.chosenDisc = -1;
    /** Whether the map is being dragged. */
    this.moving = false;
    /** The scene that `names` are for. @type {Scene | null} */
    this.named = null;
    /** @type {Map<number, string>} */
    this.names = new Map();
    /** How wide each may be. @type {Map<number, number>} */
    this.rooms = new Map();
    this.first = page.data.groups.filter(({ first }) => first);
    stage.network.on("beforeDrawing", (/** @type {Pen} */ pen) => this.under(pen));
    stage.network.on("afterDrawing", (/** @type {Pen} */ pen) => this.over(pen));
    stage.network.on("dragStart", () => this.move(true));
    stage.network.on("dragEnd", () => this.move(false));
  }

  /** @param {boolean} moving */
  move(moving) {
    this.moving = moving;
    if (!moving) this.stage.network.redraw();
  }

  /** Groups, ties and discs. @param {Pen} pen */
  under(pen) {
    const { scene, level, palette, ties, parts, scale } = this.stage;
    if (scene.kind === "focus") return;
    if (scene.kind !== "team") {
      paintGroups(pen, palette, level.groups, scale);
      const isFar = scale < LINES_FROM || scene.kind === "discs";
      if (isFar) paintTies(pen, palette, level.circles, ties, scale);
    }
    for (const disc of this.stage.discsShown()) paintDisc(pen, palette, disc, scale);
    for (const [disc, part] of parts) {
      const circle = level.circles[disc];
      paintRing(pen, palette, circle, this.partsSeen(circle, part), scale);
    }
  }

  /** While the map moves, of a disc too small to bear a name, its largest part stands for all.
   * @param {Disc} disc @param {Part[]} parts @returns {Part[]} */
  partsSeen({ radius }, parts) {
    if (!this.moving || radius * this.stage.scale >= SMALLEST_NAMED) return parts;
    return [parts.reduce((most, each) => (each.count > most.count ? each : most))];
  }

  /** Names, marks, and what is looked at. @param {Pen} pen */
  over(pen) {
    const { scene, level, palette, scale } = this.stage;
    const isFocus = scene.kind === "focus";
    if (isFocus) this.focus(pen);
    if (scene.kind !== "discs") this.badges(pen);
    if (!isFocus) {
      this.mapNames(pen);
      this.marks(pen);
    }
    const { node } = this.page;
    const chosen = [
      node === null ? undefined : this.stage.placeOf(node),
      level.circles[this.chosenDisc],
    ];
    for (const place of chosen) {
      if (place) paintMark(pen, palette.accent, place.x, place.y, place.radius, scale);
    }
    markUsable();
  }

  /** @param {Pen} pen */
  focus(pen) {
    const { scene, graph, palette, bundles, scale } = this.stage;
    const { node } = this.page;
    if (this.named !== scene) {
      this.named = scene;
      this.names = focusNames(graph, scene.spots);
      this.rooms = roomsOf(scene);
    }
    const bold = new Set(node === null ? scene.subjects : [...scene.subjects, node]);
    const subjects = scene.spots.filter(({ column }) => column === 0);
    paintBundles(pen, palette, bundles, subjects, scale);
    paintFocusNames(pen, palette, graph, scene, this, bold, scale);
    if (scene.apart) paintApart(pen, palette, scene.apart, scale);
  }

  /** @param {Pen} pen */
  mapNames(pen) {
    const { scene, graph, level, palette, scale } = this.stage;
    const places = this.placesTaken();
    if (scene.kind !== "team") {
      const discs = this.stage.discsShown();
      // Where nodes bear names, these stand on the discs.
      const blocking = scene.kind === "map" && scale >= NAMES_FROM ? [] : discs;
      const isNamed = (/** @type {Disc} */ { radius }) => radius * scale >= SMALLEST_NAMED;
      places.blockCircles(blocking.filter(isNamed));
      if (scale < FAR) paintGroupNames(pen, palette, level.groups, scale, places);
      places.blockCircles(blocking.filter(({ radius }) => radius * scale >= SMALLEST_SEEN));
      paintDiscNames(pen, palette, discs, scale, places, scene.kind === "discs");
    }
    if (scene.kind === "discs" || scale < NAMES_FROM) return;
    paintNodeNames(pen, palette, graph, this.stage.spotsInSight(), scale, places);
  }

  /** What no name is painted over: pins, and from far what is ringed. @returns {Places} */
  placesTaken() {
    const { scale, sides } = this.stage;
    const places = new Places(scale, sides);
    for (const { x, y } of this.pins()) {
      places.block(x - 10 / scale, y - PIN_HIGH / scale, 20 / scale, PIN_HIGH / scale);
    }
    if (scale < NAMES_FROM) places.blockCircles(this.ringed());
    return places;
  }

  /** Rings round what the open question or group found; without one, pins on where to begin.
   * @param {Pen} pen */
  marks(pen) {
    const { palette, scale } = this.stage;
    for (const { x, y, radius } of this.ringed()) {
      paintMark(pen, palette.mark, x, y, radius, scale);
    }
    for (const { number, x, y } of this.pins().reverse()) {
      paintPin(pen, palette, number, x, y, scale);
    }
  }

  /** On what changed a sign that says how, for whoever cannot tell its colours; from far a dot, or
   * nobody would see it. @param {Pen} pen */
  badges(pen) {
    const { changesShown } = this.page;
    if (!changesShown) return;
    const { scale, palette } = this.stage;
    for (const { node, x, y } of this.stage.spotsInSight()) {
      const became = changesShown.node(node);
      const size = this.stage.sizeOf(node);
      const aside = size * 0.7 + 5 / scale;
      if (!became) continue;
      if (size * scale < SMALLEST_SIGNED) paintDot(pen, palette, became, x, y, scale);
      else paintBadge(pen, palette, became, x + aside, y - aside, scale);
    }
  }

  /** Where the subjects of the open question or group lie. @returns {Circle[]} */
  ringed() {
    const found = this.page.ringed.flatMap(({ subject }) => subject.slice(0, 1));
    return this.stage.placesOf(found.filter(isNode));
  }

  /** Where the pins of where to begin stand, side by side where one would hide another.
   * @returns {{number: string, x: number, y: number}[]} */
  pins() {
    const { scene, scale } = this.stage;
    const { page } = this;
    if (page.question || page.cause || page.changesShown || scene.kind === "team") return [];
    const taken = new Places(scale);
    return this.first.flatMap((cause, place) => {
      const [best] = this.page.foundBy(cause);
      const subject = cause.thing ?? best.finding.subject[0];
      const at = isNode(subject) ? this.stage.placeOf(subject) : undefined;
      if (!at) return [];
      const y = at.y - at.radius;
      const places = PIN_STEPS.map((step) => at.x + (step * PIN_WIDE) / scale);
      const isFree = (/** @type {number} */ x) =>
        taken.take(x - PIN_WIDE / 2 / scale, y - PIN_HIGH / scale, PIN_WIDE / scale, PIN_HIGH / scale);
      return [{ number: String(place + 1), x: places.find(isFree) ?? at.x, y }];
    });
  }
}
