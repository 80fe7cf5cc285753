"""A store is opened by its address."""

from __future__ import annotations

import pytest

from ownership_graph.errors import UsageError
from ownership_graph.stores import Credentials, open_store


def test_an_address_that_no_store_answers_to_lists_those_that_do():
    with pytest.raises(UsageError, match=r"no store answers to 'ftp://'\. Give a path, or"):
        open_store("ftp://host/graph.kgl")


def test_a_password_is_never_shown():
    shown = repr(Credentials(user="anna", password="geheim", database="x"))  # noqa: S106 -- a test
    assert shown == "Credentials(user='anna', database='x')"
