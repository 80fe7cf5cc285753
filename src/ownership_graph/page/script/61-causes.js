// Groups of findings in words: what stands behind them, how many, and who can take the first step.
"use strict";

/** @param {Explorer} page @param {Cause} cause @returns {string} */
function causeTitle(page, cause) {
  const title = page.questionOf(cause.question)?.title ?? cause.question;
  if (cause.thing === null) return title;
  const named = `${page.nameOf(cause.thing)} (${cause.kind})`;
  return cause.codes.length > 1 ? named : `${named}: ${begunSmall(title)}`;
}

/** @param {string} title @returns {string} fit to stand inside a sentence */
function begunSmall(title) {
  return title.slice(0, 1).toLowerCase() + title.slice(1);
}

/** @param {Explorer} page @param {Cause} cause @returns {string} "129 of 171 models, a pattern" */
function causeCount(page, cause) {
  if (cause.thing !== null) return plural(cause.count, "finding");
  const question = page.questionOf(cause.question);
  const among = question ? amongText(question) : "";
  const share = among ? `${counted(cause.count)} ${among}` : plural(cause.count, "finding");
  return cause.pattern ? `${share}, a pattern` : share;
}

/** Who may take the first step, by name where that is known.
 * @param {Explorer} page @param {Cause} cause @returns {string} */
function causeActor(page, cause) {
  const words = page.questionOf(cause.question)?.actor ?? "";
  if (!cause.actors.length) return words;
  const names = cause.actors.map((each) => shortened(page.nameOf(each), 60)).join(", ");
  const [best] = page.foundBy(cause);
  if (cause.thing !== null || cause.count === 1) return `${names} (${words})`;
  return `${words}; for ${shortened(subjectText(page, best.finding), 60)}: ${names}`;
}

/** Its findings by question, in the order of the best.
 * @param {Explorer} page @param {Cause} cause @returns {Map<Question, Found[]>} */
function foundByQuestion(page, cause) {
  /** @type {Map<Question, Found[]>} */
  const parts = new Map();
  for (const found of page.foundBy(cause)) {
    const part = parts.get(found.question);
    if (part) part.push(found);
    else parts.set(found.question, [found]);
  }
  return parts;
}
