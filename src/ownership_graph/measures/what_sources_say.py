"""What each source says of what they differ on, taken out of the claims that a fact keeps.

A row is a fact with the properties in dispute and its claims, JSON text with the most believed
source first; or, with `said` filled, a dispute that the query found by itself. Cost:
proportional to the claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ownership_graph.records import NodeKey, parse_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("subject", "about", "claims", "said")
GIVES = ("subject", "about", "believed", "said")


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each subject and property: what is believed, and what each source says.

    Sources that do not speak of a property are left out. `believed` is blank where the dispute
    is not about one property.
    """
    found: dict[tuple[str, str], dict[str, object]] = {}
    for row in rows:
        claims = msgspec.json.decode(row["claims"]) if row["claims"] else {}
        for about in row["about"]:
            said = sorted(row["said"]) or _said(claims, about)
            # The same may be found on two facts of one subject: each is told.
            told = found.setdefault(
                (row["subject"], about),
                {
                    "subject": row["subject"],
                    "about": about,
                    "believed": "" if row["said"] else _believed(claims, about),
                    "said": [],
                },
            )
            told["said"] = list(dict.fromkeys([*_texts(told["said"]), *said]))
    return [{**found[each], "subject": _in_words(each[0])} for each in sorted(found)]


def _in_words(subject: str) -> str:
    """A fact's key in words; an id stays as it is.

    >>> _in_words('["OWNS","Team","t1","Model","m1","accountable"]'), _in_words("m1")
    ('Team t1 OWNS Model m1, accountable', 'm1')
    """
    if not subject.startswith('["'):
        return subject
    found = parse_key(subject)
    if isinstance(found, NodeKey):
        return f"{found.label} {found.id}"
    tie = f"{found.from_label} {found.from_id} {found.type} {found.to_label} {found.to_id}"
    return ", ".join((tie, *filter(None, found.identity)))


def _texts(said: object) -> list[str]:
    return list(said) if isinstance(said, list) else []


def _said(claims: Mapping[str, Mapping[str, Any]], about: str) -> list[str]:
    return [f"{source}: {_text(said[about])}" for source, said in claims.items() if about in said]


def _believed(claims: Mapping[str, Mapping[str, Any]], about: str) -> str:
    return next((_text(said[about]) for said in claims.values() if about in said), "")


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
