"""The answers of a check as the page holds them: nodes by number, missing data in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.days import ago
from ownership_graph.model import LABELS, RELATIONSHIPS, label_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.findings.answer import Answer, Checked, Finding, Group
    from ownership_graph.page.privacy import Privacy
    from ownership_graph.queries.question import Column, Need

Json: TypeAlias = "dict[str, object]"
Places: TypeAlias = "Mapping[tuple[str, str], int]"

LONGEST_QUERY = 50_000
"""Characters of one query that go into a page."""
MOST_ROWS = 500
"""Rows of one listing that go into a page; the page says how many there are."""

_STATES = ("assessed", "rollout", "not answered", "not assessable")


def _last(checked: Checked) -> int:
    return sum(len(answer.findings) for answer in checked.answers) + 1


def _best(answer: Answer, checked: Checked) -> int:
    return min((finding.rank for finding in answer.findings), default=_last(checked))


class ShownAnswers:
    """Turns one check's answers into JSON values.

    In the page of a part, findings and rows about what it leaves out are counted alone.
    `left` is how many findings are; `beyond` are the ids of the persons named so far whom the
    whole graph knows and the page has no node for.
    """

    def __init__(
        self, checked: Checked, places: Places, privacy: Privacy, *, is_part: bool = False
    ) -> None:
        """`places` are those of the page, `privacy` is that of the whole graph."""
        self.checked, self.places, self.privacy = checked, places, privacy
        self.is_part = is_part
        self.shown_id = {at: privacy.ids[at] for at in places}
        self.beyond: set[str] = set()
        here = (self.is_here(each) for answer in checked.answers for each in answer.findings)
        self.left = sum(not each for each in here)

    def questions(self) -> list[Json]:
        """All questions: themes by their best finding, in each the best finding first."""
        best: dict[str, int] = {}
        for answer in self.checked.answers:
            theme = answer.question.theme
            best[theme] = min(best.get(theme, _last(self.checked)), _best(answer, self.checked))
        order = sorted(
            self.checked.answers,
            key=lambda answer: (
                best[answer.question.theme],
                answer.question.theme,
                _best(answer, self.checked),
                _STATES.index(answer.state),
                -(answer.question.severity or 0),
                answer.question.code,
            ),
        )
        return [self.answer(each) for each in order]

    def groups(self) -> list[Json]:
        """The findings by what stands behind them, the best group first; none without one."""
        answers = self.checked.answers
        own = {each.identity: each for answer in answers for each in answer.findings}
        groups = [self.group(each, own) for each in self.checked.groups]
        return [group for group in groups if group["findings"]]

    def answer(self, answer: Answer) -> Json:
        """One question with what came of it."""
        question, text = answer.question, self.privacy.text
        here = [each for each in answer.findings if self.is_here(each)]
        told: Json = {
            "code": text(question.code),
            "name": text(question.name),
            "theme": text(question.theme.replace("-", " ")),
            "title": text(question.title),
            "why": text(question.why),
            "severity": question.severity,
            "remedy": text(question.remedy),
            "actor": text(question.actor.words),
            "needs": [text(need.text) for need in question.needs],
            "control": [text(each.text) for each in question.controls],
            "cypher": text(question.cypher, LONGEST_QUERY),
            "state": answer.state,
            "reason": text(answer.reason),
            "missing": [text(in_words(need)) for need in answer.missing],
            "among": {"what": text(question.among.what), "count": answer.among}
            if question.among
            else None,
            "recorded": answer.recorded,
            "asOf": None if answer.as_of is None else ago(self.checked.today - answer.as_of),
            "parameters": [
                {
                    "name": text(each.name),
                    "meaning": text(each.meaning),
                    "value": self._value(value),
                }
                for each in question.parameters
                if (value := answer.parameters.get(each.name, each.default)) is not None
            ],
            "columns": [self._column(each) for each in question.columns],
            "findings": [
                self._finding(each, question.columns)
                for each in sorted(here, key=lambda each: each.rank)
            ],
            "left": len(answer.findings) - len(here),
        }
        if question.severity is None and answer.rows is not None:
            rows = answer.rows.dicts()
            own = [row for row in rows if self._names_some(row, question.columns)]
            told["rows"] = [self._row(row, question.columns) for row in own[:MOST_ROWS]]
            told["rowCount"] = len(rows)
        return told

    def _column(self, column: Column) -> Json:
        """What the page must know to show a cell."""
        return {
            "name": self.privacy.text(column.name.replace("_", " ")),
            "meaning": self.privacy.text(column.meaning),
            "kind": "node" if column.labels else column.type,
        }

    def group(self, group: Group, findings: Mapping[str, Finding]) -> Json:
        """What stands behind several findings, or one question, with the findings it holds."""
        thing = group.thing
        kind, _, _ = group.cause.partition(":")
        key = f"{kind}:{self._id(thing.label, thing.id)}" if thing else group.cause
        here = [each for each in group.findings if self.is_here(findings[each])]
        return {
            "key": self.privacy.text(key),
            "thing": self._named(thing.id, (thing.label,)) if thing else None,
            "kind": label_in_words(thing.label) if thing else "",
            "question": self.privacy.text(group.question.code),
            "findings": [self.identity(findings[each]) for each in here],
            "left": len(group.findings) - len(here),
            "count": group.count,
            "codes": [self.privacy.text(each) for each in group.codes],
            "pattern": group.pattern,
            "urgency": group.urgency,
            "severity": group.severity,
            "actors": [self._named(each.id, (each.label,)) for each in group.actors],
            "first": group in self.checked.first,
        }

    def is_here(self, finding: Finding) -> bool:
        """Whether the page holds what the finding is about, or the whole graph does not either."""
        if not self.is_part:
            return True
        about = list(zip(finding.labels, finding.subject, strict=True))
        is_known = any(at in self.privacy.names for at in about)
        return not is_known or any(at in self.places for at in about)

    def _names_some(self, row: Mapping[str, object], columns: Iterable[Column]) -> bool:
        """Whether a row of a listing names something that the page holds, or nothing at all."""
        if not self.is_part:
            return True
        cells = [self._cell(row.get(each.name), each) for each in columns if each.labels]
        named = [one for cell in cells for one in (cell if isinstance(cell, list) else [cell])]
        told = [one for one in named if one is not None]
        return not told or any(isinstance(one, int) for one in told)

    def identity(self, finding: Finding) -> str:
        """A finding's identity, with ids as the page shows them."""
        code = finding.identity.partition("|")[0]
        ends = zip(finding.labels, finding.subject, strict=True)
        return "|".join([self.privacy.text(code), *(_escaped(self._id(*end)) for end in ends)])

    def _id(self, label: str, own_id: str) -> str:
        return self.shown_id.get((label, own_id), self.privacy.text(own_id))

    def shown_finding(self, finding: Finding) -> Json:
        """What a finding is about and how bad it is, without its row."""
        return {
            "identity": self.identity(finding),
            "severity": finding.severity,
            "subject": self._subject(finding),
        }

    def _subject(self, finding: Finding) -> list[int | str]:
        ends = zip(finding.subject, finding.labels, strict=True)
        return [self._named(own_id, (label,)) for own_id, label in ends]

    def _finding(self, finding: Finding, columns: Sequence[Column]) -> Json:
        return {
            **self.shown_finding(finding),
            "rank": finding.rank,
            "state": finding.state,
            "implied": finding.implied_by is not None,
            "row": self._row(finding.row, columns),
        }

    def _row(self, row: Mapping[str, object], columns: Iterable[Column]) -> list[object]:
        return [self._cell(row.get(column.name), column) for column in columns]

    def _cell(self, value: object, column: Column) -> object:
        """A node's place, or a list of places; the text where there is no such node."""
        if not column.labels or value is None:
            return self._value(value)
        if isinstance(value, list | tuple):
            return [self._named(str(each), column.labels) for each in value if each is not None]
        return self._named(str(value), column.labels)

    def _value(self, value: object) -> object:
        return self.privacy.value(value)

    def _named(self, own_id: str, labels: Iterable[str]) -> int | str:
        for label in labels:
            if (label, own_id) in self.places:
                return self.places[label, own_id]
            if name := self.checked.names.get((label, own_id)):
                if label == "Person" and (label, own_id) in self.privacy.names:
                    self.beyond.add(own_id)
                return self.privacy.text(name)
        return self.privacy.text(own_id)


