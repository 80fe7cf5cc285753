"""Questions of one's own, for checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from ownership_graph.queries.header import parse_question

HEADER = """\
// {title}
//
// Why.
//
// code: {code}
// severity: {severity}
{fields}
{cypher}
"""


@pytest.fixture(scope="session")
def question():
    """A question from its code, its severity, its fields and its Cypher."""

    def made(code, severity, fields, cypher, *, name="ours/some"):
        lines = fields if severity == "info" else ("remedy: Do it.", *fields)
        text = HEADER.format(
            title=f"Title of {code}",
            code=code,
            severity=severity,
            fields="\n".join(f"// {each}" for each in lines),
            cypher=cypher,
        )
        return parse_question(text, Path("own.cypher"), name)

    return made
