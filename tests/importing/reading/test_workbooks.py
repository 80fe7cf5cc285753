"""Excel workbooks: real ones, odd ones, and those that would end the process."""

from __future__ import annotations

import random
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.reading import archives, open_table

DAY = datetime(2024, 3, 1)  # noqa: DTZ001 -- a cell has no zone
NAMESPACE = "http://schemas.openxmlformats.org"
TYPES = f"""<Types xmlns="{NAMESPACE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
RELATIONS = f"""<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="r1"
Type="{NAMESPACE}/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>"""
BOOK = f"""<workbook xmlns="{NAMESPACE}/spreadsheetml/2006/main"
xmlns:r="{NAMESPACE}/officeDocument/2006/relationships">
<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"""
SHEET = (
    f'<worksheet xmlns="{NAMESPACE}/spreadsheetml/2006/main"><sheetData>%s</sheetData>%s'
    "</worksheet>"
)


@pytest.fixture
def book(tmp_path):
    """Write a workbook, sheet by sheet; a tuple of four in a sheet is a merged range."""

    def write(**sheets):
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as made:
            for name, rows in sheets.items():
                sheet = made.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return write


def read(path, **options):
    """The header with its line, and the rows of the table."""
    with open_table(path, **options) as table:
        return (table.header, table.header_line), list(table.rows)


