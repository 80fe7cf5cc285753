"""Which paths a pattern fits: each rule that GitHub and GitLab document, and a law for both."""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.readers.codeowners.patterns import (
    PatternError,
    github_pattern,
    gitlab_pattern,
)

GITHUB = {
    # docs.github.com, About code owners
    "*": ("a", ".env", "docs/api/a.md"),
    "*.js": ("a.js", "src/lib/a.js", "not a.jsx", "not a.js.map"),
    "/build/logs/": ("build/logs/a", "build/logs/b/a", "not build/logs", "not x/build/logs/a"),
    "docs/*": ("docs/a.md", "not docs/build-app/a.md", "not x/docs/a.md", "not docs"),
    "apps/": ("apps/a", "x/y/apps/b/a", "not apps", "not myapps/a"),
    "/docs/": ("docs/a", "docs/b/a", "not x/docs/a"),
    "/apps/github": ("apps/github/a", "apps/github", "not apps/githubs", "not x/apps/github"),
    "**/logs": ("build/logs/a", "logs/a", "deeply/nested/logs/b/a", "scripts/logs", "not mylogs"),
    # git-scm.com, gitignore: the pattern format that GitHub refers to
    "docs": ("docs", "docs/a", "x/docs/a", "not docs.md"),
    "/docs": ("docs", "docs/a", "not x/docs"),
    "a/b": ("a/b", "a/b/c", "not x/a/b"),
    "/*": ("a", "not a/b"),
    "/f*": ("foo", "foo/b/a", "not x/foo"),
    "f*/": ("foo/a", "x/foo/a", "not foo"),
    "/*/": ("a/b", "a/b/c", "not a"),
    "*/": ("a/b", "a/b/c", "not a"),
    "a/*/c": ("a/b/c", "a/b/c/d", "not a/c", "not a/b/b/c"),
    "a/*.txt": ("a/b.txt", "not a/b/c.txt"),
    "f?o": ("foo", "x/f-o/a", "not fo", "not f/o"),
    "**": ("a", "a/b/c"),
    "**/*": ("a", "a/b/c"),
    "**/a/b": ("a/b", "x/a/b", "x/y/a/b/c", "not a/x/b"),
    "a/**": ("a/b", "a/b/c", "not a", "not x/a/b"),
    "a/**/": ("a/b/c", "not a"),
    "a/**/b": ("a/b", "a/x/b", "a/x/y/b/c", "not x/a/b", "not ab"),
    "a/**/b/c*": ("a/b/cd", "a/x/b/c", "not a/b/x"),
    r"f\*o": ("f*o", "not foo"),
    r"f\?o*": ("f?oo", "not fooo"),
    r"my\ docs/": ("my docs/a", "not my"),
    r"a\[1\]": ("a[1]", "not a1"),
    "a**b": ("ab", "axb", "not a/b"),
    "a b": ("a b",),
}

GITLAB = {
    # docs.gitlab.com, Syntax of CODEOWNERS file
    "*": ("a", ".gitlab-ci.yml", "a/b/c"),
    "/README.md": ("README.md", "not docs/README.md"),
    "/docs/README.md": ("docs/README.md", "not x/docs/README.md"),
    "README.md": ("README.md", "internal/README.md", "app/lib/README.md"),
    "internal/README.md": ("internal/README.md", "docs/api/internal/README.md", "not README.md"),
    "/docs/": ("docs/a", "docs/b/a", "not x/docs/a"),
    "lib/": ("lib/a", "x/lib/b/a", "not lib"),
    "/docs/*.md": ("docs/a.md", "not docs/b/a.md"),
    "/docs/index.*": ("docs/index.html", "not docs/index"),
    "/docs/*spec*": ("docs/qa_specs.rb", "docs/runtime.spec", "not docs/b/spec.rb"),
    "/docs/*/README.md": ("docs/api/README.md", "not docs/README.md", "not docs/a/b/README.md"),
    "/docs/**/index.md": ("docs/index.md", "docs/api/graphql/index.md", "not index.md"),
    "**/generated/": ("generated/a", "x/generated/b/a", "not generated"),
    "/config/**/*.rb": ("config/a.rb", "config/b/c/a.rb", "not a.rb"),
    r"\#file_with_pound.rb": ("#file_with_pound.rb", "x/#file_with_pound.rb"),
    r"path\ with\ spaces/": ("path with spaces/a", "not path"),
    # ruby-doc.org, File.fnmatch with FNM_DOTMATCH and FNM_PATHNAME
    "docs": ("docs", "x/docs", "not docs/a"),
    "/docs/**": ("docs/a", "not docs/b/a"),
    "/docs/*": ("docs/a", "docs/.a", "not docs/b/a"),
    "ca[a-z]": ("cat", "x/cab", "not ca1", "not ca"),
    "ca[^a-z]": ("ca1", "not cat"),
    "ca[!t]": ("cab", "not cat"),
    "ca[z-a]": ("not cat",),
    "ca[^]": ("cat",),
    "ca[]t": ("not cat", "not ca]t"),
    "c?t": ("cat", "not c/t", "not cats"),
    r"c\*t": ("c*t", "not cat"),
    "c{at,ub}s": ("c{at,ub}s", "not cats"),
    "/": ("a", "b/a"),
    "**/": ("a", "b/a"),
}


