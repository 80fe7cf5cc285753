"""What is known of planted islands, as a table beside those of the organisation."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from ownership_graph.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ownership_graph.organisation.planting import Planted

_COLUMNS = ("code", "what", "subject", "why")


def write_truth(known: Iterable[Planted], file: Path) -> dict[str, int]:
    """Write a row for each; how many defects and how many near misses there are.

    The ids of a subject are joined by `;`, in the order in which findings name them; a finding
    about the whole has none.
    """
    counted = {"defect": 0, "near miss": 0}
    with whole_file(file, mode=0o644) as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for each in known:
            rows.writerow((each.code, each.what, ";".join(each.subject), each.why))
            counted[each.what] += 1
    return counted