def by_hand(path, cells, after="", target="worksheets/sheet1.xml"):
    """Write a workbook whose one sheet holds the XML `cells`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS % ("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS % ("worksheet", target))
        archive.writestr(f"xl/{target}", SHEET % (cells, after))
    return path


def text_cell(place, text="x"):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_cells_of_every_kind_are_texts(book):
    path = book(
        S=[
            ["id", "name", "day", "time", "cost", "large", "live", "blank"],
            [
                1001, " Triage ", DAY, DAY.replace(hour=14, minute=30), 1.5, 1e20,
                True, None,
            ],
        ]
    )  # fmt: skip
    assert read(path)[1] == [
        (
            2,
            ["1001", " Triage ", "2024-03-01", "2024-03-01T14:30:00", "1.5", "1e+20", "true", ""],
            "",
        )
    ]  # fmt: skip


def test_blank_and_title_rows_before_the_header_and_blank_ones_after_it(book):
    path = book(
        S=[[], ["Inventory 2024"], [], ["id", "name"], [], ["m1", "a"], [], [None, "b", "a note"]]
    )
    assert read(path) == (
        (("id", "name"), 4),
        [(5, [], ""), (6, ["m1", "a"], ""), (7, [], ""), (8, ["", "b"], "")],
    )


def test_the_header_is_the_row_with_most_of_the_columns_that_are_looked_for(book):
    path = book(S=[["a", "b", "c", "d"], ["id", "x"], ["id", "name"], ["m1", "n"]])

    def known(header):
        return len({"id", "name"} & set(header))

    assert read(path, known=known)[0] == (("id", "name"), 3)


def test_merged_cells_hold_their_value_in_each_of_them(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.merge_range("B1:D1", "Inventory 2024")
        sheet.write_row("B2", ["team", "model", "tier"])
        sheet.merge_range("B3:B5", "claims")
        for row in (3, 4, 5):
            sheet.write_row(f"C{row}", [f"m{row}", 1])
        sheet.merge_range("B6:C7", "both")
        sheet.merge_range("F1:F2", "far off")
        sheet.merge_range("A20:B21", "")
    assert read(path) == (
        (("team", "model", "tier", "", "far off"), 2),
        [
            *((row, ["claims", f"m{row}", "1", "", ""], "") for row in (3, 4, 5)),
            (6, ["both", "both", "", "", ""], ""),
        ],
    )


def test_which_sheet(book):
    path = book(Info=[["read", "me", "first"]], Models=[["id", "name"], ["m1", "a"]])

    def known(header):
        return len({"id", "name"} & set(header))

    assert read(path, known=known)[1] == [(2, ["m1", "a"], "")]
    assert read(path)[0] == (("read", "me", "first"), 1)
    assert read(path, sheet="models ")[0] == (("id", "name"), 1)
    with pytest.raises(
        UsageError, match=r"no sheet 'Model'. Did you mean 'Models'\? It has: 'Info'"
    ):
        read(path, sheet="Model")


def test_hidden_sheets_are_read_only_by_name(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Shown")
        hidden = made.add_worksheet("Hidden")
        hidden.write_row(0, 0, ["id"])
        hidden.hide()
    with pytest.raises(SourceError, match="no sheet that is shown holds a header"):
        read(path)
    assert read(path, sheet="Hidden") == ((("id",), 1), [])


def test_a_cell_that_is_too_long_and_cells_without_a_place(tmp_path):
    rows = (
        "<row><c t='inlineStr'><is><t>id</t></is></c><c t='inlineStr'><is><t>b</t></is></c></row>"
        f"<row><c t='inlineStr'><is><t>{'x' * 1_000_001}</t></is></c></row>"
        "<row><c t='inlineStr'><is><t>m2</t></is></c></row>"
    )
    header, found = read(by_hand(tmp_path / "book.xlsx", rows))
    assert header == (("id", "b"), 1)
    assert [(line, why[:35]) for line, _, why in found] == [
        (2, "the column 'id' holds 1,000,001 cha"),
        (3, ""),
    ]


FAR = text_cell("A1") + '</row><row r="1048576">' + text_cell("XFD1048576")


@pytest.mark.parametrize(
    ("cells", "target"),
    [
        (f"<row r='1'>{FAR}</row>", "worksheets/sheet1.xml"),
        (f"<row r='1'>{FAR}</row>", "hidden.bin"),
        (f"<row r='1'>{FAR}</row>".replace('"', "'"), "worksheets/sheet1.xml"),
        (f"<row r='1'>{FAR}</row>".replace(' r="', ' r = \n"'), "worksheets/sheet1.xml"),
        (f"<row r='1'>{text_cell('&#88;FD1048576')}</row>", "worksheets/sheet1.xml"),
        (f"<row r='1'>{text_cell('A1')}</row><row r='1048576'>{'<c/>' * 16_000}</row>", "a.xml"),
        (f"{text_cell('AAAAAAAA1')}", "worksheets/sheet1.xml"),
        ("<row>" + "<c><v>1</v></c>" * 200 + "</row>" + "<row/>" * 1_000_000, "s.xml"),
    ],
)  # fmt: skip
def test_cells_far_apart_do_not_end_the_process(tmp_path, cells, target):
    path = by_hand(tmp_path / "book.xlsx", cells, target=target)
    with pytest.raises(SourceError, match="more room than there is"):
        read(path)


@pytest.mark.parametrize("count", ["99999999999", "&#57;9999999999"])
def test_room_for_what_is_only_stated_is_not_made(tmp_path, count):
    path = by_hand(tmp_path / "book.xlsx", text_cell("A1"))
    strings = f'<sst xmlns="{NAMESPACE}/spreadsheetml/2006/main" uniqueCount="{count}"/>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    with pytest.raises(SourceError, match="more room than there is"):
        read(path)


def test_a_sheet_in_another_encoding_is_not_laid_out(tmp_path):
    path = tmp_path / "book.xlsx"
    by_hand(path, "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/other.xml", (SHEET % ("", "")).encode("utf-16"))
    with pytest.raises(SourceError, match="more room than there is"):
        read(path)


def test_rows_that_are_read_in_two_pieces_are_measured_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "_CHUNK", 400)
    monkeypatch.setattr(archives, "FREE_CELLS", 40)
    wide = "<row>" + "<c><v>1</v></c>" * 41 + "</row>"
    with pytest.raises(SourceError, match="more room than there is"):
        read(by_hand(tmp_path / "book.xlsx", wide))
    fits = "<row>" + "<c><v>1</v></c>" * 30 + "</row>"
    assert len(read(by_hand(tmp_path / "book.xlsx", fits))[0][0]) == 30


def test_merged_cells_over_one_another_are_refused(tmp_path):
    ranges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A1:B2"/></mergeCells>'
    cells = f'<row r="1">{text_cell("A1")}</row><row r="2">{text_cell("B2")}</row>'
    with pytest.raises(SourceError, match="merged over one another"):
        read(by_hand(tmp_path / "book.xlsx", cells, ranges))


def test_a_bomb_is_not_unpacked_whatever_size_it_states(tmp_path):
    path = tmp_path / "book.xlsx"
    by_hand(path, " " * 70_000_000)
    with pytest.raises(SourceError, match="unpacks to more than 100 times its size"):
        read(path)
    packed = bytearray(path.read_bytes())
    for at, part in enumerate(zipfile.ZipFile(path).infolist()):
        if part.file_size > 1_000_000:
            place = packed.rindex(part.filename.encode()) - 46 + 24
            packed[place : place + 4] = (1_000).to_bytes(4, "little")
            assert at
    path.write_bytes(packed)
    assert max(each.file_size for each in zipfile.ZipFile(path).infolist()) < 1_000_000
    with pytest.raises(SourceError, match="unpacks to more than 100 times its size"):
        read(path)


def test_archives_that_are_no_workbooks(tmp_path):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(SourceError, match="a ZIP archive, and no workbook"):
        read(path)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(archives.MOST_PARTS + 1):
            archive.writestr(str(number), "")
    with pytest.raises(SourceError, match="holds 10,001 files"):
        read(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(SourceError, match="of the old kind"):
        read(path)


def test_a_damaged_workbook_is_told(book):
    path = book(S=[["id", "name"], *([f"m{number}", "x"] for number in range(300))])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match="damaged, or cut off"):
        read(path)
    dice = random.Random(7)
    refused = 0
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(3):
            broken[dice.randrange(4, len(broken))] = dice.randrange(256)
        path.write_bytes(broken)
        try:
            read(path)
        except SourceError:
            refused += 1
    assert refused > 50


def test_a_workbook_without_what_its_list_names_is_told(tmp_path):
    path = tmp_path / "book.xlsx"
    by_hand(path, "", target="worksheets/sheet1.xml")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for part in old.infolist():
            if "sheet1" not in part.filename:
                new.writestr(part.filename, old.read(part))
    with pytest.raises(SourceError, match="the workbook is damaged"):
        read(tmp_path / "b.xlsx")
