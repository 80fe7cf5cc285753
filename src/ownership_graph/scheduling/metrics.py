"""What a run leaves for Prometheus: a file that its node exporter picks up.

Names follow Prometheus: the unit stands in the name, and nothing is a counter, since each run
tells how things stand and not what has been added up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ownership_graph.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from ownership_graph.findings.answer import Checked
    from ownership_graph.records import ImportRun
    from ownership_graph.stores import Store

    Samples: TypeAlias = Mapping[tuple[str, ...], float]
    Metric: TypeAlias = tuple[str, str, tuple[str, ...], Samples]
    """Name, meaning, names of the labels, and a number for the labels' values."""

PREFIX = "ownership_graph_"
_DISPUTED = (
    "MATCH (n) WHERE n.disputed IS NOT NULL RETURN count(n) AS n",
    "MATCH ()-[r]->() WHERE r.disputed IS NOT NULL RETURN count(r) AS n",
)
READABLE = 0o644
"""The exporter is another user."""
RUN_STATES = ("applying", "done", "failed", "undone")
ANSWER_STATES = ("assessed", "rollout", "not assessable", "not answered")
SEVERITIES = {1: "low", 2: "medium", 3: "medium", 4: "high"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of the program ended."""

    now: datetime
    seconds: float
    exit_code: int


def write_metrics(path: Path, store: Store, ended: Ended, checked: Checked | None = None) -> None:
    """Write all numbers; the file is written whole or not at all.

    Without `checked`, where only imports ran, there are no numbers of findings.
    """
    from prometheus_client import CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415

    registry = CollectorRegistry()
    for name, meaning, labels, samples in (
        *_of_program(ended),
        ("disputed_facts", "Facts on which sources differ.", (), {(): _disputed(store)}),
        *_of_sources(store.runs()),
        *(_of_findings(checked) if checked else ()),
    ):
        made = Gauge(PREFIX + name, meaning, labels, registry=registry)
        for values, number in samples.items():
            (made.labels(*values) if labels else made).set(number)
    with whole_file(path, mode=READABLE) as out:
        out.write(generate_latest(registry).decode())


def _disputed(store: Store) -> int:
    counted = (store.read(cypher).rows[0][0] for cypher in _DISPUTED)
    return sum(each for each in counted if isinstance(each, int))


def _of_program(ended: Ended) -> Iterator[Metric]:
    for name, meaning, number in (
        ("run_exit_code", "Exit code of the last run.", ended.exit_code),
        ("run_duration_seconds", "How long the last run took.", ended.seconds),
        ("run_end_timestamp_seconds", "When the last run ended.", ended.now.timestamp()),
    ):
        yield name, meaning, (), {(): number}


def _of_sources(runs: Sequence[ImportRun]) -> Iterator[Metric]:
    imports = [run for run in runs if run.kind == "import"]
    last = {run.source: run for run in imports}
    done = {run.source: run for run in imports if run.state == "done"}
    for name, meaning, numbers in (
        (
            "source_last_success_timestamp_seconds",
            "When the source was last imported.",
            {source: _seconds(run.finished) for source, run in done.items()},
        ),
        (
            "source_facts",
            "Facts that the source states.",
            {source: run.stated for source, run in done.items()},
        ),
        (
            "source_rejected_rows",
            "Rows of the last import of the source that could not be taken.",
            {source: run.rows_rejected for source, run in last.items()},
        ),
        (
            "source_duration_seconds",
            "How long the last import of the source took.",
            {
                source: _seconds(run.finished) - _seconds(run.started)
                for source, run in last.items()
                if run.finished
            },
        ),
    ):
        yield name, meaning, ("source",), {(source,): each for source, each in numbers.items()}
    states: Samples = {
        (source, state): float(run.state == state)
        for source, run in last.items()
        for state in RUN_STATES
    }
    told = "1 for the state of the last import of the source, 0 for the others."
    yield "source_state", told, ("source", "state"), states


def _of_findings(checked: Checked) -> Iterator[Metric]:
    asked = [answer for answer in checked.answers if answer.question.severity is not None]
    severities = Counter(SEVERITIES[each.severity] for one in asked for each in one.findings)
    yield (
        "findings",
        "Findings by severity.",
        ("severity",),
        {(name,): severities[name] for name in dict.fromkeys(SEVERITIES.values())},
    )
    yield (
        "question_findings",
        "Findings of a question; none where it could not be assessed.",
        ("code",),
        {(one.question.code,): len(one.findings) for one in asked if one.state == "assessed"},
    )
    states = Counter[str](one.state for one in asked)
    yield (
        "questions",
        "Questions by how they could be answered.",
        ("state",),
        {(state,): states[state] for state in ANSWER_STATES},
    )


def _seconds(told: str) -> float:
    """Seconds since 1970 of a time as runs hold it."""
    return datetime.fromisoformat(told).timestamp()
