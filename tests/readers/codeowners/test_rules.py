"""What the lines of CODEOWNERS say, and whose a path is by all of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.errors import SourceError
from ownership_graph.readers.codeowners import lookup
from ownership_graph.readers.codeowners.lookup import Lookup
from ownership_graph.readers.codeowners.rules import (
    github_owners,
    gitlab_owners,
    looks_like_gitlab,
)


def owners(said, path):
    """Section by section, whose the path is."""
    found = Lookup(said, file="CODEOWNERS", doing="testing").of(path.split("/"))
    return {each.section.name: " ".join(each.rule.owners) for each in found}


def github(text, path):
    return owners(github_owners(text.splitlines()), path).get("")


def gitlab(text, path):
    return owners(gitlab_owners(text.splitlines()), path)


GITHUB = """
# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/*  docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
"""


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("a/b.rb", "@global-owner1 @global-owner2"),
        ("a/b.js", "@js-owner"),
        ("main.go", "docs@example.com"),
        ("notes/a.txt", "@octo-org/octocats"),
        ("build/logs/a/b", "@octocat"),
        ("docs/getting-started.md", "@doctocat"),
        ("src/apps/a.js", "@octocat"),
        ("scripts/a", "@doctocat @octocat"),
        ("apps/a", "@octocat"),
        ("apps/github/a", ""),
    ],
)
def test_the_last_line_that_fits_counts_and_one_without_owners_clears(path, owner):
    assert github(GITHUB, path) == owner


def test_a_path_that_no_line_fits_has_no_rule_at_all():
    assert github("/docs/ @a", "src/a") is None


def test_github_passes_over_a_line_with_a_mistake_and_takes_the_others():
    said = github_owners(["* @all", "*.py ann", "[ab] @b", "!c @c", "d @@d", "e a@b", "f @a/b/c"])
    assert [each.line for each in said.faults] == [2, 3, 4, 5, 6, 7]
    assert "'ann' is neither @user" in said.faults[0].why
    assert "GitHub knows no sets of letters" in said.faults[1].why
    assert owners(said, "x.py") == {"": "@all"}


def test_a_hash_within_a_name_is_no_comment_and_an_escaped_blank_parts_nothing():
    assert github("/c#/ @a", "c#/x") == "@a"
    assert github("/my\\ docs/\t@a  @b", "my docs/x") == "@a @b"


SECTIONS = """
* @admin

[README Owners]
README.md @user1 @user2
internal/README.md @user4

[README other owners]
README.md @user3
"""


def test_each_section_has_its_say():
    assert gitlab(SECTIONS, "README.md") == {
        "": "@admin",
        "README Owners": "@user1 @user2",
        "README other owners": "@user3",
    }
    assert gitlab(SECTIONS, "internal/README.md") == {
        "": "@admin",
        "README Owners": "@user4",
        "README other owners": "@user3",
    }


def test_the_default_owners_of_a_section_hold_where_a_line_names_none():
    text = """
[Documentation] @docs-team
docs/
README.md
[Database][2] @database-team @agarcia
model/db/
config/db/setup.md @docs-team
[None]
bare.md
"""
    assert gitlab(text, "docs/a") == {"Documentation": "@docs-team"}
    assert gitlab(text, "model/db/a") == {"Database": "@database-team @agarcia"}
    assert gitlab(text, "config/db/setup.md") == {"Database": "@docs-team"}
    assert gitlab(text, "bare.md") == {"None": ""}


def test_sections_of_one_name_are_one_whatever_its_case():
    text = "[Docs]\nee/ @a\n[Database]\nREADME.md @db\n[DOCS]\nREADME.md @b"
    assert gitlab(text, "README.md") == {"Docs": "@b", "Database": "@db"}
    assert gitlab("a @a\n[codeowners]\na @b", "a") == {"": "@b"}


@pytest.mark.parametrize(
    ("text", "approvals"),
    [
        ("[A]\na @a", 1),
        ("[A][5]\na @a", 5),
        ("[A][0]\na @a", 1),
        ("[A][]\na @a", 1),
        ("[A][2] @b\na", 2),
        ("^[A][2]\na @a", 0),
        ("^[A]\na @a\n[A]\nb @a", 1),
        ("^[A]\na @a\n[A]\n", 0),
        ("[A]\na @a\n[a][3]\nb @a", 3),
        ("[A][99999999999999999999]\na @a", 1_000_000),
    ],
)
def test_how_many_must_agree(text, approvals):
    [section] = gitlab_owners(text.splitlines()).sections
    assert section.approvals == approvals


def test_a_heading_that_cannot_be_read_is_a_line_of_the_section_before():
    text = "[Docs]\ndocs/**/* @group\n\n[Section name\ndocs/ @docs_group"
    said = gitlab_owners(text.splitlines())
    [section] = said.sections
    assert [each.line for each in section.rules] == [2, 4, 5]
    assert [each.line for each in said.faults] == [4]
    assert owners(said, "docs/a") == {"Docs": "@docs_group"}


def test_an_exclusion_holds_for_its_section_and_cannot_be_taken_back():
    text = """
