from __future__ import annotations

from random import Random

from ownership_graph.organisation.names import FAMILY, GIVEN, people, slug


def test_no_given_and_no_family_name_comes_twice():
    names = people(Random(1), len(GIVEN))
    assert len({name.split(" ")[0] for name in names}) == len(GIVEN)
    assert len({name.split(" ")[1] for name in names}) == len(GIVEN)


def test_each_name_has_an_id_of_its_own():
    assert len({slug(name) for name in GIVEN}) == len(GIVEN)
    assert len({slug(name) for name in FAMILY}) == len(FAMILY)
    assert all(slug(name).replace("-", "").isascii() for name in GIVEN + FAMILY)
    assert all(len(slug(name).replace("-", "")) >= len(name) - 1 for name in GIVEN + FAMILY)
