"""The page beside stock pyvis: until it can be used, its size, the time to write it; its views.

Usable means: nodes are drawn and, on our page, findings can be clicked; for stock pyvis: the
first frame after its physics has come to rest. Both are reckoned from the start of navigation,
in the same headless Chromium. Stock pyvis is not tried beyond 1,000 nodes, and given up after
`STOCK_LIMIT` seconds. A second table tells how long each view, a keystroke in the search, a
neighbourhood and the ways between two nodes take, from the click to the frame that shows it, and
how long the page takes to write beside a graph that lacks a tenth of the facts.
`python3 dev.py bench page 1000` measures one size.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ownership_graph.findings import check
from ownership_graph.findings.answer import Checked
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.page import Other, write_page
from ownership_graph.page.graph import read_graph
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.records import Fact
from ownership_graph.stores import open_store
from timing import median_seconds, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SIZES = (200, 1_000, 5_000, 10_000)
TODAY = 20_781
RUNS = 5
STOCK_UP_TO = 1_100
STOCK_LIMIT = 240.0
COLUMNS = (
    "nodes", "usable, s", "stock, s", "stock / ours", "click on a finding, s", "drag step, s",
    "file, MB", "stock, MB", "written, s", "stock, s",
)  # fmt: skip

VIEWS = ("lanes", "matrix", "charts", "table")
VIEW_COLUMNS = (
    "nodes", *(f"{view}, s" for view in VIEWS), "a keystroke, s", "neighbourhood, s", "ways, s",
    "compared, written, s",
)  # fmt: skip

WHEN_USABLE = "performance.getEntriesByName('usable')[0].startTime / 1000"
WATCH_STOCK = """
  let held, settled = false;
  Object.defineProperty(window, "network", {
    get: () => held,
    set: (made) => {
      held = made;
      made.on("stabilizationIterationsDone", () => { settled = true; });
      made.on("afterDrawing", () => {
        if (!settled || performance.getEntriesByName("usable").length) return;
        performance.mark("usable");
        document.documentElement.dataset.usable = "yes";
      });
    },
  });
"""
CLICK = """async () => {
  const began = performance.now();
  document.querySelector("[data-finding]").click();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return (performance.now() - began) / 1000;
}"""
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SHOW_VIEW = f"""async (name) => {{
  const began = performance.now();
  document.getElementById(`view-${{name}}`).click();
  await {FRAMES};
  return (performance.now() - began) / 1000;
}}"""
TYPE = f"""async (text) => {{
  const box = document.getElementById("search");
  box.value = text;
  const began = performance.now();
  box.dispatchEvent(new Event("input"));
  await {FRAMES};
  return (performance.now() - began) / 1000;
}}"""
ARRIVE = f"""async (address) => {{
  const heard = new Promise((done) => addEventListener("hashchange", done, {{ once: true }}));
  const began = performance.now();
  location.hash = address;
  await heard;
  await {FRAMES};
  return (performance.now() - began) / 1000;
}}"""
MIDDLE = (600, 400)
DRAG_STEPS = 20


def asked(size: int, folder: Path) -> tuple[list[Fact], Checked]:
    """The facts of a made-up organisation, and the answers of all saved queries on it."""
    tables = folder / str(size)
    write_tables(organisation(today=TODAY, size=size), tables)
    with open_store(str(folder / f"{size}.kgl")) as store:
        order = Order("bench", find_importer("tables"), {"path": tables})
        load(store, order, now=datetime.now(UTC))
        return list(store.facts()), check(store, load_questions(), today=TODAY)


def write_stock(facts: list[Fact], path: Path) -> None:
    """The same nodes and relationships as pyvis writes them."""
    from pyvis.network import Network  # noqa: PLC0415 -- both pay for the import elsewhere

    graph = read_graph(facts)
    network = Network(directed=True, cdn_resources="in_line", height="900px")
    for place, node in enumerate(graph.nodes):
        network.add_node(place, label=node.name, group=node.label)
    for tie in graph.relationships:
        network.add_edge(tie.start, tie.end, title=tie.type)
    path.write_text(network.generate_html(), encoding="utf-8")


@contextmanager
def opened(browser: Browser, path: Path, limit: float, watch: str = "") -> Iterator[Page]:
    """The file in a fresh context, once it can be used; nothing is fetched from outside."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.route("http*://**", lambda route: route.abort())
    if watch:
        context.add_init_script(watch)
    page = context.new_page()
    page.set_default_timeout(limit * 1000)
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-usable]", state="attached")
    yield page
    context.close()


