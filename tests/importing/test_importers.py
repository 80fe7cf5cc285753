import sys
from pathlib import Path

import pytest

from ownership_graph.errors import SettingsError, SourceError, UsageError
from ownership_graph.folders import shipped
from ownership_graph.importing.importers import Option, find_importer, list_importers
from ownership_graph.records import Node

OWN = '''
"""Badges: who holds which badge.

More about badges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.records import Record

PROVIDES = ("Person",)
MODE = "events"


def read(
    path: Path,
    *,
    prefix: str = "b:",
    limit: int | None = None,
    share: float = 0.5,
    strict: bool = False,
    kinds: tuple[str, ...] = (),
) -> Iterator[Record]:
    """The holders.

    Args:

        path: Where the badges are.
        prefix: What is put before
            each id.
        kinds: Only badges of these kinds.

    Yields:
        Nodes.
    """
    yield Node("Person", f"{prefix}{path.name}", {"kinds": list(kinds), "limit": limit})
'''


@pytest.fixture
def own_folder(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "badges.py").write_text(OWN)
    return folder


def option(name, type_, *, required=False, default=None, meaning="", many=False):
    return Option(name, type_, required, default, meaning, many)


def importer(tmp_path, text, name="broken"):
    (tmp_path / f"{name}.py").write_text(text)
    return find_importer(name, [tmp_path])


def test_an_importer_of_a_given_folder_is_found_with_all_that_it_says_of_itself(own_folder):
    found = find_importer("badges", [own_folder])

    assert found.name == "badges"
    assert found.file == own_folder / "badges.py"
    assert found.summary == "Badges: who holds which badge."
    assert found.help == "More about badges."
    assert found.provides == ("Person",)
    assert found.mode == "events"
    assert found.options == (
        option("path", "path", required=True, meaning="Where the badges are."),
        option("prefix", "text", default="b:", meaning="What is put before each id."),
        option("limit", "int"),
        option("share", "float", default=0.5),
        option("strict", "bool", default=False),
        option("kinds", "text", default=(), meaning="Only badges of these kinds.", many=True),
    )


def test_it_reads_with_options_as_the_command_line_and_settings_write_them(own_folder):
    found = find_importer("badges", [own_folder])

    records = found.read(path="a/b", limit="3", share="0.25", strict="no", kinds="gold")

    assert list(records) == [Node("Person", "b:b", {"kinds": ["gold"], "limit": 3})]


def test_an_option_left_out_or_none_has_its_default(own_folder):
    found = find_importer("badges", [own_folder])

    [node] = found.read(path=Path("x"), prefix=None, kinds=["gold", "silver"])

    assert node == Node("Person", "b:x", {"kinds": ["gold", "silver"], "limit": None})


def test_a_name_may_be_written_with_hyphens(tmp_path):
    assert importer(tmp_path, "PROVIDES = ()\ndef read(): ...", "who_is").name == "who_is"
    assert find_importer("who-is", [tmp_path]).name == "who_is"


def test_without_a_docstring_or_mode_an_importer_is_still_one(tmp_path):
    found = importer(tmp_path, "PROVIDES = ()\ndef read(): return iter(())")

    assert (found.summary, found.help, found.mode, found.options) == ("", "", "full", ())
    assert list(found.read()) == []


def test_annotations_that_are_types_do_as_well(tmp_path):
    found = importer(
        tmp_path,
        "import pathlib\nPROVIDES = ()\n"
        "def read(path: pathlib.Path, names: tuple[str, ...] = (), n: int | None = None): ...",
    )

    assert [(each.type, each.many) for each in found.options] == [
        ("path", False),
        ("text", True),
        ("int", False),
    ]


def test_the_shipped_ones_and_those_of_given_folders_are_listed_by_name(own_folder):
    names = [each.name for each in list_importers([own_folder])]

    assert "badges" in names
    assert names == sorted(names)
    assert set(names) - {"badges"} == {each.stem for each in shipped("importers").glob("[!_]*.py")}
    assert "badges" not in [each.name for each in list_importers()]


def test_a_module_that_begins_with_an_underscore_is_none(own_folder):
    (own_folder / "_shared.py").write_text("raise ValueError")

    assert find_importer("badges", [own_folder]).name == "badges"


def test_an_unknown_name_is_refused_with_the_nearest(own_folder):
    with pytest.raises(UsageError, match=r"none called 'badge'\. Did you mean 'badges'\?"):
        find_importer("badge", [own_folder])
    with pytest.raises(UsageError, match=r"none called 'zzzz'\. Known: .*badges"):
        find_importer("zzzz", [own_folder])


def test_a_path_is_no_name(own_folder):
    with pytest.raises(UsageError, match="none called"):
        find_importer("../own/badges", [own_folder])


def test_two_importers_of_one_name_are_refused(own_folder, tmp_path):
    importer(tmp_path, OWN, "badges")

    with pytest.raises(SettingsError, match="has the name 'badges', too"):
        find_importer("badges", [own_folder, tmp_path])


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"there is no folder .*gone\. Check the path"):
        list_importers([tmp_path / "gone"])


def test_an_importer_called_like_the_package_that_it_needs_can_import_it(tmp_path):
    text = "import json\nPROVIDES = (json.loads('\"OWNS\"'),)\ndef read(): ..."

    assert importer(tmp_path, text, "json").provides == ("OWNS",)
    assert sys.modules["json"].__file__ != str(tmp_path / "json.py")


