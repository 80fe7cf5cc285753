"""Reviews of GitHub and GitLab: over HTTP with recorded answers, and out of exports."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from servers.recorded_answers import Answer, cut_off, expired, too_many
from servers.refusing import fails, stays

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Partial, Promise, Rejected, Relationship
from ownership_graph.secret import Secret

REVIEWS = find_importer("pull_requests")
PULLS = "/repos/acme/ml/pulls"
TIMELINE = "/repos/acme/ml/issues/7/timeline"
REQUESTS = "/api/v4/projects/acme%2Fml/merge_requests"
DAY = 20_513  # 2026-03-01


def at(day):
    return f"2026-03-{day:02}T10:00:00Z"


def pull(number=7, **said):
    return {
        "number": number,
        "title": "Retrain fraud",
        "html_url": f"https://github.com/acme/ml/pull/{number}",
        "user": {"login": "olga", "type": "User"},
        "created_at": at(1),
        "updated_at": at(9),
        "merged_at": None,
        "closed_at": None,
        "draft": False,
        **said,
    }


def asked(day, who, event="review_requested"):
    return {"event": event, "created_at": at(day), "requested_reviewer": {"login": who}}


def review(day, who, state, number=0, **user):
    return {
        "event": "reviewed",
        "id": number,
        "state": state,
        "submitted_at": at(day),
        "user": {"login": who, **user},
        "body": "approved",
    }


def dismissed(day, number, state):
    said = {"review_id": number, "state": state}
    return {"event": "review_dismissed", "created_at": at(day), "dismissed_review": said}


def read(server, **options):
    options = {"repository": ("acme/ml",), "token": Secret(itself="s3cret"), **options}
    return list(REVIEWS.read(url=server.url, **options))


def saved(tmp_path, *changes, **options):
    (tmp_path / "p.json").write_text(json.dumps(list(changes)))
    return list(REVIEWS.read(path=tmp_path / "p.json", **options))


def gone_through(tmp_path, *timeline, **said):
    """The rounds of one pull request with these events: status, asked, decided, by whom."""
    options = {"needed": said.pop("needed", 1)}
    files = [{"filename": "models/fraud/train.py"}]
    found = saved(tmp_path, pull(timeline=list(timeline), files=files, **said), **options)
    rounds = []
    for each in found:
        if isinstance(each, Node) and each.label == "Approval":
            kept = each.properties
            rounds.append(
                (
                    kept["status"],
                    *(
                        kept.get(f"{name}_day", DAY - 1) - DAY + 1
                        for name in ("requested", "decided")
                    ),
                    [
                        tie.to_id.removeprefix("gh:")
                        for tie in found
                        if isinstance(tie, Relationship)
                        and (tie.type, tie.from_id) == ("DECIDED_BY", each.id)
                        and not tie.properties
                    ],
                )
            )
    return rounds


def approvals(records):
    return {
        each.id: each.properties
        for each in records
        if isinstance(each, Node) and each.label == "Approval"
    }


def test_the_smallest_true_answer(server):
    server.on(PULLS, [pull(merged_at=at(4), closed_at=at(4))])
    server.on(f"{PULLS}/7/files", [{"filename": "models/fraud/train.py"}, {"filename": "a.md"}])
    server.on(TIMELINE, [asked(2, "ann"), review(3, "ann", "approved")])
    said = read(server)

    def tie(type_, *end):
        return Relationship(type_, "Approval", "gh:acme/ml#7", *end, {}, "github", 1)

    assert said == [
        Promise("DECIDED_BY"),
        Promise("REQUESTED_BY"),
        Node(
            "Approval",
            "gh:acme/ml#7",
            {
                "status": "approved",
                "name": "Retrain fraud",
                "round": 1,
                "requested_day": DAY + 1,
                "assigned_day": DAY + 1,
                "decided_day": DAY + 2,
            },
            "github",
            1,
        ),
        tie("CONCERNS", "Model", "fraud"),
        tie("AT", "Gate", "code-review"),
        tie("REQUESTED_BY", "Person", "gh:olga"),
        tie("DECIDED_BY", "Person", "gh:ann"),
    ]
    assert {each.headers["authorization"] for each in server.requests} == {"Bearer s3cret"}


def test_pages_are_followed_and_what_touches_no_model_is_not_looked_into(server):
    rest = f"{server.url}/repositories/1/pulls?page=2"
    server.on(PULLS, too_many(), Answer([pull(7)], headers={"Link": f'<{rest}>; rel="next"'}))
    server.on(
        "/repositories/1/pulls?page=2", [pull(8), pull(9, updated_at="2025-12-31T00:00:00Z")]
    )
    server.on(f"{PULLS}/7/files", [{"filename": "README.md"}])
    server.on(
        f"{PULLS}/8/files",
        [{"filename": "x", "previous_filename": "models/b/x"}, {"filename": "models/a/x"}],
    )
    server.on("/repos/acme/ml/issues/8/timeline", [])
    said = read(server, since="2026-01-01")
    assert approvals(said)["gh:acme/ml#8"]["status"] == "pending"
    assert [each.to_id for each in said if isinstance(each, Relationship)][:2] == [
        "a",
        "b",
    ]
    assert not [each for each in server.asked if "/9" in each]


def test_a_repository_can_be_a_models_as_a_whole(server):
    server.on(
        "/repos/acme/model-fraud/pulls",
        [pull(7, html_url="https://github.com/acme/model-fraud/pull/7")],
    )
    server.on(
        "/repos/acme/model-fraud/issues/7/timeline",
        [review(2, "bot[bot]", "approved", type="Bot")],
    )
    said = read(
        server,
        repository=("acme/model-fraud",),
        model_repositories=("acme/model-{model}",),
        model_id="{model}",
    )
    assert next(each.to_id for each in said if isinstance(each, Relationship)) == "fraud"
    assert Node("Person", "gh:bot[bot]", {"kind": "service"}, "github", 1) in said


def test_a_change_with_more_files_than_are_listed_is_read_in_part(server):
    server.on(PULLS, [pull()])
    server.on(f"{PULLS}/7/files", [{"filename": f"f{n}"} for n in range(3_000)])
    said = read(server)
    (partial,) = [each for each in said if isinstance(each, Partial)]
    assert "'acme/ml' lists no more than 3,000 files of a change" in partial.why
    (told,) = [each.why for each in said if isinstance(each, Rejected)]
    assert told.startswith("none of 1 changes touches a model as 'models/{model}/**' say.")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (expired(), "it answered 401"),
        (cut_off([]), "the line broke"),
        (Answer({"message": "Not Found"}), "the answer is no list"),
        (Answer({}, 404), "no repository 'acme/ml', or the token may not see it"),
        (Answer([pull("../..")]), "'../..' where its number stands"),
        (Answer([pull("9" * 5_000)]), "99…' where its number stands"),
    ],
    ids=["expired", "cut off", "other", "absent", "number", "no number"],
)
def test_what_is_no_answer_fails_the_source_and_tells_no_secret(server, answer, said, monkeypatch):
    monkeypatch.setattr("ownership_graph.readers.web.TRIES", 1)
    server.on(PULLS, answer)
    fails(lambda: read(server), said)


def test_the_token_goes_nowhere_else(server, elsewhere):
    stays(lambda: read(server), PULLS, server, elsewhere)
    server.forget()
    away = f'<{elsewhere.url}/pulls?page=2>; rel="next"'
    server.on(PULLS, Answer([], headers={"Link": away}))
    with pytest.raises(SourceError, match="another place"):
        read(server)
    assert not elsewhere.requests


def test_the_same_page_again_and_again_fails_the_source(server):
    server.on(PULLS, Answer([], headers={"Link": f'<{server.url}{PULLS}?page=1>; rel="next"'}))
    with pytest.raises(SourceError, match="the same page again and again"):
        read(server)


@pytest.mark.parametrize(
    ("timeline", "said", "rounds"),
    [
        ([], {}, [("pending", 1, 0, [])]),
        ([], {"draft": True}, []),
        ([], {"merged_at": at(3)}, []),
        ([asked(2, "a"), asked(3, "b")], {}, [("pending", 2, 0, ["a", "b"])]),
        ([asked(2, "a"), asked(3, "a", "review_request_removed")], {}, [("pending", 2, 0, [])]),
        ([asked(2, "a")], {"closed_at": at(5)}, [("withdrawn", 2, 5, ["a"])]),
        ([{"event": "ready_for_review", "created_at": at(4)}], {}, [("pending", 4, 0, [])]),
        (
            [asked(2, "a"), {"event": "ready_for_review", "created_at": at(4)}],
            {},
            [("pending", 2, 0, ["a"])],
        ),
        ([review(3, "a", "commented")], {}, [("pending", 1, 0, [])]),
        ([review(3, "a", "approved")], {}, [("approved", 1, 3, ["a"])]),
        ([review(3, "a", "approved"), asked(4, "b")], {}, [("approved", 1, 3, ["a"])]),
        ([review(3, "a", "changes_requested")], {}, [("returned", 1, 0, ["a"])]),
        ([review(3, "a", "changes_requested")], {"closed_at": at(5)}, [("rejected", 1, 3, ["a"])]),
        (
            [review(3, "a", "changes_requested"), asked(5, "a"), review(7, "a", "approved")],
            {},
            [("rejected", 1, 3, ["a"]), ("approved", 5, 7, ["a"])],
        ),
        (
            [review(3, "a", "changes_requested"), review(7, "a", "approved")],
            {},
            [("rejected", 1, 3, ["a"]), ("approved", 0, 7, ["a"])],
        ),
        (
            [review(2, "b", "approved"), review(3, "a", "changes_requested"), asked(5, "a")],
            {},
            [("rejected", 1, 3, ["b", "a"]), ("pending", 5, 0, ["a"])],
        ),
        (
            [
                review(2, "b", "approved"),
                review(3, "a", "changes_requested"),
                review(5, "a", "approved"),
            ],
            {"needed": 2},
            [("rejected", 1, 3, ["b", "a"]), ("approved", 0, 5, ["b", "a"])],
        ),
        ([review(2, "a", "approved")], {"needed": 2}, [("pending", 1, 0, ["a"])]),
        (
            [review(2, "a", "dismissed", 4), dismissed(3, 4, "approved"), asked(4, "a")],
            {},
            [("pending", 4, 0, ["a"])],
        ),
        (
            [review(2, "a", "dismissed", 4), dismissed(3, 4, "changes_requested")],
            {"merged_at": at(5)},
            [],
        ),
        ([review(2, "a", "dismissed", 4)], {}, [("pending", 1, 0, [])]),
        (
            [{"event": "reviewed", "state": "approved", "submitted_at": None}],
            {},
            [("pending", 1, 0, [])],
        ),
        ([review(3, "", "approved")], {}, [("approved", 1, 3, [])]),
    ],
)
def test_rounds_of_review(tmp_path, timeline, said, rounds):
    assert gone_through(tmp_path, *timeline, **said) == rounds


def test_teams_are_asked_too_and_do_not_answer_by_themselves(tmp_path):
    team = {"event": "review_requested", "created_at": at(2), "requested_team": {"slug": "risk"}}
    assert gone_through(tmp_path, team) == [("pending", 2, 0, ["acme/risk"])]
    assert gone_through(tmp_path, team, review(3, "a", "approved")) == [("approved", 2, 3, ["a"])]


def test_what_the_command_line_of_github_writes_says_no_day_of_the_request(tmp_path):
    export = {
        "number": 7,
        "title": "",
        "url": "https://github.com/acme/ml/pull/7",
        "author": {"login": "olga", "is_bot": True},
        "createdAt": at(1),
        "mergedAt": None,
        "closedAt": None,
        "isDraft": False,
        "reviews": [
            {"author": {"login": "ann"}, "state": "CHANGES_REQUESTED", "submittedAt": at(3)}
        ],
        "reviewRequests": [
            {"__typename": "User", "login": "bob"},
            {"__typename": "Team", "slug": "acme/risk"},
        ],
        "files": [{"path": "models/fraud/x"}],
    }
    said = saved(tmp_path, export)
    assert approvals(said) == {
        "gh:acme/ml#7": {"status": "returned", "name": "acme/ml#7", "round": 1}
    }
    deciders = [each.to_id for each in said if isinstance(each, Relationship)]
    assert deciders[3:] == ["gh:ann", "gh:bob", "gh:acme/risk"]


def test_a_change_without_a_day_and_one_that_touches_no_model(tmp_path):
    files = [{"path": "models/fraud/x"}]
    asked_ = {"reviewRequests": [{"login": "bob"}], "reviews": []}
    said = saved(tmp_path, pull(files=files, created_at="", **asked_), pull(8, reviews=[]))
    assert approvals(said) == {
        "gh:acme/ml#7": {"status": "pending", "name": "Retrain fraud", "round": 1}
    }
    assert not [each for each in said if isinstance(each, Rejected)]


def note(day, who, body, *, system=True):
    return {"system": system, "body": body, "created_at": at(day), "author": {"username": who}}


def request(**said):
    return {
        "iid": 7,
        "title": "Retrain",
        "web_url": "https://gitlab.example.org/acme/ml/-/merge_requests/7",
        "author": {"username": "olga"},
        "created_at": at(1),
        "merged_at": None,
        "draft": False,
        **said,
    }


def test_merge_requests_of_gitlab_are_told_by_system_notes_alone(server):
    server.on(REQUESTS, [request(merged_at=at(20))])
    server.on(
        f"{REQUESTS}/7/diffs", [{"new_path": "models/fraud/x", "old_path": "models/fraud/x"}]
    )
    server.on(
        f"{REQUESTS}/7/notes",
        [
            note(2, "olga", "requested review from @ann and @bob.b"),
            note(3, "ann", "approved this merge request", system=False),
            note(3, "olga", "removed review request for @bob.b"),
            note(4, "ann", "requested changes"),
            note(6, "olga", "requested review from @ann"),
            note(7, "ann", "approved this merge request"),
            note(8, "project_1_bot_2", "approved this merge request"),
            note(
                9,
                "olga",
                "reset approvals from @ann and @project_1_bot_2 by pushing to the branch",
            ),
            note(10, "ann", "approved this merge request"),
            note(11, "ann", "unapproved this merge request"),
            note(12, "project_1_bot_2", "approved this merge request"),
            {**note(13, "ann", "approved this merge request"), "created_at": "soon"},
        ],
    )
    said = read(server, host="gitlab", since="2026-01-01", model_id="{model}")
    found = {
        own: (each["status"], each["requested_day"] - DAY, each["decided_day"] - DAY)
        for own, each in approvals(said).items()
    }
    assert found == {
        "gl:acme/ml!7": ("rejected", 1, 3),
        "gl:acme/ml!7/2": ("approved", 5, 11),
    }
    assert Node("Person", "gl:project_1_bot_2", {"kind": "service"}, "gitlab", 1) in said
    assert server.requests[0].query["updated_after"] == "2026-01-01"


def test_merge_requests_that_were_saved(tmp_path):
    changes = [{"new_path": "models/fraud/x", "old_path": ""}]
    notes = [note(3, "ann", "approved this merge request")]
    full = {"references": {"full": "acme/ml!8"}, "web_url": "", "iid": 8, "title": ""}
    said = saved(
        tmp_path, request(notes=notes, changes=changes), request(notes=[], changes=changes, **full)
    )
    assert {own: each["status"] for own, each in approvals(said).items()} == {
        "gl:acme/ml!7": "approved",
        "gl:acme/ml!8": "pending",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": 7, "reviews": []}, "does not say its number and repository"),
        (pull(), "'acme/ml#7' has neither reviews nor a timeline"),
        (request(web_url=""), "a merge request does not say its project"),
        (request(), "has no notes"),
    ],
)
def test_an_export_that_lacks_what_is_needed_fails_the_source(tmp_path, change, said):
    with pytest.raises(SourceError, match=said):
        saved(tmp_path, change)


def test_a_file_that_is_no_list_fails_the_source(tmp_path):
    (tmp_path / "p.json").write_text('{"number": 1}')
    with pytest.raises(SourceError, match="no list of pull or merge requests"):
        list(REVIEWS.read(path=tmp_path / "p.json"))


def test_options_that_cannot_be(tmp_path):
    for wrong, said in (
        ({}, "either a JSON export, or --repository"),
        ({"path": tmp_path, "repository": ("a/b",)}, "either a JSON export, or --repository"),
        ({"repository": ("a/b",), "host": "githup"}, "can be github or gitlab"),
        ({"repository": ("a/b",), "since": "last year"}, "--since is 'last year', and no day"),
        ({"repository": ("a/../b",)}, "'a/../b' is no repository"),
        ({"repository": ("ml",)}, "'ml' is no repository"),
        ({"path": tmp_path, "models": ("models/**",)}, "Write {model} there"),
    ):
        with pytest.raises(UsageError) as caught:
            list(REVIEWS.read(**wrong))
        assert said in str(caught.value)


def test_a_later_import_takes_the_answer_and_forgets_who_did_not_give_one(
    embedded_store, tmp_path
):
    def deciders(*timeline):
        files = [{"filename": "models/fraud/x"}]
        (tmp_path / "p.json").write_text(json.dumps([pull(timeline=timeline, files=files)]))
        order = Order("reviews", REVIEWS, {"path": tmp_path / "p.json"})
        load(embedded_store, order, now=datetime(2026, 3, 5, tzinfo=UTC))
        said = embedded_store.read(
            "MATCH (:Approval)-[:DECIDED_BY]->(p) RETURN p.id AS id ORDER BY id"
        )
        return [id_ for (id_,) in said.rows]

    both = (asked(2, "a"), asked(2, "b"))
    assert deciders(*both) == ["gh:a", "gh:b"]
    assert deciders(*both, review(3, "b", "approved")) == ["gh:b"]


def test_the_repository_of_git_s_settings_is_recognised_and_not_asked(tmp_path):
    (tmp_path / ".git").mkdir()
    config = tmp_path / ".git" / "config"
    config.write_text('[remote "origin"]\n\turl = git@github.com:acme/models.git\n')
    (tmp_path / "models" / "fraud").mkdir(parents=True)
    (tmp_path / "models" / "fraud" / "train.py").touch()
    [found] = REVIEWS.recognise(look_round(tmp_path))
    assert (found.path, found.name, found.trace) == (config, "reviews", True)
    assert dict(found.options) == {"repository": ["acme/models"], "token": "env:GITHUB_TOKEN"}
    assert found.ask.startswith("Set GITHUB_TOKEN to a token for reading its pull requests, and")