def usable(browser: Browser, path: Path, limit: float = 30, watch: str = "") -> float:
    """Seconds until the file can be used."""
    with opened(browser, path, limit, watch) as page:
        return float(page.evaluate(WHEN_USABLE))


def clicked(browser: Browser, path: Path) -> float:
    """Seconds from a click on the first finding to the frame that shows it."""
    with opened(browser, path, 30) as page:
        return float(page.evaluate(CLICK))


def dragged(browser: Browser, path: Path) -> float:
    """Seconds that one step of dragging the map takes."""
    with opened(browser, path, 30) as page:
        page.mouse.move(*MIDDLE)
        page.mouse.down()
        began = time.perf_counter()
        for step in range(DRAG_STEPS):
            page.mouse.move(MIDDLE[0] + 8 * step, MIDDLE[1] + 3 * step)
            page.evaluate("() => new Promise(requestAnimationFrame)")
        return (time.perf_counter() - began) / DRAG_STEPS


def timed(browser: Browser, path: Path, script: str, word: str) -> float:
    """Seconds that a script takes in a page that was just opened."""
    with opened(browser, path, 30) as page:
        return float(page.evaluate(script, word))


def view_row(browser: Browser, facts: list[Fact], checked: Checked, path: Path) -> list[object]:
    """How long each view takes, at one size."""
    nodes = [f"{node.label}:{node.id}" for node in read_graph(facts).nodes]
    model = next(key for key in nodes if key.startswith("Model:"))
    measures = [(SHOW_VIEW, view) for view in VIEWS]
    measures += [
        (TYPE, "kind:model claims"),
        (ARRIVE, f"#node={quote(model)}&hops=1"),
        (ARRIVE, f"#from={quote(nodes[0])}&to={quote(model)}"),
    ]
    other = Other("beside another", facts[: len(facts) * 9 // 10], checked)
    beside = path.with_name("compared.html")
    written = median_seconds(
        lambda: write_page(beside, facts, checked, title="x", generated="now", other=other), RUNS
    )
    taken = [median(partial(timed, browser, path, *each)) for each in measures]
    return [len(nodes), *taken, written]


def median(measure: Callable[[], float]) -> float:
    """The median of several runs."""
    return statistics.median(measure() for _ in range(RUNS))


def stock_usable(browser: Browser, path: Path) -> float | str:
    """Seconds until stock pyvis can be used, or that it took too long; one run."""
    from playwright.sync_api import TimeoutError as TooLong  # noqa: PLC0415 -- beside its use

    try:
        return usable(browser, path, STOCK_LIMIT, WATCH_STOCK)
    except TooLong:
        return f"> {STOCK_LIMIT:.0f}"


def row(browser: Browser, facts: list[Fact], checked: Checked, folder: Path) -> tuple[object, ...]:
    """All that is measured at one size."""
    ours, stock = folder / "ours.html", folder / "stock.html"
    nodes = len(read_graph(facts).nodes)
    written = median_seconds(
        lambda: write_page(ours, facts, checked, title="Benchmark", generated="now"), RUNS
    )
    until = median(lambda: usable(browser, ours))
    click = median(lambda: clicked(browser, ours))
    drag = median(lambda: dragged(browser, ours))
    if nodes > STOCK_UP_TO:
        stock_until, ratio, stock_size, stock_written = ("-",) * 4
        return (nodes, until, stock_until, ratio, click, drag, megabytes(ours), stock_size,
                written, stock_written)  # fmt: skip
    taken = median_seconds(lambda: write_stock(facts, stock), 3)
    settled = stock_usable(browser, stock)
    times = settled / until if isinstance(settled, float) else f"> {STOCK_LIMIT / until:.0f}"
    return (nodes, until, settled, times, click, drag, megabytes(ours), megabytes(stock),
            written, taken)  # fmt: skip


def megabytes(path: Path) -> float:
    """How large a file is."""
    return path.stat().st_size / 1e6


def main(sizes: list[int]) -> None:
    """Print both tables, a row a size."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only where used

    program = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        usable_once(browser, Path(name))
        rows, views = [], []
        for size in sizes:
            facts, checked = asked(size, Path(name))
            rows.append(row(browser, facts, checked, Path(name)))
            views.append(view_row(browser, facts, checked, Path(name) / "ours.html"))
        print_table(COLUMNS, rows)
        print_table(VIEW_COLUMNS, views)
        browser.close()


def usable_once(browser: Browser, folder: Path) -> None:
    """Open an empty file, so that the first measure does not pay for the browser's start."""
    path = folder / "empty.html"
    path.write_text("<!doctype html><html data-usable>", encoding="utf-8")
    with opened(browser, path, 30):
        pass


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