def test_the_module_is_known_while_it_runs(tmp_path):
    text = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass(slots=True)\nclass Row:\n    id: str\nPROVIDES = ()\ndef read(): ..."
    )

    assert importer(tmp_path, text).name == "broken"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PROVIDES = (", r"broken\.py:1: .*SyntaxError"),
        ("\n\n1 / 0", r"broken\.py:3: .*ZeroDivisionError: division by zero"),
        ("import nowhere_to_be_found", r"needs the package 'nowhere_to_be_found'.*pip install"),
        ("from json import nothing_such", "cannot import name 'nothing_such'"),
        ("PROVIDES = ()", "no function 'read'"),
        ("PROVIDES = ()\nread = 3", "no function 'read'"),
        ("def read(): ...", "PROVIDES is missing or no tuple of texts"),
        (
            "PROVIDES = ()\nAUTHORITATIVE_FOR = 'Person'\ndef read(): ...",
            "AUTHORITATIVE_FOR is missing or no tuple of texts",
        ),
        ("PROVIDES = 'OWNS'\ndef read(): ...", "PROVIDES is missing or no tuple of texts"),
        ("PROVIDES = (1,)\ndef read(): ...", "PROVIDES is missing or no tuple of texts"),
        ("PROVIDES = ()\nMODE = 'all'\ndef read(): ...", "MODE is 'all'. It can be 'full' or"),
        ("PROVIDES = ()\ndef read(x): ...", "parameter 'x' of read cannot be an option"),
        ("PROVIDES = ()\ndef read(x: dict): ...", "'x' of read with the type 'dict' cannot"),
        ("PROVIDES = ()\ndef read(*x: str): ...", "'x' of read with the type 'str' cannot"),
    ],
)
def test_a_file_that_is_no_importer_is_named_with_what_would_do(tmp_path, text, found):
    with pytest.raises(SettingsError, match=found) as raised:
        importer(tmp_path, text)

    assert raised.value.file == str(tmp_path / "broken.py")


def test_a_module_that_failed_is_not_left_behind(tmp_path):
    before = set(sys.modules)

    with pytest.raises(SettingsError):
        importer(tmp_path, "1 / 0")

    assert set(sys.modules) == before


@pytest.mark.parametrize(
    ("package", "extra"), [("py2neo", "py2neo"), ("yaml", "yaml"), ("python_calamine", "excel")]
)
def test_a_missing_package_of_an_extra_is_installed_by_the_extra(
    tmp_path, monkeypatch, package, extra
):
    monkeypatch.setitem(sys.modules, package, None)
    text = f"PROVIDES = ()\ndef read():\n    import {package}\n    yield"

    with pytest.raises(SourceError, match=rf"pip install 'ownership-graph\[{extra}\]'"):
        list(importer(tmp_path, text).read())


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, "the option 'path' is missing"),
        ({"path": "x", "prefx": "y"}, r"no option 'prefx'\. Did you mean 'prefix'\?"),
        ({"path": "x", "zzz": "y"}, r"no option 'zzz'\. Known: kinds, limit, path"),
        ({"path": ""}, "the option 'path': '' is not a path"),
        ({"path": None}, "the option 'path': None is not a path"),
        ({"path": "x", "prefix": 3}, "the option 'prefix': 3 is not a text"),
        ({"path": "x", "limit": "many"}, "the option 'limit': 'many' is not a whole number"),
        ({"path": "x", "limit": True}, "the option 'limit': True is not a whole number"),
        ({"path": "x", "share": "half"}, "the option 'share': 'half' is not a number"),
        ({"path": "x", "share": True}, "the option 'share': True is not a number"),
        ({"path": "x", "strict": "perhaps"}, "the option 'strict': 'perhaps' is not yes or no"),
    ],
)
def test_an_option_that_cannot_be_is_refused_before_anything_is_read(own_folder, options, found):
    with pytest.raises(UsageError, match=found):
        find_importer("badges", [own_folder]).read(**options)


def test_yes_and_no_are_told_apart(tmp_path):
    text = "PROVIDES = ()\ndef read(*, on: bool = False):\n    yield on"

    found = importer(tmp_path, text)

    assert [*found.read(on="yes"), *found.read(on=True), *found.read(on="off")] == [
        True,
        True,
        False,
    ]


def test_a_source_error_goes_through_as_it_is(tmp_path):
    text = (
        "from ownership_graph.errors import SourceError\nPROVIDES = ()\n"
        "def read():\n    raise SourceError('cut off', file='x.csv', line=3)\n    yield"
    )

    with pytest.raises(SourceError, match=r"^x\.csv:3: cut off$"):
        list(importer(tmp_path, text).read())


def test_a_file_that_cannot_be_opened_is_a_sentence(tmp_path):
    text = "PROVIDES = ()\ndef read(*, path: str):\n    yield open(path)"

    with pytest.raises(SourceError, match=r"^gone\.csv: .*'broken': No such file or directory"):
        list(importer(tmp_path, text).read(path="gone.csv"))


def test_a_fault_of_the_importers_code_names_its_line(tmp_path):
    text = "PROVIDES = ()\ndef read():\n    yield 1\n    {}['\x1b' * 900]"

    with pytest.raises(SourceError, match=r"KeyError: .*broken\.py, line 4") as raised:
        list(importer(tmp_path, text).read())

    assert "\x1b" not in str(raised.value)
    assert len(str(raised.value)) < 2_000
