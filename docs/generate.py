"""Writes the reference pages from the code and the queries; a test compares them.

Run it with `python3 dev.py docs`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ownership_graph.deciding import decisions_schema
from ownership_graph.importing.importers import list_importers
from ownership_graph.loading.schema import settings_schema
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.queries.frameworks import load_frameworks
from ownership_graph.reports.json import check_schema
from ownership_graph.reports.traced.documents import (
    ImpactDocument,
    PathDocument,
    document_schema,
)
from ownership_graph.settings import PREFIX, Settings, SourceSettings, StoreSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from ownership_graph.model import Property
    from ownership_graph.queries.frameworks import Framework
    from ownership_graph.queries.question import Control, Question

REFERENCE = Path(__file__).parent / "reference"
MADE = "<!-- Made by `python3 dev.py docs`; do not edit. -->\n"
_NOWHERE = SimpleNamespace(params={})
"""Where a group is asked for its commands: outside of any call."""

SEVERITY = {1: "low", 2: "medium", 3: "medium", 4: "high", None: "list"}


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "graph.md": "\n".join(graph_page()),
        "questions.md": "\n".join(questions_page()),
        "controls.md": "\n".join(controls_page()),
        "command-line.md": "\n".join(command_line_page()),
        "settings.md": "\n".join(settings_page()),
        "settings.schema.json": json.dumps(settings_schema(), indent=2),
        "check.schema.json": check_schema().decode() + "\n",
        "decide.schema.json": decisions_schema().decode() + "\n",
        "impact.schema.json": document_schema(ImpactDocument).decode() + "\n",
        "path.schema.json": document_schema(PathDocument).decode() + "\n",
    }


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table."""
    columns = list(columns)
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def properties(listed: Iterable[Property]) -> Iterator[tuple[str, str, str]]:
    """A row a property: name, kind, and what it means with its unit and values."""
    for each in listed:
        values = ", ".join(f"`{value}`" for value in each.values)
        more = f" One of {values}." if each.closed else f" Such as {values}." if values else ""
        unit = f" ({each.unit})" if each.unit else ""
        yield f"`{each.name}`", each.kind, f"{each.meaning}{unit}{more}"


def graph_page() -> Iterator[str]:
    """Labels and relationships, from `model`."""
    yield "# The graph"
    yield MADE
    yield (
        "One label a node. `id` is text, unique for the label, by habit `system:native`"
        " (`gh:octocat`). Days are integers since 1970-01-01; tables may give ISO dates.\n"
    )
    for label in LABELS.values():
        yield f"## {label.name}\n"
        yield f"{label.meaning}{' History: absence never removes it.' if label.event else ''}\n"
        yield from table(("property", "kind", "meaning"), properties(label.properties.values()))
        yield ""
    yield "## Relationships\n"
    rows = (
        (f"`{each.name}`", ", ".join(each.starts), ", ".join(each.ends), each.meaning)
        for each in RELATIONSHIPS.values()
    )
    yield from table(("relationship", "from", "to", "meaning"), rows)
    yield ""
    for each in RELATIONSHIPS.values():
        if each.properties:
            yield f"### {each.name}\n"
            yield from table(("property", "kind", "meaning"), properties(each.properties.values()))
            yield ""


def questions_page() -> Iterator[str]:
    """Every shipped question, by theme, from its own header."""
    questions = load_questions()
    yield "# Questions"
    yield MADE
    rows = (
        (f"[{q.code}](#{q.code.lower()})", q.title, f"`{q.name}`", SEVERITY[q.severity])
        for q in questions
    )
    yield from table(("code", "question", "name", "severity"), rows)
    theme = ""
    for question in questions:
        if question.theme != theme:
            theme = question.theme
            yield f"\n## {theme.capitalize()}"
        yield from question_section(question)


