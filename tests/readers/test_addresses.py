"""One notion of an e-mail address, in a field of its own and among other words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.readers.addresses import LONGEST_ADDRESS, address, addresses

OWN = st.text("aZé0._+-'", min_size=1, max_size=8).map(lambda text: f"x{text}x")
LABEL = st.from_regex(r"[a-zé]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)
HOST = st.lists(LABEL, min_size=2, max_size=4).map(".".join)
ADDRESS = st.builds("{}@{}".format, OWN, HOST)


@given(ADDRESS)
def test_what_a_field_takes_is_found_among_words_too(written):
    one = address(written)
    assert one == written.casefold()
    for said in (f"{written}", f"<{written}>", f"Ask {written}.", f"mailto:{written}?subject=x"):
        assert list(addresses(said)) == [one]


@given(st.text("ab1@. <>;:/?\"'é\u00df-_\\\n", max_size=40))
def test_what_is_found_among_words_is_an_address_and_stays_one(said):
    assert all(address(each) == each for each in addresses(said))
    assert address(address(said)) == address(said)


@given(st.lists(ADDRESS, max_size=4), st.sampled_from([", ", "; ", " ", "|", "\n", ",\t"]))
def test_several_are_found_in_turn(written, between):
    assert list(addresses(between.join(written))) == [each.casefold() for each in written]


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "a@", "@b.example", "a@b@c.example", "a b@c.example", "a@b.example c",
        "a@b.example; c@d.example", "llama@3.1", "llama@sha256:0a1b", "models:/other@champion",
        "https://a@b.example", "git@host.example:team/models.git", "a@b..example", "a@.example",
        "a@b.example.", "Ann <a@b.example>", "jane@10.0.0.1", "a@b.example/c",
        f"{'a' * LONGEST_ADDRESS}@b.example",
    ],
)  # fmt: skip
def test_what_is_no_address_of_its_own(text):
    assert address(text) == ""


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("**a@b.example**, `c@d.example`!", ["a@b.example", "c@d.example"]),
        ("(A@B.example), [c@d.example]", ["a@b.example", "c@d.example"]),
        ("pin llama@3.1 or llama@main, not gpt@2026.01", []),
        ("see https://a@b.example/c and git@host.example:team/models.git", []),
    ],
)
def test_what_stands_around_an_address_is_not_of_it(said, found):
    assert list(addresses(said)) == found


@pytest.mark.parametrize("piece", ["a", "a@", "a.", "a@b.", "@", "mailto:", "<", "a@b.example?"])
def test_long_text_is_looked_at_in_time_that_grows_with_it(piece):
    began = time.process_time()
    list(addresses(piece * 300_000))
    assert address(piece * 300_000) == ""
    assert time.process_time() - began < 2
