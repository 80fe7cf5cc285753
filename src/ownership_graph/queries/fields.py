"""The fields of a question's header, each read from its text.

What is wrong with a text is raised as a QueryError without file and line; the header knows them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import msgspec

from ownership_graph.errors import QueryError
from ownership_graph.model import LABELS, nearest
from ownership_graph.queries.needs import parse_need
from ownership_graph.queries.question import (
    Actor,
    Among,
    Cause,
    CauseKind,
    Column,
    Effect,
    Need,
    Parameter,
    ParameterType,
    Relation,
    Right,
)
from ownership_graph.queries.values import value_of

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = {
    "code": "code: OWN-01",
    "severity": "severity: 4",
    "cause": "cause: owner",
    "effect": "effect: stopped",
    "remedy": "remedy: Name one accountable team and a deputy this week.",
    "actor": "actor: the owner of {gate}",
    "needs": "needs: OWNS, Person.status",
    "absence": "absence: yes",
    "among": "among: live models",
    "then": "then: decisions_nobody_can_make",
    "control": "control: NIST GOVERN 2.1; ISO 42001 A.3.2",
    "implies": "implies: CEN-01",
    "parameter": "parameter min_days: int = 30 -- how many days are too many",
    "column": "column model: Model -- the model without an owner",
}
"""Every field, written right."""

CAUSES: tuple[CauseKind, ...] = get_args(CauseKind)
EFFECTS: tuple[Effect, ...] = get_args(Effect)
LISTING = "info"
TYPES: tuple[ParameterType, ...] = get_args(ParameterType)

_CODE = re.compile(r"[A-Z][A-Z0-9]+-\d{2,}")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_DECLARED = " -- "
_LIST = "list of "
_CAUSE = re.compile(r"(?P<kind>\S+)(?:\s+\{(?P<column>[a-z0-9_]+)\})?")
_BRACES = re.compile(r"\{([^{}]*)\}")
_RELATIONS: dict[str, Relation] = {
    "superior": "superior", "parent": "parent", "lead": "lead", "decide": "decider",
    "owner": "owner",
}  # fmt: skip
"""The words that say what somebody is to those in braces; the first that stands there counts."""
_HIGHEST = 4


def code(text: str) -> str:
    """A code such as OWN-01: capitals, a hyphen, two digits or more."""
    if not _CODE.fullmatch(text):
        raise QueryError(f"'{text}' is no code: capitals, a hyphen, and two digits or more")
    return text


def severity(text: str) -> int | None:
    """1 to 4 for a finding, `None` for a listing."""
    if text == LISTING:
        return None
    if text not in {str(each) for each in range(1, _HIGHEST + 1)}:
        raise QueryError(f"'{text}' is neither 1, 2, 3, 4 (a finding) nor {LISTING} (a listing)")
    return int(text)


def sentence(text: str) -> str:
    """A text that says something."""
    if not text:
        raise QueryError("nothing stands there")
    return text


def cause(text: str) -> Cause:
    """What stands behind several findings, and perhaps in braces the column that holds it."""
    found = _CAUSE.fullmatch(text)
    kind = next((each for each in CAUSES if found and each == found["kind"]), None)
    if found is None or kind is None:
        near = nearest(text.partition(" ")[0], CAUSES)
        raise QueryError(
            f"'{text}' is not one of {', '.join(CAUSES)}, or one with a column in braces"
            f" behind it, as `gate {{gates}}`.{near}"
        )
    return Cause(kind, found["column"] or "")


def effect(text: str) -> Effect:
    """What a finding does to the organisation."""
    known = next((each for each in EFFECTS if each == text), None)
    if known is None:
        raise QueryError(f"'{text}' is not one of {', '.join(EFFECTS)}.{nearest(text, EFFECTS)}")
    return known


def actor(text: str) -> Actor:
    """Who has the right to act; columns in braces tell whom a row names, perhaps in other words.

    >>> actor("the owner of {gate}, else the superior of {team, other: both teams}")
    ... # doctest: +NORMALIZE_WHITESPACE
    Actor(words='the owner of the gate, else the superior of both teams',
          rights=(Right(relation='owner', columns=('gate',)),
                  Right(relation='superior', columns=('team', 'other'))))
    """
    rights, words, end = [], "", 0
    for found in _BRACES.finditer(sentence(text)):
        before = text[end : found.start()]
        named, _, said = found[1].partition(":")
        columns = listed(named, ",")
        rights.append(Right(_relation(before), columns))
        the_columns = " and ".join(f"the {each.replace('_', ' ')}" for each in columns)
        words += before + (said.strip() or the_columns)
        end = found.end()
    return Actor(words + text[end:], tuple(rights))


def _relation(before: str) -> Relation:
    """What the words before the braces say; only those since the last comma."""
    said = before.rpartition(",")[2]
    return next((relation for word, relation in _RELATIONS.items() if word in said), "self")


def absence(text: str) -> bool:
    """Whether the rule reports what nobody has written down yet."""
    if text != "yes":
        raise QueryError(f"'{text}' is not yes; leave the line out otherwise")
    return True


def needs(text: str) -> tuple[Need, ...]:
    """The needs, in order, each once."""
    return tuple(dict.fromkeys(parse_need(each) for each in listed(text, ",")))


def implies(text: str) -> tuple[str, ...]:
    """The codes of the weaker findings."""
    return tuple(code(each) for each in listed(text, ","))


def control(text: str) -> tuple[str, ...]:
    """The clauses of frameworks that the answer is evidence towards."""
    return listed(text, ";")


def measure(text: str) -> str:
    """The name of a measure."""
    if not _NAME.fullmatch(text):
        raise QueryError(
            f"'{text}' is no name of a measure: small letters, digits and underscores"
        )
    return text


def listed(text: str, comma: str) -> tuple[str, ...]:
    """The entries of a list; an empty one is a slip."""
    found = tuple(each.strip() for each in text.split(comma))
    if not all(found):
        raise QueryError(f"an entry of '{text}' is empty; '{comma}' stands between two")
    return found


def among(text: str) -> Among:
    """Who could have been affected: what they are, then the query that counts them."""
    what, _, cypher = text.partition("\n")
    if not what.strip() or not cypher.strip():
        raise QueryError(
            "it takes what is counted, and below it, indented by three blanks, a query that"
            " returns one number n, as `//   MATCH (m:Model) RETURN count(m) AS n`"
        )
    return Among(what.strip(), cypher.strip("\n"))


def parameter(text: str) -> Parameter:
    """`name: type = default -- meaning`."""
    name, rest, meaning = _declared(text)
    type_, equals, default = (part.strip() for part in rest.partition("="))
    known = next((each for each in TYPES if each == type_), None)
    if known is None:
        raise QueryError(f"'{type_}' is not one of {', '.join(TYPES)}.{nearest(type_, TYPES)}")
    if not equals:
        raise QueryError(f"'{name}' has no default; a query must run unattended")
    if name == "today":
        raise QueryError("'today' is always there, and need not be declared")
    try:
        value = value_of(known, msgspec.json.decode(default))
    except msgspec.DecodeError:
        value = None
    if value is None:
        raise QueryError(f"the default {default} of '{name}' is no JSON value of the type {known}")
    return Parameter(name, known, value, meaning)


def column(text: str) -> Column:
    """`name: type -- meaning`."""
    name, type_, meaning = _declared(text)
    many = type_.startswith(_LIST)
    single = type_.removeprefix(_LIST)
    if single in TYPES:
        return Column(name, type_, meaning, many=many)
    labels = tuple(single.split(" or "))
    for each in labels:
        if each not in LABELS:
            known = nearest(each, [*LABELS, *TYPES])
            raise QueryError(
                f"'{each}' is neither a label nor one of {', '.join(TYPES)}.{known} Others are"
                " `Person or Team`, `list of Model` and `list of text`"
            )
    return Column(name, type_, meaning, labels, many)


def _declared(text: str) -> tuple[str, str, str]:
    """Name, type and meaning of what a line declares."""
    before, dashes, meaning = text.partition(_DECLARED)
    name, colon, rest = (part.strip() for part in before.partition(":"))
    if not dashes or not meaning.strip():
        raise QueryError(f"'{text}' does not say what it means, after `{_DECLARED.strip()}`")
    if not colon or not _NAME.fullmatch(name):
        raise QueryError(
            f"'{name}' is no name: small letters, digits and underscores, then a colon"
        )
    return name, " ".join(rest.split()), meaning.strip()


READERS: dict[str, Callable[[str], object]] = {
    "code": code,
    "severity": severity,
    "cause": cause,
    "effect": effect,
    "remedy": sentence,
    "actor": actor,
    "needs": needs,
    "absence": absence,
    "among": among,
    "then": measure,
    "control": control,
    "implies": implies,
    "parameter": parameter,
    "column": column,
}
"""How the text of each field is read; a field may stand once, `parameter` and `column` often."""