def question_section(question: Question) -> Iterator[str]:
    """One question: why, what it needs, its thresholds, its columns, its Cypher."""
    yield f'\n### <a id="{question.code.lower()}"></a>{question.code}: {question.title}\n'
    yield f"{question.why}\n"
    facts = [
        ("Severity", SEVERITY[question.severity]),
        ("Effect", question.effect if question.severity else ""),
        ("First step", question.remedy),
        ("By", question.actor.words),
        ("Needs", ", ".join(f"`{need.text}`" for need in question.needs)),
        ("Among", question.among.what if question.among else ""),
        ("Then", f"the measure `{question.then}`" if question.then else ""),
        ("Evidence towards", "; ".join(linked(each) for each in question.controls)),
    ]
    yield from (f"* {name}: {text}" for name, text in facts if text)
    yield ""
    if question.parameters:
        rows = [(f"`{p.name}`", p.type, str(p.default), p.meaning) for p in question.parameters]
        yield from table(("parameter", "type", "default", "meaning"), rows)
        yield ""
    yield from table(
        ("column", "type", "meaning"),
        [(f"`{c.name}`", c.type, c.meaning) for c in question.columns],
    )
    yield "\n<details><summary>Cypher</summary>\n\n```cypher"
    yield question.cypher.rstrip()
    yield "```\n\n</details>"


def linked(control: Control) -> str:
    """A clause, with a link to where its text and its day stand."""
    return f"[{control.text}](controls.md#{anchor(control.framework)})"


def anchor(text: str) -> str:
    """A name as a place in a page."""
    return text.lower().replace(" ", "-")


def controls_page() -> Iterator[str]:
    """Every framework with its clauses, and the questions that are evidence towards each."""
    questions = load_questions()
    yield "# Evidence towards frameworks"
    yield MADE
    yield (
        "The answer to a question is evidence towards a clause, no more: whether a duty applies to"
        " you, and whether you meet it, is for those who answer for it. Titles are our own words;"
        " the text stands with its publisher. Dates are moved: check them before you rely on one."
        " How to ask by clause, and how to add a framework of your own:"
        " [evidence for a framework](../how-to/evidence.md).\n"
    )
    frameworks = load_frameworks().values()
    yield from table(
        ("framework", "text of", "applies from", "clauses", "with questions"),
        (
            (
                f"[{each.name}](#{anchor(each.name)})",
                each.text,
                each.applies_from,
                str(len(each.clauses)),
                str(sum(bool(asked(questions, each.control(name))) for name in each.clauses)),
            )
            for each in frameworks
        ),
    )
    for framework in frameworks:
        yield from framework_section(framework, questions)
    yield "\n## No clause\n"
    yield "What these ask, no clause above asks for.\n"
    yield from (f"* {code(each)} {each.title}" for each in questions if not each.controls)


def framework_section(framework: Framework, questions: Iterable[Question]) -> Iterator[str]:
    """One framework: what text it is, then a row a clause."""
    yield f'\n## <a id="{anchor(framework.name)}"></a>{framework.name}\n'
    since = f"; applies from {framework.applies_from}" if framework.applies_from else ""
    yield (
        f"{framework.title}, {framework.version}. {framework.publisher}. Text of"
        f" {framework.text}{since}. {framework.note}".rstrip()
        + "\n"
    )
    notes = list(dict.fromkeys(each.note for each in framework.clauses.values() if each.note))
    rows = []
    for name in framework.clauses:
        control = framework.control(name)
        mark = f" [{notes.index(control.note) + 1}]" if control.note else ""
        evidence = ", ".join(code(each) for each in asked(questions, control)) or "none"
        rows.append((control.clause, control.title, f"{control.applies_from}{mark}", evidence))
    yield from table(("clause", "about", "applies from", "evidence"), rows)
    if notes:
        yield ""
        yield from (f"[{number}] {note}  " for number, note in enumerate(notes, 1))


def asked(questions: Iterable[Question], control: Control) -> list[Question]:
    """The questions that are evidence towards the clause."""
    found = (each for each in questions if control in each.controls)
    return sorted(found, key=lambda each: each.code)


