"""What each source says of what they differ on, taken out of the claims that a fact keeps.

A row is a fact with the properties in dispute and its claims, JSON text with the most believed
source first; or, with `said` filled, a dispute that the query found by itself. Cost:
proportional to the claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

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
    return [found[each] for each in sorted(found)]


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
