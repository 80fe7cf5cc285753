from datetime import timedelta

from days_of_imports import NOW, model, owns, team

from ownership_graph.history import difference, history_of, in_words, names_of, steps_of_run


def told(steps):
    return [(each.what, each.key) for each in steps]


def test_what_a_run_made_new_changed_took_and_denied(days):
    days.bring(team("t1", name="One"), model("m1"), owns("t1", "m1"), team("t2"))
    days.bring(team("t1", name="Two"), model("m1"), owns("t1", "m1"), team("t3"))
    run = days.bring(team("t3", absent=True), source="manual")

    first, second, _ = days.store.runs()
    assert {each.what for each in steps_of_run(days.store, first)} == {"new"}
    assert told(steps_of_run(days.store, second)) == [
        ("changed", '["Team","t1"]'), ("gone", '["Team","t2"]'), ("new", '["Team","t3"]'),
    ]  # fmt: skip
    assert told(steps_of_run(days.store, run)) == [("denied", '["Team","t3"]')]


def test_two_days_are_compared_by_what_is_between_them(days):
    days.bring(team("t1", name="One"))
    days.bring(team("t1", name="Two"), team("t2"))
    days.bring(team("t1", name="Three"))
    first = NOW.date()

    assert told(difference(days.store, first, first + timedelta(days=1))) == [
        ("changed", '["Team","t1"]'), ("new", '["Team","t2"]'),
    ]  # fmt: skip
    [step] = difference(days.store, first, first + timedelta(days=9))
    assert list(step.differences()) == [("name", "One", "Three")]


def test_a_history_tells_who_stated_what_and_when_it_went_and_came(days):
    days.bring(team("t1", name="One"))
    days.bring(team("t1", name="One"), source="inventory")
    days.bring(owns("t1", "m1"))
    days.bring(source="inventory")
    days.bring(team("t1", name="New"))

    found = [each for each in history_of(days.store, "t1") if each.key == '["Team","t1"]']

    assert [(each.seq, each.what) for each in found] == [
        (1, "new"), (2, "changed"), (3, "changed"), (4, "gone"), (5, "new"),
    ]  # fmt: skip
    assert list(found[1].differences()) == [("sources", ["hr"], ["inventory", "hr"])]
    names = names_of(days.store, history_of(days.store, "t1", "Team"))
    assert in_words('["OWNS","Team","t1","Model","m1"]', names) == "Team t1 (New) OWNS Model m1"


def test_what_went_and_came_back_was_gone_between(days):
    days.bring(team("t1"), team("t2"))
    days.bring(team("t2"))
    days.bring(team("t1"), team("t2"))

    assert [(each.seq, each.what) for each in history_of(days.store, "t1")] == [
        (1, "new"), (2, "gone"), (3, "new"),
    ]  # fmt: skip
