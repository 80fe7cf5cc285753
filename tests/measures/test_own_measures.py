"""Measures of one's own: a file like ours, and what is told where it is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ownership_graph.errors import QueryError
from ownership_graph.measures import find_measure

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "own-questions.md"
SHARE = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
QUESTION = """\
// Models that carry much of the rest
//
// What many stand on must not stop.
//
// code: OUR-01
// severity: 2
// remedy: Name a second one.
// needs: DEPENDS_ON
// then: share_of_dependents
// parameter least: float = 0.3 -- a smaller share is no matter
// column model: Model -- the model
// column share: float -- its share of all that stand on another
MATCH (m:Model)<-[:DEPENDS_ON]-(other:Model)
WITH m, count(DISTINCT other) AS dependents
RETURN m.id AS model, dependents
ORDER BY dependents DESC, model
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / "share_of_dependents.py"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_what_the_page_shows_works(written):
    found = find_measure("share_of_dependents", written(SHARE))
    assert (found.TAKES, found.GIVES) == (("model", "dependents"), ("model", "share"))
    assert found.USES == ("least",)
    assert found.__doc__ == "Each model's share of all dependents."
    rows = [{"model": "m1", "dependents": 3}, {"model": "m2", "dependents": 1}]
    assert found.measure(rows, {"least": 0.5}) == [{"model": "m1", "share": 0.75}]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("TAKES = (", "TAKES = list(", r"\.py:3: the measure 'share_of_dependents': its code"),
        ('GIVES = ("model", "share")', 'GIVES = ["model"]', "GIVES is no tuple of names. Right"),
        ("def measure(", "def measures(", r"no function 'measure'. Right is `TAKES = "),
        ("def measure(", "def measure[", r"\.py:8: .* its code failed with SyntaxError"),
        ('row["dependents"] for', 'row["n"] for', r"\.py:9: .* failed with KeyError: 'n'"),
        ('"share": row', '"part": row', r"\.py:11: .* failed with KeyError: 'share'"),
        ("return [each for each in shares if", "return [{'x': 1} for each in shares if",
         "a row that it returned has no 'model', which GIVES names. It has x."),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file_and_line(written, right, wrong, told):
    assert right in SHARE
    file = written(SHARE.replace(right, wrong, 1))
    with pytest.raises(QueryError, match=told):
        find_measure("share_of_dependents", file).measure(
            [{"model": "m1", "dependents": 3}], {"least": 0.5}
        )


def test_uses_may_be_left_out_and_so_may_the_documentation(written):
    text = SHARE.partition("\n\n")[2].replace('USES = ("least",)\n', "")
    found = find_measure("share_of_dependents", written(text))
    assert found.USES == ()
    assert found.__doc__.startswith("A measure of your own: ")
