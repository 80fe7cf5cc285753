"""Where systems are, told out of a checkout without what is secret there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.importing.surroundings import look_round
from ownership_graph.readers.traces import Remote, plain_address, remote, remotes


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://github.com/acme/models.git", ("github.com", "acme/models", "github", "")),
        (
            "https://ann:s3cret@github.com/acme/models/",
            ("github.com", "acme/models", "github", ""),
        ),
        ("git@github.com:acme/models.git", ("github.com", "acme/models", "github", "")),
        ("ssh://git@GitHub.com:22/acme/models", ("github.com", "acme/models", "github", "")),
        ("git@gitlab.com:a/b/c.git", ("gitlab.com", "a/b/c", "gitlab", "")),
        (
            "ssh://git@gitlab.acme.example:2222/a/b.git",
            ("gitlab.acme.example", "a/b", "gitlab", "https://gitlab.acme.example"),
        ),
        (
            "https://github.acme.example/a/b",
            ("github.acme.example", "a/b", "github", "https://github.acme.example/api/v3"),
        ),
        ("https://github.com/acme", None),
        ("https://github.com/a/b/c", None),
        ("https://bitbucket.org/a/b", None),
        ("https://github.com/a/../b", None),
        ("https://github.com/a/b?token=s3cret", ("github.com", "a/b", "github", "")),
        ("https://[github.com/a/b", None),
        ("../models", None),
        ("/srv/github/a/b", None),
    ],
)
def test_a_remote_is_a_repository_without_its_user(url, found):
    told = remote(url)
    assert (told and (told.host, told.repository, told.speaks, told.address)) == found


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://localhost:5000/", "http://localhost:5000"),
        ("https://tok3n@mlflow.acme.example/app?key=s3cret", "https://mlflow.acme.example/app"),
        ("https://mlflow.acme.example:99999", ""),
        ("https://[::1", ""),
        ("https://<your-host>/", ""),
        ("https://host/${PATH}", ""),
        ("databricks", ""),
        ("", ""),
    ],
)
def test_an_address_is_kept_without_what_may_be_secret(written, address):
    assert plain_address(written) == address


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_user_ever_passes(user, rest):
    for url in (f"https://{user}@github.com/a/b{rest}", f"https://{user}:x@gitlab.com/a/b{rest}"):
        found = remote(url)
        assert found is None or found.host in ("github.com", "gitlab.com")
        assert "@" not in plain_address(url)


def test_origin_comes_first_and_links_are_not_followed(tmp_path):
    text = (
        '[core]\n\tbare = false\n[remote "fork"]\n\turl = git@github.com:me/models.git\n'
        '\tfetch = +refs/heads/*:refs/remotes/fork/*\n[remote "origin"]\n'
        "\turl = https://ann:s3cret@github.com/acme/models.git\n"
    )
    file = tmp_path / ".git" / "config"
    assert remotes(look_round(tmp_path)) == (file, [])
    file.parent.mkdir()
    file.write_text(text)
    _, found = remotes(look_round(tmp_path))
    assert found == [
        Remote("github.com", "acme/models", "github"),
        Remote("github.com", "me/models", "github"),
    ]
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert remotes(look_round(tmp_path))[1] == []
