import os
import shutil

import pytest

from ownership_graph.errors import SourceError
from ownership_graph.readers import walking
from ownership_graph.readers.walking import files_at, files_under, place_of, walked


@pytest.fixture
def folder(tmp_path):
    for name in ("b/OWNERS", "a/deep/OWNERS", "OWNERS", ".git/OWNERS", "a/node_modules/x/OWNERS"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    return tmp_path


def test_files_are_found_by_name_at_any_depth_and_in_order(folder):
    found = files_under(folder, "OWNERS", doing="looking")

    assert found == [folder / "OWNERS", folder / "a/deep/OWNERS", folder / "b/OWNERS"]


def test_a_pattern_with_a_slash_is_held_against_the_path(folder):
    assert files_under(folder, "a/*/OWNERS", "b/*", doing="looking") == [
        folder / "a/deep/OWNERS",
        folder / "b/OWNERS",
    ]


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_not(folder, tmp_path_factory):
    (folder / "b/OWNERS").unlink()
    (folder / "b/OWNERS").symlink_to(folder / "OWNERS")
    assert len(files_under(folder, "OWNERS", doing="looking")) == 3
    other = tmp_path_factory.mktemp("other") / "OWNERS"
    other.write_text("x", encoding="utf-8")
    (folder / "c").mkdir()
    (folder / "c/OWNERS").symlink_to(other)

    with pytest.raises(SourceError, match="leads out of the folder"):
        files_under(folder, "OWNERS", doing="looking")


def test_a_link_to_a_folder_is_not_followed(folder):
    (folder / "b" / "again").symlink_to(folder, target_is_directory=True)

    assert len(files_under(folder, "OWNERS", doing="looking")) == 3


def test_a_folder_that_is_not_there_is_said_to_be_not_there(tmp_path):
    with pytest.raises(SourceError, match="there is no such folder"):
        files_under(tmp_path / "none", "*", doing="looking")


def test_a_folder_that_cannot_be_read_fails_the_source_and_hides_nothing(folder):
    deepest = os.open(folder, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=deepest)
        deepest = os.open("d" * 250, os.O_RDONLY, dir_fd=deepest)

    with pytest.raises(SourceError, match=r"a folder could not be read \(File name too long\)"):
        files_under(folder, "OWNERS", doing="looking")


def test_a_folder_that_goes_while_others_are_read_fails_the_source(folder):
    walk = walked(folder, doing="looking")
    next(walk)
    shutil.rmtree(folder / "b")

    with pytest.raises(SourceError, match=r"a folder could not be read \(No such file"):
        list(walk)


def test_what_was_found_is_called_by_its_path_from_what_was_named(folder):
    [top, deep, _] = files_at(folder, "OWNERS", doing="looking")

    assert (place_of(top, folder), place_of(deep, folder)) == ("OWNERS", "a/deep/OWNERS")
    assert files_at(deep, "*.json", doing="looking") == [deep]
    assert place_of(deep, deep) == "OWNERS"


def test_nobody_waits_for_a_walk_without_end(folder, monkeypatch):
    monkeypatch.setattr(walking, "MOST", 3)

    with pytest.raises(SourceError, match="more than 3 files"):
        files_under(folder, "OWNERS", doing="looking")
