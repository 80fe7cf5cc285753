"""What is known of planted islands, as a table beside those of the organisation."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from ownership_graph.organisation.planting import truth
from ownership_graph.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_COLUMNS = ("code", "what", "subject", "why")


def write_truth(
    file: Path, *, today: int, seed: int, defects: int, codes: Collection[str] = ()
) -> dict[str, int]:
    """Write one row for each `Planted`; how many defects and how many near misses there are.

    The ids of a subject are joined by `;`, in the order in which findings name them.
    """
    counted = {"defect": 0, "near miss": 0}
    with whole_file(file, mode=0o644) as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for each in truth(today=today, seed=seed, defects=defects, codes=codes):
            rows.writerow((each.code, each.what, ";".join(each.subject), each.why))
            counted[each.what] += 1
    return counted
