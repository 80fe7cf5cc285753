"""LAT-03: the share of lead time that is waiting, against counting day by day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.share_of_lead_time import (
    GIVES,
    PARTS,
    TAKES,
    measure,
    split,
)

SINCE, UNTIL = 0, 100
DAYS = st.integers(SINCE + 1, UNTIL)


@st.composite
def requests(draw):
    begin, end = sorted((draw(DAYS), draw(DAYS)))
    return request(
        begin,
        end,
        gate=draw(st.sampled_from(["g1", "g2", None])),
        assigned=draw(st.none() | DAYS),
        decided=draw(st.booleans()),
        with_requester=draw(st.integers(0, 120)),
        meets_every=draw(st.lists(st.integers(1, 30), max_size=2)),
        left_days=draw(st.lists(st.none() | DAYS, max_size=2)),
    )


def request(begin, end, **more):
    usual = {
        "model": "m", "live": False, "since": SINCE, "until": UNTIL, "gate": "g", "assigned": None,
        "decided": False, "with_requester": 0, "meets_every": [], "left_days": [],
    }  # fmt: skip
    row = usual | {"requested": begin, "open_until": end} | more
    return {name: row[name] for name in TAKES}


def measured(*rows, min_share=-1):
    found = measure(
        sorted(rows, key=lambda row: row["requested"]), {"min_share": min_share, "min_days": 1}
    )
    assert all(tuple(each) == GIVES for each in found)
    return found


def test_without_modelling_it_comes_so_many_times_as_fast():
    """Amdahl: where nine tenths must stay, nothing makes it more than 1.11 times as fast."""
    [found] = measured(request(10, 100))

    assert (found["share"], found["at_most_faster"]) == (0.9, 1.11)


def test_a_forum_is_waited_for_until_its_first_meeting():
    """It decided on day 40 and meets every 14 days: so it met on days 12 and 26 as well."""
    usual = {"decided": True, "meets_every": [7, 14]}

    assert split(request(10, 40, **usual))["batching"] == 2
    assert split(request(12, 40, **usual))["batching"] == 14
    assert split(request(39, 40, **usual))["batching"] == 1
    assert split(request(40, 40, **usual))["batching"] == 0


def test_what_was_open_for_no_day_has_no_part():
    [found] = measured(request(40, 40))

    assert (found["share"], found["at_most_faster"], found["largest"]) == (0.0, None, None)


@given(st.lists(requests(), min_size=1, max_size=6))
def test_a_day_waits_if_a_request_is_open_on_it(rows):
    [found] = measured(*rows)
    days = {day for row in rows for day in range(row["requested"], row["open_until"])}
    longest = {
        gate: sum(row["open_until"] - row["requested"] for row in rows if row["gate"] == gate)
        for gate in ("g1", "g2")
    }

    assert found["waiting_days"] == len(days)
    assert abs(sum(found[part] for part in PARTS) - len(days)) < 0.5
    assert all(longest[gate] == max(longest.values()) for gate in found["gates"])


@given(requests())
def test_the_parts_of_a_request_are_all_its_days(row):
    parts = split(row)

    assert sum(parts.values()) == row["open_until"] - row["requested"]
    assert min(parts.values()) >= 0


@given(st.lists(requests(), min_size=1, max_size=6), requests())
def test_one_more_request_never_lessens_waiting(rows, more):
    [before], [after] = measured(*rows), measured(*rows, more)

    assert before["waiting_days"] <= after["waiting_days"]


def test_the_median_keeps_in_what_is_still_on_its_way():
    """Live after 10 and 40 days, on the way for 20 and 100: half are live after 40 days."""
    rows = [
        request(1, until, model=f"m{until}", until=until, live=live)
        for until, live in ((10, True), (20, False), (40, True), (100, False))
    ]
    found = measure(rows, {"min_share": -1, "min_days": 30})

    assert [(each["model"], each["median_lead_days"]) for each in found] == [
        ("m100", 40), ("m40", 40),
    ]  # fmt: skip


def test_where_fewer_than_half_ever_come_to_production_there_is_no_median():
    rows = [request(1, 50, model="m1", live=True), request(1, 90, model="m2"),
            request(1, 90, model="m3")]  # fmt: skip
    found = measure(rows, {"min_share": -1, "min_days": 30})

    assert {each["median_lead_days"] for each in found} == {None}