* @default
!pom.xml
[Ruby]
*.rb @ruby
!/config/**/*.rb
/config/routes.rb @ops
"""
    assert gitlab(text, "pom.xml") == {}
    assert gitlab(text, "a.rb") == {"": "@default", "Ruby": "@ruby"}
    assert gitlab(text, "config/routes.rb") == {"": "@default"}


def test_owners_on_gitlab_are_users_groups_roles_and_addresses_also_behind_a_hash():
    said = gitlab_owners(["/p/* @group plain @with_at # see (@other), not b@c.example."])
    [rule] = said.sections[0].rules
    assert rule.owners == ("@group", "@with_at", "@other", "b@c.example")
    assert ["'plain'" in each.why for each in said.faults] == [True]
    [rule] = gitlab_owners(["f.md @@developer @@maintainers @a/b/c.d @x. @x"]).sections[0].rules
    assert rule.owners == ("@@developer", "@@maintainers", "@a/b/c.d", "@x")
    [rule] = gitlab_owners(["[A] @a", "f.md plain"]).sections[0].rules
    assert rule.owners == ()


@pytest.mark.parametrize(
    "line", ["[Docs]", "^[Docs][2] @a", "  [Docs]", "!a", "a @@owner", "a @b @c/d/e"]
)
def test_what_only_gitlab_says(line):
    assert looks_like_gitlab(["* @a", line])


@pytest.mark.parametrize(
    "line", ["* @a @b/c", "[ab]c.py @a", "# [Docs]", "a # @@owner", "/a[b] @c", ""]
)
def test_what_both_say(line):
    assert not looks_like_gitlab([line])


def test_no_line_takes_long():
    started = time.process_time()
    hostile = (" ", "@", "a ", "a", "@a.", "p @a/", "p a@", "[", "\\ ")
    for line in (f"x {each * 100_000}" for each in hostile):
        looks_like_gitlab([line])
        gitlab_owners([line])
        github_owners([line])
    assert time.process_time() - started < 10


def test_a_pattern_that_is_longer_than_any_path_is_passed_over():
    for read in (github_owners, gitlab_owners):
        said = read(["*a" * 2_049 + " @a", "*a" * 2_048 + " @b"])
        assert [each.line for each in said.sections[0].rules] == [2]
        assert "4,098 characters, more than any path" in said.faults[0].why


line = st.builds(
    "{} @{}".format,
    st.sampled_from(["*", "/a/", "/a/b", "a", "*.b", "a/", "/a/*/b", "!b", "/a/b/*", "!/a/b/*"]),
    st.sampled_from("xyz"),
)


@given(
    st.lists(line, max_size=8),
    st.lists(st.sampled_from(["a", "b", "a.b"]), min_size=1, max_size=4),
)
def test_sorting_the_rules_changes_no_answer(lines, path):
    said = gitlab_owners(lines)
    rules = [each for section in said.sections for each in section.rules]
    fitting = [each for each in rules if each.pattern.fits(path)]
    expected = {"": " ".join(fitting[-1].owners)} if fitting else {}
    if any(each.excludes for each in fitting):
        expected = {}
    assert owners(said, "/".join(path)) == expected


def test_too_many_wildcards_end_in_a_sentence(monkeypatch):
    monkeypatch.setattr(lookup, "MOST_TRIES", 30)
    found = Lookup(github_owners([f"*{n}* @a" for n in range(20)]), file="C", doing="testing")
    assert not list(found.of(["x"]))
    with pytest.raises(SourceError, match="C: testing: there are so many lines with wildcards"):
        list(found.of(["x"]))
