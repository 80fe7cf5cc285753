"""CODEOWNERS to owners of models: the smallest true input, a dirty one, and hostile ones."""

from __future__ import annotations

import pytest

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Rejected, Relationship

CODEOWNERS = find_importer("codeowners")
FILES = ("models/fraud/train.py", "models/fraud/serve.py", "models/fraud/README.md")


@pytest.fixture
def checkout(tmp_path):
    def checkout(text, *, place=".github/CODEOWNERS", files=FILES):
        for each in (*files, place):
            (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / each).write_bytes(b"x")
        (tmp_path / place).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return checkout


def read(path, **options):
    return list(CODEOWNERS.read(path=path, **options))


def owners(records):
    """Whose the models are: who is more than a hint, and who is only one."""
    said = [each for each in records if isinstance(each, Relationship)]
    sure = {each.from_id for each in said if "confidence" not in each.properties}
    return sure, {each.from_id for each in said} - sure


def owns(end, properties, line, *, model="fraud", file=".github/CODEOWNERS"):
    return Relationship("OWNS", *end, "Model", model, properties, file, line)


def test_the_smallest_true_input(checkout):
    said = read(checkout("* @platform\n/models/fraud/ @Octo-Org/Fraud @Ann docs@Example.com\n"))

    assert said == [
        Node("Model", "fraud", {}, ".github/CODEOWNERS"),
        owns(("Team", "gh:octo-org/fraud"), {"role": "technical"}, 2),
        owns(("Person", "gh:ann"), {"role": "technical"}, 2),
        owns(("Person", "docs@example.com"), {"role": "technical"}, 2),
    ]


def test_a_line_for_everything_is_a_hint(checkout):
    said = read(checkout("* @platform\n"))

    assert said[1:] == [
        owns(("Person", "gh:platform"), {"role": "technical", "confidence": 0.25}, 1)
    ]


def test_who_has_less_than_half_of_the_files_is_a_hint(checkout):
    path = checkout("/models/fraud/ @ann\n*.md @docs\n")

    assert owners(read(path)) == ({"gh:ann"}, {"gh:docs"})
    assert owners(read(path, models=["models/{model}/*.md"])) == ({"gh:docs"}, set())


def test_who_has_half_of_them_owns_it_and_the_rest_by_the_line_for_everything_does_not_count(
    checkout,
):
    path = checkout("* @ann @bob\nREADME.md @ann\nserve.py @bob\n/models/fraud/x @carl\n")
    assert owners(read(path)) == (set(), {"gh:ann", "gh:bob"})
    (path / "models/fraud/train.py").unlink()
    assert owners(read(path)) == ({"gh:ann", "gh:bob"}, set())


def test_a_model_that_a_line_clears_is_there_without_an_owner(checkout):
    assert read(checkout("* @all\n/models/fraud/\n")) == [
        Node("Model", "fraud", {}, ".github/CODEOWNERS")
    ]


def test_the_line_that_gives_most_of_the_files_is_told(checkout):
    said = read(checkout("/models/ @ann\n*.md @ann\n"))
    assert said[1].line == 1
    said = read(checkout("*.md @ann\nserve.py @ann\ntrain.py @ann\n"))
    assert said[1].line == 3


def test_sections_of_gitlab(checkout):
    text = "* @all\n[Data][2] @Data-Team\nmodels/\n^[Docs]\nmodels/ @ann @data-team\n"
    said = read(checkout(text, place="CODEOWNERS"), groups=["@data-team"])

    [_, everyone, team, ann] = said
    assert (everyone.from_id, everyone.properties["confidence"]) == ("gl:all", 0.25)
    assert (team.from_label, team.from_id, team.line) == ("Team", "gl:data-team", 5)
    assert team.properties == {
        "role": "technical",
        "section": "Data, Docs",
        "approvals_required": 2,
    }
    assert ann.properties == {"role": "technical", "section": "Docs", "approvals_required": 0}


def test_lines_with_mistakes_are_rejected_and_the_others_go_in(checkout):
    text = "/models/ @ann\n/models/ bob\n!/models/ @carl\n/models/[a] @dora\n\x1b[31m @e\n"
    said = read(checkout(text))

    assert [(each.file, each.line) for each in said if isinstance(each, Rejected)] == [
        (".github/CODEOWNERS", 2),
        (".github/CODEOWNERS", 3),
        (".github/CODEOWNERS", 4),
        (".github/CODEOWNERS", 5),
    ]
    assert all("\x1b" not in each.why for each in said if isinstance(each, Rejected))
    assert owners(said) == ({"gh:ann"}, set())


