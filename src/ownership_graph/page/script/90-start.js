// Reads the data out of the page and hands it to the widgets.
"use strict";

/** The data of the page; packed when it is large. @returns {Promise<PageData>} */
async function readData() {
  const holder = byId("data");
  const text = holder.textContent ?? "";
  if (holder.dataset.packed !== "gzip") return JSON.parse(text);
  const packed = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

async function start() {
  const page = new Explorer(await readData());
  for (const widget of widgets) widget(page);
}

start().catch((error) => {
  const reason =
    typeof DecompressionStream === "undefined"
      ? "it needs a browser of 2023 or later"
      : String(error);
  fill(byId("problem"), `This page could not be shown: ${reason}.`);
  byId("problem").hidden = false;
  throw error;
});