def _escaped(own_id: str) -> str:
    return own_id.replace("\\", "\\\\").replace("|", "\\|")


def in_words(need: Need) -> str:
    """The data that a need asks for, in words that no file of ours explains.

    >>> from ownership_graph.queries.question import Need
    >>> in_words(Need("Team.risk_appetite", "Team", "risk_appetite"))
    'risk appetite of teams: declared appetite for risk, from averse to eager (Team.risk_appetite)'
    """
    return ", or ".join(_one_in_words(each) for each in need.any_of())


def _one_in_words(need: Need) -> str:
    if need.name in LABELS:
        label = LABELS[need.name]
        if not need.property:
            return f"{label.plural}: {_begun_small(label.meaning)} ({need.text})"
        known = label.properties.get(need.property)
        meaning = f": {_begun_small(known.meaning)}" if known else ""
        return f"{need.property.replace('_', ' ')} of {label.plural}{meaning} ({need.text})"
    known_tie = RELATIONSHIPS.get(need.name)
    meaning = _begun_small(known_tie.meaning) if known_tie else "a relationship"
    if need.property:
        meaning = f"{need.property.replace('_', ' ')} of: {meaning}"
    return f"{meaning} ({need.text})"


def _begun_small(sentence: str) -> str:
    """A sentence made fit to stand inside another: small first letter, no full stop."""
    first_word = re.match(r"\w+", sentence)
    shout = first_word is not None and len(first_word[0]) > 1 and first_word[0].isupper()
    body = sentence.rstrip(".")
    return body if shout else body[:1].lower() + body[1:]
