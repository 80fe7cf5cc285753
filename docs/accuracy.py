"""Writes the page on accuracy: what each rule finds, beside what a second reading of it finds.

Run it with `python3 dev.py proof`; it takes some minutes. `python3 dev.py proof 1000` goes up to
organisations of 1,000 nodes and prints the page instead. A test looks whether the page names
every rule.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ownership_graph.organisation import alone, planted
from ownership_graph.stores import Credentials, open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from ownership_graph.organisation import Planted
    from ownership_graph.stores import Store

Found: TypeAlias = "Mapping[str, set[tuple[str, ...]]]"
"""By code, the subjects."""

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
made: Any = import_module("proof.organisations")
servers: Any = import_module("servers.neo4j_server")
PAGE = ROOT / "docs" / "reference" / "accuracy.md"
ORGANISATIONS = {
    100: made.Made(100, seed=5, story=False),
    1_000: made.Made(1_000, seed=6),
    2_500: made.Made(2_500, seed=7, defects=1),
    10_000: made.Made(10_000, seed=11, defects=None),
    100_000: made.Made(100_000, seed=13, defects=None),
}
"""By size: two in which nothing is planted, one copy of every fault, as many as have room."""

STORES = {"embedded": 100_000, "Neo4j": 100_000}
"""The largest organisation that each store is asked about."""

SETTINGS = {"server.memory.pagecache.size": "512m"}
FLAGS = ("-Xmx3g", "-XX:TieredStopAtLevel=4")
"""What a server of 100,000 nodes needs beyond one for tests: memory, Java's better compiler."""

NOTHING = "-"
HEAD = """# Accuracy
<!-- Made by `python3 dev.py proof`; do not edit. -->

Every rule is written twice: as the saved query, and in plain Python from the words of its header
([tests/oracle](../../tests/oracle), which shares no code with the queries or with `src/`). Both
are asked about the same generated organisations (`ownership-graph generate`), with faults and
near misses planted in them, of which it is known what must be found and what must not.

* Made on {day} by `python3 dev.py proof`, which writes this page.
* Organisations of about {sizes}; nothing is planted in the two smallest. Each
  is imported from a directory and a scan, as anyone's would be.
* Stores: {stores}.
* `oracle / {names}`: how many findings the oracle reckons, and how many the query gives on each
  store; {nothing} where it was not asked.
* Precision: the share of what the queries find that the oracle finds too. Recall: the share of
  what the oracle finds that the queries find too. Over all sizes and stores; {nothing} where there
  is nothing to find.
* Defects found, near misses fired: of all that were planted, over all sizes and stores, and in
  organisations that hold one fault about the whole.

The tests ask the same of an organisation of 100 nodes, and on every store of one of 2,500 and of
small random graphs thick with what is rare in life; and they hold laws, whatever the data
([tests/proof](../../tests/proof)). What this page cannot tell is whether the words of a rule are
the right ones for an organisation; where they are not, set its thresholds, or write a question
of your own.
"""
UNJUDGED = """
## Rules that no oracle judged when this was measured

Their golden cases are reckoned by hand, and their measures are tested by themselves.
"""


@dataclass(slots=True)
class Tally:
    """What was counted for one rule."""

    reckoned: dict[int, int] = field(default_factory=dict)
    """By size, how many subjects the oracle finds."""

    found: dict[tuple[int, str], int] = field(default_factory=dict)
    """By size and store, how many the query finds."""

    both: int = 0
    of_query: int = 0
    of_oracle: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)

    def add(
        self, size: int, store: str, reckoned: set[tuple[str, ...]], found: set[tuple[str, ...]]
    ) -> None:
        """Count what both find in one organisation on one store."""
        self.reckoned[size] = len(reckoned)
        self.found[size, store] = len(found)
        self.both += len(reckoned & found)
        self.of_query += len(found)
        self.of_oracle += len(reckoned)

    def plant(self, each: Planted, found: set[tuple[str, ...]]) -> None:
        """Count one planted thing, and whether it is found."""
        self.planted[each.what] += 1
        long = len(each.subject)
        self.fired[each.what] += any(one[:long] == each.subject for one in found)

    def cells(self, sizes: Iterable[int], *, judged: bool) -> Iterator[str]:
        """The cells of the rule's row, after its code."""
        for size in sizes:
            counts = [self.found.get((size, store)) for store in STORES]
            shown = [self.reckoned.get(size) if judged else None, *counts]
            yield " / ".join(NOTHING if each is None else f"{each:,}" for each in shown)
        yield share(self.both, self.of_query) if judged else NOTHING
        yield share(self.both, self.of_oracle) if judged else NOTHING
        for what in ("defect", "near miss"):
            many = self.planted[what]
            yield f"{self.fired[what]:,} of {many:,}" if many else NOTHING


def share(part: int, whole: int) -> str:
    """A share with three digits, cut and not rounded: 1.000 is all of it.

    >>> share(1_999_999, 2_000_000), share(3, 3), share(0, 0)
    ('0.999', '1.000', '-')
    """
    return f"{1000 * part // whole / 1000:.3f}" if whole else NOTHING


