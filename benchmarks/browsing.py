"""How the benchmarks use the page in a browser, and what each step of it costs.

A cost is two times: what the page's own thread took of the processor, which a busy machine hardly
changes, and how long it was until the frame that shows what came of it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

VIEWS = ("lanes", "matrix", "charts", "table")
TYPED = "claims"
DRAG_STEPS = 20
MIDDLE = (600, 400)

_WHEN_USABLE = "performance.getEntriesByName('usable')[0].startTime"
_ACT = """async (script) => {
  const act = new Function(script);
  const began = performance.now();
  act();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - began;
}"""
_LONGEST = 60_000


class Cost(NamedTuple):
    """Milliseconds of the processor, and until the frame that shows it; less is asked for."""

    processor: float
    frame: float

    def __str__(self) -> str:
        """`12 / 40`: processor, then until the frame."""
        return f"{self.processor:.0f} / {self.frame:.0f}"


class Visit:
    """A page that was just opened, used step by step; `costs` has what each took."""

    def __init__(self, page: Page) -> None:
        """`page` is still as it was when it could first be used."""
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.costs: dict[str, Cost] = {}

    def processor(self) -> float:
        """Milliseconds that the page's thread has worked so far."""
        found: dict[str, Any] = self.session.send("Performance.getMetrics")
        (seconds,) = (each["value"] for each in found["metrics"] if each["name"] == "TaskDuration")
        return float(seconds) * 1000

    def act(self, script: str) -> Cost:
        """What a script costs, with all that follows up to the frame."""
        before = self.processor()
        frame = float(self.page.evaluate(_ACT, script))
        return Cost(self.processor() - before, frame)

    def click(self, selector: str) -> Cost:
        """What a click on the first such element costs."""
        return self.act(f"document.querySelector({selector!r}).click()")

    def arrive(self, address: str) -> Cost:
        """What it costs to arrive at an address of the page, as by a link from a report."""
        return self.act(f"location.hash = {address!r}")

    def take(self, nodes: tuple[str, str]) -> dict[str, Cost]:
        """Every step once; `nodes` are the keys of two that a way is looked for between."""
        first, second = map(quote, nodes)
        self.costs["a keystroke in the search, ms"] = self.typed()
        for view in VIEWS:
            self.costs[f"{view}, first opened, ms"] = self.click(f"#view-{view}")
        self.costs["back to the map, ms"] = self.click("#view-map")
        self.costs["a click on a finding, ms"] = self.click("[data-cause], [data-finding]")
        self.costs["the whole map again, ms"] = self.arrive("#")
        self.costs["a filter, ms"] = self.click("#legend input[type=checkbox]")
        self.arrive("#")
        self.costs["focus on a node, ms"] = self.arrive(f"#node={second}&hops=1")
        self.costs["ways between two nodes, ms"] = self.arrive(f"#from={first}&to={second}")
        self.arrive("#")
        self.costs["a step of dragging, ms"] = self.dragged()
        return self.costs

    def typed(self) -> Cost:
        """One keystroke, of a word that is typed; the box had the focus before."""
        self.page.focus("#search")
        costs = [
            self.act(
                "const box = document.getElementById('search');"
                f" box.value = {TYPED[:end]!r}; box.dispatchEvent(new Event('input'));"
            )
            for end in range(1, len(TYPED) + 1)
        ]
        self.act("const box = document.getElementById('search'); box.value = ''; box.blur();")
        return median_cost(costs)

    def dragged(self) -> Cost:
        """One step of dragging the map with the mouse."""
        mouse = self.page.mouse
        mouse.move(*MIDDLE)
        mouse.down()
        before, began = self.processor(), time.perf_counter()
        for step in range(DRAG_STEPS):
            mouse.move(MIDDLE[0] + 8 * step, MIDDLE[1] + 3 * step)
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        taken = (time.perf_counter() - began) * 1000
        mouse.up()
        return Cost((self.processor() - before) / DRAG_STEPS, taken / DRAG_STEPS)


def median_cost(costs: list[Cost]) -> Cost:
    """The median of each of the two."""
    processor, frame = map(statistics.median, zip(*costs, strict=True))
    return Cost(processor, frame)


def visited(browser: Browser, path: Path, nodes: tuple[str, str], runs: int) -> dict[str, Cost]:
    """The median cost of each step of a visit."""
    visits = []
    for _ in range(runs):
        with opened(browser, path) as page:
            visits.append(Visit(page).take(nodes))
    return {name: median_cost([each[name] for each in visits]) for name in visits[0]}


@contextmanager
def opened(
    browser: Browser, path: Path, limit: float = _LONGEST, watch: str = ""
) -> Iterator[Page]:
    """The file in a fresh context, once it can be used; nothing is fetched from outside."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.route("http*://**", lambda route: route.abort())
    if watch:
        context.add_init_script(watch)
    page = context.new_page()
    page.set_default_timeout(limit)
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-usable]", state="attached")
    yield page
    context.close()


def usable(browser: Browser, path: Path, limit: float = _LONGEST, watch: str = "") -> float:
    """Seconds from the start of navigation until the file can be used."""
    with opened(browser, path, limit, watch) as page:
        return float(page.evaluate(_WHEN_USABLE)) / 1000


def median(measure: Callable[[], float], runs: int) -> float:
    """The median of several runs."""
    return statistics.median(measure() for _ in range(runs))
