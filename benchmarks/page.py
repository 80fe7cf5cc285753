"""The page: what it costs to write it and to use it, and stock pyvis beside it.

`python3 dev.py bench page` prints one table, a column a size: `explore` as a command, in a process
of its own (seconds, of the processor, and the most memory); until the page can be used; every step
of using it, as `12 / 40`: milliseconds of the processor that the page's thread took, and until the
frame that shows it. Medians of five. Usable means: nodes are drawn and, on our page, findings can
be clicked; for stock pyvis: the first frame after its physics has come to rest. Stock pyvis is
tried once, up to `STOCK_UP_TO` nodes, and given up after `STOCK_LIMIT` seconds; `--without-stock`
leaves it out, which takes minutes less. `python3 dev.py bench page 1000 10000` has those sizes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from browsing import median, opened, usable, visited
from ownership_graph.days import date_of
from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.page import Other, recorded, write_page
from ownership_graph.page.graph import PageGraph, read_graph
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.stores import open_store
from timing import print_table

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = (200, 1_000, 5_000, 10_000, 50_000)
TODAY = 20_781
RUNS = 5
STOCK_UP_TO = 1_100
STOCK_LIMIT = 240.0
KIBIBYTES_A_MEGABYTE = 1000 / 1.024
ASKED = {
    "explore, s": "8 at 50,000",
    "most memory, MB": "1,000 at 50,000",
    "usable, s": "0.7 to 1.2",
    "a keystroke in the search, ms": "16",
    "a click on a finding, ms": "100",
    "focus on a node, ms": "100",
    "a step of dragging, ms": "35",
}
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


class Explored(NamedTuple):
    """One run of the command: seconds, seconds of the processor, the most megabytes."""

    seconds: float
    processor: float
    megabytes: float


def imported(size: int, folder: Path) -> Path:
    """A store with a made-up organisation of about that many nodes."""
    tables, store = folder / str(size), folder / f"{size}.kgl"
    write_tables(organisation(today=TODAY, size=size), tables)
    with open_store(str(store)) as opened_store:
        order = Order("bench", find_importer("tables"), {"path": tables})
        load(opened_store, order, now=datetime.now(UTC))
    return store


def explored(store: Path, page: Path) -> Explored:
    """`explore`, in a process of its own."""
    began = time.perf_counter()
    words = ("explore", "-o", str(page), "--store", str(store), "--today", str(date_of(TODAY)))
    process = subprocess.Popen(
        [sys.executable, "-m", "ownership_graph", *words],
        cwd=page.parent,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"explore of {store} ended with {process.returncode}")
    processor = usage.ru_utime + usage.ru_stime
    return Explored(taken, processor, usage.ru_maxrss / KIBIBYTES_A_MEGABYTE)


def written(store: Path, page: Path) -> tuple[PageGraph, dict[str, object]]:
    """The graph; and how many seconds its page takes the processor when all is asked already."""
    with open_store(str(store)) as present:
        checked = check(present, load_questions(), today=TODAY)
        facts = list(present.facts())
        lacking = Other("beside another", facts[: len(facts) * 9 // 10], checked)
        alone: list[float] = []
        beside: list[float] = []
        for _ in range(RUNS):
            for other, taken in ((None, alone), (lacking, beside)):
                began = time.process_time()
                write_page(
                    page,
                    present.facts(),
                    checked,
                    title="x",
                    generated="now",
                    told=recorded(present),
                    other=other,
                )
                taken.append(time.process_time() - began)
    return read_graph(facts), {
        "of it without the questions, processor s": statistics.median(alone),
        "the same compared with another, processor s": statistics.median(beside),
    }


def write_stock(graph: PageGraph, path: Path) -> None:
    """The same nodes and relationships as pyvis writes them."""
    from pyvis.network import Network  # noqa: PLC0415 -- both pay for the import elsewhere

    network = Network(directed=True, cdn_resources="in_line", height="900px")
    for place, node in enumerate(graph.nodes):
        network.add_node(place, label=node.name, group=node.label)
    for tie in graph.relationships:
        network.add_edge(tie.start, tie.end, title=tie.type)
    path.write_text(network.generate_html(), encoding="utf-8")


def stock(browser: Browser, graph: PageGraph, path: Path, until: float) -> dict[str, object]:
    """What stock pyvis takes for the same, once; and how many times as long."""
    from playwright.sync_api import TimeoutError as TooLong  # noqa: PLC0415 -- beside its use

    if len(graph.nodes) > STOCK_UP_TO:
        return {}
    write_stock(graph, path)
    told: dict[str, object] = {"stock pyvis: file, MB": megabytes(path)}
    try:
        settled = usable(browser, path, STOCK_LIMIT * 1000, WATCH_STOCK)
        return told | {"stock pyvis: usable, s": settled, "stock / ours": settled / until}
    except TooLong:
        least = f"> {STOCK_LIMIT:.0f}", f"> {STOCK_LIMIT / until:.0f}"
        return told | dict(zip(("stock pyvis: usable, s", "stock / ours"), least, strict=True))


def column(browser: Browser, size: int, folder: Path, *, with_stock: bool) -> dict[str, object]:
    """All that is measured at one size, by its name."""
    store, page = imported(size, folder), folder / "ours.html"
    runs = [explored(store, page) for _ in range(RUNS)]
    seconds, processor, most = map(statistics.median, zip(*runs, strict=True))
    graph, without_questions = written(store, folder / "again.html")
    until = median(partial(usable, browser, page), RUNS)
    keys = [f"{node.label}:{node.id}" for node in graph.nodes]
    model = next(key for key in keys if key.startswith("Model:"))
    told: dict[str, object] = {
        "nodes": len(graph.nodes),
        "explore, s": seconds,
        "explore, processor s": processor,
        **without_questions,
        "most memory, MB": round(most),
        "file, MB": megabytes(page),
        "usable, s": until,
        **visited(browser, page, (keys[0], model), RUNS),
    }
    return told | (stock(browser, graph, folder / "stock.html", until) if with_stock else {})


def megabytes(path: Path) -> float:
    """How large a file is."""
    return path.stat().st_size / 1e6


def main(sizes: list[int], *, with_stock: bool) -> None:
    """Print the table, a column a size."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only where used

    program = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        usable_once(browser, Path(name))
        columns = [column(browser, size, Path(name), with_stock=with_stock) for size in sizes]
        browser.close()
    nodes = [f"{each.pop('nodes'):,}" for each in columns]
    names = dict.fromkeys(name for each in columns for name in each)
    rows = [
        [name, ASKED.get(name, ""), *(each.get(name, "") for each in columns)] for name in names
    ]
    print_table(["nodes", "asked", *nodes], rows)


def usable_once(browser: Browser, folder: Path) -> None:
    """Open an empty file, so that the first measure does not pay for the browser's start."""
    path = folder / "empty.html"
    path.write_text("<!doctype html><html data-usable>", encoding="utf-8")
    with opened(browser, path):
        pass


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="dev.py bench page")
    parser.add_argument("sizes", nargs="*", type=int, metavar="NODES", default=list(SIZES))
    parser.add_argument("--without-stock", action="store_true", help="Leave out stock pyvis.")
    chosen = parser.parse_args()
    main(chosen.sizes, with_stock=not chosen.without_stock)