@contextmanager
def places() -> Iterator[Mapping[str, Any]]:
    """By its name, what opens an empty store of each kind."""

    @contextmanager
    def embedded() -> Iterator[Store]:
        with (
            tempfile.TemporaryDirectory() as folder,
            open_store(str(Path(folder) / "graph.kgl")) as store,
        ):
            yield store

    running = servers.running_neo4j(settings=SETTINGS, flags=FLAGS)
    with running as server, server.driver() as driver:

        def on_server() -> AbstractContextManager[Store]:
            servers.empty(driver)
            return open_store(server.uri, Credentials(user=server.user, password=server.password))

        yield {"embedded": embedded, "Neo4j": on_server}


def tallies(sizes: Iterable[int]) -> Iterator[Mapping[str, Tally]]:
    """What is counted for each rule, after each organisation of these sizes."""
    counted = {each.code: Tally() for each in made.QUESTIONS}
    told("faults about the whole")
    for facts, truth in standing_alone():
        plant(truth, facts, counted)
    with places() as opened:
        for size in sizes:
            told(f"{size:,} nodes")
            measure(size, opened, counted)
            yield counted


def measure(size: int, opened: Mapping[str, Any], counted: Mapping[str, Tally]) -> None:
    """Count what is found in an organisation of the size, on each store that can be asked."""
    one = ORGANISATIONS[size]
    truth = list(
        planted(today=made.TODAY, size=size, seed=one.seed, defects=one.defects, second=True)
    )
    with tempfile.TemporaryDirectory() as name:
        reckoned = made.reckoned(one.write(Path(name)))
        for store_name, open_ in opened.items():
            if size > STORES[store_name]:
                continue
            told(f"  on {store_name}")
            with open_() as store:
                found = made.asked(made.imported(store, Path(name)))
            for code, tally in counted.items():
                tally.add(size, store_name, reckoned.get(code, set()), found[code])
            plant(truth, found, counted)


def plant(truth: Iterable[Planted], found: Found, counted: Mapping[str, Tally]) -> None:
    """Count what was planted, and what of it is found."""
    for each in truth:
        counted[each.code].plant(each, found[each.code])


def standing_alone() -> Iterator[tuple[Found, list[Planted]]]:
    """What is found in each organisation with one fault about the whole, and what is known."""
    for _, facts, truth in alone(today=made.TODAY):
        with tempfile.TemporaryDirectory() as name:
            made.written(facts, Path(name))
            with open_store(str(Path(name) / "graph.kgl")) as store:
                yield made.asked(made.imported(store, Path(name))), truth


def page(counted: Mapping[str, Tally], judged: Iterable[str], day: str) -> str:
    """The page as Markdown."""
    sizes = sorted({size for tally in counted.values() for size in tally.reckoned})
    known = frozenset(judged)
    names = " / ".join(STORES)
    head = HEAD.format(
        day=day,
        sizes=", ".join(f"{size:,} nodes (seed {ORGANISATIONS[size].seed})" for size in sizes),
        stores=", ".join(versions(max(sizes))),
        names=names,
        nothing=NOTHING,
    )
    columns = [
        "rule", *(f"oracle / {names}, {size:,} nodes" for size in sizes),
        "precision", "recall", "defects found", "near misses fired",
    ]  # fmt: skip
    lines = [head, *table(columns, counted, known, sizes)]
    if counted.keys() - known:
        lines += [UNJUDGED, *table(columns, counted, counted.keys() - known, sizes, judged=False)]
    return "\n".join(lines) + "\n"


def table(
    columns: list[str],
    counted: Mapping[str, Tally],
    codes: Iterable[str],
    sizes: Iterable[int],
    *,
    judged: bool = True,
) -> Iterator[str]:
    """The lines of a table of the rules of these codes."""
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for code in sorted(codes):
        row = (
            f"[{code}](questions.md#{code.lower()})",
            *counted[code].cells(sizes, judged=judged),
        )
        yield f"| {' | '.join(row)} |"


def versions(most: int) -> Iterator[str]:
    """The stores with their versions, and how far each was asked, up to `most` nodes."""
    known = {"embedded": f"kglite {version('kglite')}", "Neo4j": servers.LONG_TERM}
    for name, largest in STORES.items():
        yield f"{name} ({known[name]}) up to {min(largest, most):,} nodes"


def told(what: str) -> None:
    """Say on the way what is being done."""
    sys.stderr.write(f"{what}\n")


def main(arguments: list[str]) -> int:
    """Measure; write the page after each size, or print it where not all of it is measured."""
    largest = int(arguments[0]) if arguments else max(ORGANISATIONS)
    text = ""
    for counted in tallies(size for size in ORGANISATIONS if size <= largest):
        text = page(counted, made.JUDGED, datetime.now(UTC).date().isoformat())
        if largest == max(ORGANISATIONS):
            PAGE.write_text(text, encoding="utf-8")
    if largest < max(ORGANISATIONS):
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