def test_a_role_of_gitlab_is_nobody(checkout):
    said = read(checkout("/models/ @@maintainer @ann\n/x @@maintainer\n", place="CODEOWNERS"))

    [rejected] = [each for each in said if isinstance(each, Rejected)]
    assert (rejected.line, "'@@maintainer' is a role" in rejected.why) == (1, True)
    assert owners(said) == ({"gl:ann"}, set())


def test_the_first_of_the_places_counts(checkout):
    for place in (".gitlab/CODEOWNERS", "docs/CODEOWNERS", "CODEOWNERS", ".github/CODEOWNERS"):
        found = read(checkout("/models/ @ann\n", place=place))
        assert found[0].file == place
    assert read(checkout("x")) == read(checkout("x") / ".github" / "CODEOWNERS")
    (checkout("x") / "docs/CODEOWNERS").write_text("/models/ @docs\n")
    assert owners(read(checkout("x") / "docs/CODEOWNERS"))[0] == {"gh:docs"}


def test_whose_rules_hold(checkout):
    text = "models/fraud @ann\nmodels/ @bob\n"
    path = checkout(text, place="CODEOWNERS")
    assert owners(read(path))[0] == {"gh:bob"}
    assert owners(read(path, host="gitlab"))[0] == {"gl:bob"}
    checkout("[A]\nmodels/ @bob\n", place="CODEOWNERS")
    assert owners(read(path))[0] == {"gl:bob"}
    assert owners(read(path, host="github"))[0] == {"gh:bob"}
    (path / "CODEOWNERS").unlink()
    assert owners(read(checkout("/models/ @ann", place=".gitlab/CODEOWNERS")))[0] == {"gl:ann"}
    assert owners(read(checkout("[A]\n/models/ @ann")))[0] == {"gh:ann"}
    (path / ".github/CODEOWNERS").unlink()
    (path / ".gitlab/CODEOWNERS").unlink()
    checkout("/models/ @bob\n", place="CODEOWNERS", files=(".gitlab-ci.yml",))
    assert owners(read(path))[0] == {"gh:bob"}
    (path / ".github").rmdir()
    assert owners(read(path))[0] == {"gl:bob"}
    with pytest.raises(UsageError, match=r"'gitlob' is not one of .* Did you mean 'gitlab'\?"):
        read(path, host="gitlob")


def test_ids_and_role_are_options(checkout):
    said = read(checkout("/models/ @ann"), model_id="mlflow:{model}", role="responsible")
    assert said[1] == owns(("Person", "gh:ann"), {"role": "responsible"}, 1, model="mlflow:fraud")


def test_a_file_that_cannot_be_taken_ends_in_a_sentence(checkout, tmp_path_factory):
    path = checkout("/models/ @ann")
    empty = tmp_path_factory.mktemp("empty")
    with pytest.raises(SourceError, match=r"no file is there\. Looked for CODEOWNERS in"):
        read(empty)
    with pytest.raises(SourceError, match="no file is there"):
        read(empty / "none")
    with pytest.raises(SourceError, match=r"no file fits 'src/{model}'"):
        read(path, models=["src/{model}"])
    with pytest.raises(SourceError, match="3,145,728 bytes long"):
        read(checkout(b"#" * 3 * 1024 * 1024))
    assert read(checkout(b"#" * (3 * 1024 * 1024 - 1)))[0].id == "fraud"
    with pytest.raises(SourceError, match="workbook or a ZIP archive"):
        read(checkout(b"PK\x03\x04"))
    (path / ".github/CODEOWNERS").unlink()
    (empty / "CODEOWNERS").write_text("* @ann")
    (path / ".github/CODEOWNERS").symlink_to(empty / "CODEOWNERS")
    with pytest.raises(SourceError, match="this link leads out of the checkout"):
        read(path)


def test_it_is_recognised(checkout):
    path = checkout("* @ann", files=("models/fraud/train.py", "other/CODEOWNERS"))

    [here, other] = CODEOWNERS.recognise(look_round(path))

    assert (here.path, here.ask, dict(here.options)) == (path, "", {})
    assert here.also == (path / ".github" / "CODEOWNERS",)
    assert other.path == path / "other"
    assert dict(other.options) == {"models": ["models/{model}/**"]}
    assert "Say with 'models'" in other.ask
