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


@pytest.mark.parametrize(
    "address",
    ["neo4j://graph.example.org", "bolt://10.0.0.7:7687", "neo4j://localhost.example.org"],
)
def test_a_password_in_the_clear_is_told_once_with_the_remedy(address, caplog):
    with open_store(address, Credentials(password="geheim")):  # noqa: S106 -- a test
        pass
    scheme, _, rest = address.partition("://")
    (told,) = caplog.messages
    assert f"opening the store '{address}'" in told
    assert f"Write {scheme}+s://{rest}," in told
    assert "geheim" not in told


@pytest.mark.parametrize(
    "address",
    [
        "neo4j+s://graph.example.org", "bolt+ssc://10.0.0.7", "bolt://127.0.0.1:7687",
        "neo4j://[::1]:7687", "neo4j://localhost", "bolt://graph.localhost.", "ownership.kgl",
    ],
)  # fmt: skip
def test_what_is_encrypted_or_stays_on_this_machine_is_not_warned_of(address, caplog):
    with open_store(address):
        pass
    assert caplog.messages == []