def cases(table):
    for pattern, paths in table.items():
        for path in paths:
            yield pattern, path.removeprefix("not "), not path.startswith("not ")


@pytest.mark.parametrize(("pattern", "path", "fits"), [*cases(GITHUB)])
def test_github(pattern, path, fits):
    assert github_pattern(pattern).fits(path.split("/")) is fits


@pytest.mark.parametrize(("pattern", "path", "fits"), [*cases(GITLAB)])
def test_gitlab(pattern, path, fits):
    assert gitlab_pattern(pattern).fits(path.split("/")) is fits


@pytest.mark.parametrize("pattern", ["!a", "[ab].c", "a]", "a***b", r"\#a", "/", "//"])
def test_github_refuses_what_it_documents(pattern):
    with pytest.raises(PatternError):
        github_pattern(pattern)


@pytest.mark.parametrize("text", ["*", "**", "/**", "**/*", "**/**"])
def test_a_pattern_for_everything_is_told_on_github(text):
    assert github_pattern(text).everything


@pytest.mark.parametrize("text", ["/*", "*/", "*.py", "models/", "models/**", "**/a"])
def test_a_pattern_for_less_is_not(text):
    assert not github_pattern(text).everything


@pytest.mark.parametrize("text", ["*", "/", "**", "**/", "/**/*"])
def test_a_pattern_for_everything_is_told_on_gitlab(text):
    assert gitlab_pattern(text).everything
    assert not gitlab_pattern(f"/x{text}").everything


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_git_reads_them_alike_but_for_what_github_documents(tmp_path):
    others = {each for each in GITHUB if each.endswith("/*") or each == "a/**/"}
    paths = sorted({path for _, path, _ in cases(GITHUB)})
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for pattern in sorted(GITHUB.keys() - others):
        (tmp_path / ".gitignore").write_text(f"{pattern}\n")
        asked = subprocess.run(
            ["git", "check-ignore", "--no-index", "-z", "--stdin"],
            cwd=tmp_path, input="\0".join(paths), text=True, capture_output=True, check=False,
        )  # fmt: skip
        said = {each for each in asked.stdout.split("\0") if each}
        fitting = {each for each in paths if github_pattern(pattern).fits(each.split("/"))}
        assert (pattern, fitting) == (pattern, said)


def slow_glob(pattern, text):
    """Whether a part fits, tried in every way."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return slow_glob(pattern[1:], text) or bool(text and slow_glob(pattern, text[1:]))
    return bool(text) and pattern[0] in ("?", text[0]) and slow_glob(pattern[1:], text[1:])


def slow(parts, path):
    """Whether GitLab's parts fit a path, tried in every way."""
    if not parts:
        return not path
    if parts[0] == "**" and len(parts) > 1:
        return slow(parts[1:], path) or bool(path and slow(parts, path[1:]))
    return bool(path) and slow_glob(parts[0], path[0]) and slow(parts[1:], path[1:])


part = st.sampled_from(["**", "*", "a", "b", "a*", "*a*b", "?b", "a*a*", "??"])


@given(
    st.lists(part, min_size=1, max_size=5),
    st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=6),
)
def test_the_quick_way_finds_what_trying_every_way_finds(parts, path):
    assert gitlab_pattern("/" + "/".join(parts)).fits(path) is slow(parts, path)


def test_no_pattern_takes_long():
    started = time.process_time()
    for pattern in ("*a" * 2_000 + "b", "/" + "**/a/" * 800 + "b", "/" + "**/" * 1_300 + "b"):
        assert not github_pattern(pattern).fits(["a" * 250] * 10 + ["a"] * 400)
        assert not gitlab_pattern(pattern).fits(["a" * 250] * 10 + ["a"] * 400)
    assert time.process_time() - started < 5
