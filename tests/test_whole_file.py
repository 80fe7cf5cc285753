"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import stat

import pytest

from ownership_graph.errors import OwnershipGraphError
from ownership_graph.whole_file import whole_file


def test_a_file_is_there_when_the_block_ends_and_its_owner_alone_can_read_it(tmp_path):
    path = tmp_path / "a.txt"
    with whole_file(path) as out:
        out.write("Société\n")
        assert not path.exists()
    assert path.read_bytes() == "Société\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_block_that_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_file(path) as out:
        out.write(f"new {1 / 0}")
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_full_disk_is_a_sentence_and_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(OwnershipGraphError, match="No space left"), whole_file(path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert path.read_text(encoding="utf-8") == "old"


def test_a_missing_folder_and_a_folder_in_the_way_are_sentences(tmp_path):
    for path in (tmp_path / "none" / "a.txt", tmp_path):
        with pytest.raises(OwnershipGraphError, match="writing"), whole_file(path) as out:
            out.write("x")
    assert list(tmp_path.iterdir()) == []
