"""Text files as they come: every encoding, packed or not, and every way to be at fault."""

from __future__ import annotations

import gzip
import os

import pytest

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing import text_files
from ownership_graph.importing.text_files import open_text

TEXT = "id,name\nt1,Société Générale, 5 €\n"


def read(path, **options):
    with open_text(path, doing="reading it", **options) as text:
        return text.read()


def written(folder, content):
    path = folder / "t.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_encodings_that_people_have(tmp_path, encoding, pack):
    assert read(written(tmp_path, pack(TEXT.encode(encoding)))) == TEXT


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [("latin2", "iso-8859-2"), ("UTF-8", "utf-8-sig"), ("cp1252", "cp1252"), ("auto", "utf-8")],
)
def test_a_stated_encoding(tmp_path, stated, encoding):
    text = "id\nGdańsk\n" if encoding != "cp1252" else "id\n€\n"
    assert read(written(tmp_path, text.encode(encoding)), encoding=stated) == text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("klingon", "Usual ones"), ("utf8-8", "Did you mean 'utf-8'?"), ("hex", ""), ("a\0b", "")],
)
def test_an_encoding_that_there_is_not(tmp_path, wrong, said):
    with pytest.raises(UsageError, match="there is no encoding") as caught:
        read(written(tmp_path, b"x"), encoding=wrong)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("content", "options", "line", "said"),
    [
        (b"", {}, 0, "the file is empty"),
        (b"PK\x03\x04rest", {}, 0, "a workbook or a ZIP archive"),
        (b"id\nGdansk\n\x81\n", {}, 3, "the byte 0x81 is neither UTF-8 nor cp1252"),
        ("é\né\n".encode() + b"\xe9\n", {}, 3, "is not utf-8, as the text up to it is"),
        (b"\xef\xbb\xbfid\n\xe9\n", {}, 2, "is not utf-8, as the text up to it is"),
        ("é\né".encode()[:-1], {}, 2, "is not utf-8, as the text up to it is"),
        (b"id\n\xe9\n", {"encoding": "utf-8"}, 2, "is not utf-8. State another encoding"),
        (b"id\n\xc3\xa9\n", {"encoding": "ascii"}, 2, "is not ascii. State another encoding"),
        (b"\xff\xfei\0d\0x", {}, 1, "is not utf-16"),
    ],
)
def test_a_file_at_fault(tmp_path, content, options, line, said):
    path = written(tmp_path, content)
    with pytest.raises(SourceError) as caught:
        read(path, **options)
    assert said in str(caught.value)
    assert (caught.value.file, caught.value.line) == (str(path), line)


def test_a_character_may_stand_on_the_border_of_what_is_read_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "_CHUNK", 3)
    assert read(written(tmp_path, b"ab\xc3\xa9\nxx\xc3\xa9")) == "abé\nxxé"
    with pytest.raises(SourceError, match="0xff"):
        read(written(tmp_path, b"ab\xc3\xa9\nxx\xff"))


def test_gzip_that_is_cut_off_or_damaged(tmp_path):
    packed = gzip.compress(os.urandom(50_000).hex().encode())
    for broken in (packed[:-20], packed[:5_000], packed[:3], packed[:-8] + b"\0" * 8,
                   packed[:12] + b"\xff" * 200):  # fmt: skip
        with pytest.raises(SourceError, match="cut off or damaged"):
            read(written(tmp_path, broken))


def test_gzip_that_unpacks_to_far_more_than_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "ALWAYS_UNPACKED", 1_000_000)
    with pytest.raises(SourceError, match="unpacks to more than"):
        read(written(tmp_path, gzip.compress(b"a" * 5_000_000)))
    assert len(read(written(tmp_path, gzip.compress(b"a" * 900_000)))) == 900_000


def test_what_is_no_file(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    for path, said in (
        (tmp_path, "this is a folder"),
        (tmp_path / "pipe", "this is no ordinary file"),
        (tmp_path / "none", "No such file or directory"),
        (tmp_path / "loop", "Too many levels of symbolic links"),
        (tmp_path / ("x" * 300), "File name too long"),
    ):
        with pytest.raises(SourceError, match=said):
            read(path)


@pytest.fixture
def ordinary_user():
    """Somebody who may not read everything: root may."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    yield
    os.seteuid(0)


def test_a_file_that_may_not_be_read(tmp_path, request):
    path = written(tmp_path, b"id\n")
    path.chmod(0)
    request.getfixturevalue("ordinary_user")
    with pytest.raises(SourceError, match="Permission denied"):
        read(path)
