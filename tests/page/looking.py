"""Where a page is, and what stands on its canvas."""

from __future__ import annotations


def places_of(page, *colours):
    """Where on the screen each colour is first met on the canvas, or None."""
    return page.evaluate(
        """(colours) => {
          const canvas = document.querySelector("#map-canvas canvas");
          const { width, height } = canvas;
          const copy = new OffscreenCanvas(width, height);
          const pen = copy.getContext("2d", { willReadFrequently: true });
          pen.drawImage(canvas, 0, 0);
          const pixels = pen.getImageData(0, 0, width, height).data;
          const box = canvas.getBoundingClientRect();
          return colours.map((colour) => {
            for (let at = 0; at < pixels.length; at += 4) {
              if (colour.every((part, place) => pixels[at + place] === part)) {
                const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
                return [box.left + (x * box.width) / width, box.top + (y * box.height) / height];
              }
            }
            return null;
          });
        }""",
        [list(bytes.fromhex(colour)) for colour in colours],
    )


def visit(page, address):
    """Change what is after # in the address, and wait until the page has heard of it."""
    page.evaluate(
        """(address) => new Promise((done) => {
          if (location.hash === address) done();
          addEventListener("hashchange", done, { once: true });
          location.hash = address;
        })""",
        address,
    )
