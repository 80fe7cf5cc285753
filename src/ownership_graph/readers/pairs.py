"""Options that say what a word means, as `beta=pilot`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown

if TYPE_CHECKING:
    from collections.abc import Iterable


def pairs(option: str, written: Iterable[str]) -> dict[str, str]:
    """What stands before the = to what stands behind it.

    >>> pairs("results", ["genehmigt = approved"])
    {'genehmigt': 'approved'}

    Raises:
        UsageError: one has no =, or nothing on one side of it.
    """
    found = {}
    for each in written:
        name, parted, value = (part.strip() for part in each.partition("="))
        if not (name and parted and value):
            raise UsageError(f"reading the option '{option}': {shown(each)} has no a=b in it.")
        found[name] = value
    return found