def code(question: Question) -> str:
    """A question's code, with a link to it."""
    return f"[{question.code}](questions.md#{question.code.lower()})"


def settings_page() -> Iterator[str]:
    """Every key, from the types; the importers' options, from their signatures."""
    definitions = settings_schema()["$defs"]
    columns = ("key", "type", "default", "meaning")
    yield "# Settings"
    yield MADE
    yield (
        "The keys of `ownership-graph.toml`; each may also come from the environment, as"
        f" `{PREFIX}` and the key in capitals. How to write one:"
        " [settings](../how-to/settings.md); for editors:"
        " [settings.schema.json](settings.schema.json).\n"
    )
    yield from table(columns, keys(Settings, settings_schema()["properties"]))
    yield "\n## `[store]`\n"
    yield f"{StoreSettings.__doc__} In the environment `{PREFIX}STORE__ADDRESS` and the like.\n"
    yield from table(columns, keys(StoreSettings, definitions["StoreSettings"]["properties"]))
    yield "\n## `[[source]]`\n"
    yield (
        f"{SourceSettings.__doc__} In the environment `{PREFIX}SOURCE__NAME__PATH` and the like,"
        " with the source's name in capitals and `_` for what is neither letter nor digit.\n"
    )
    yield from table(columns, keys(SourceSettings, definitions["SourceSettings"]["properties"]))
    for importer in list_importers():
        yield f'\n### Options of `importer = "{importer.name}"`\n'
        yield f"{importer.summary}\n"
        rows = (
            (
                f"`{each.name}`",
                f"list of {each.type}" if each.many else each.type,
                "required" if each.required else json.dumps(each.default),
                each.meaning,
            )
            for each in importer.options
        )
        yield from table(columns, rows)


def keys(settings: type[BaseModel], schema: Mapping[str, Any]) -> Iterator[Iterable[str]]:
    """A row a key."""
    for name, field in settings.model_fields.items():
        told = schema[name]
        kind = told.get("type", "table or text" if name == "store" else "text")
        if "enum" in told:
            kind = " or ".join(json.dumps(each) for each in told["enum"])
        default = "required" if field.is_required() else json.dumps(told.get("default", ""))
        yield (
            f"`{name}`",
            {"array": "list", "string": "text"}.get(kind, kind),
            plain(default),
            (field.description or ""),
        )


def plain(default: str) -> str:
    """A default as it is written; blank for none."""
    return "" if default in ('""', "[]") or default.startswith("{") else default


def command_line_page() -> Iterator[str]:
    """Every command's own help."""
    os.environ.update(COLUMNS="96", TERMINAL_WIDTH="96", TERM="dumb", NO_COLOR="1")
    import typer  # noqa: PLC0415 -- it reads the environment above
    from typer.testing import CliRunner  # noqa: PLC0415

    from ownership_graph.cli import app  # noqa: PLC0415

    yield "# Command line"
    yield MADE
    yield (
        "Data goes to stdout, progress and messages to stderr. Exit codes: 0 fine, 1 error,"
        " 2 usage or settings, 3 findings at or above `--fail-on`, 4 a source failed or the"
        " removal guard stopped it, 5 locked, 130 interrupted.\n"
    )
    for words in commands(typer.main.get_command(app)):
        said = CliRunner().invoke(app, [*words, "--help"], prog_name="ownership-graph")
        lines = [line.rstrip() for line in said.output.strip("\n").splitlines()]
        yield f"## {' '.join(('ownership-graph', *words))}\n"
        yield "```text"
        yield from lines
        yield "```\n"


def commands(found: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 -- Typer's own
    """The words of every command and group, as the help of each lists them."""
    yield words
    if hasattr(found, "list_commands"):
        for name in found.list_commands(_NOWHERE):
            yield from commands(found.get_command(_NOWHERE, name), (*words, name))


def main() -> None:
    """Write the pages."""
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text.rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
