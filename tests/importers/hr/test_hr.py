"""An HR table: the smallest true one, a dirty one, and how rows find their persons."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import msgspec
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from stated import nodes

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.checking import Checker
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Promise, Rejected, Relationship, node_key

HR = find_importer("hr")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    def read(text, **options):
        file = tmp_path / "hr.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(HR.read(path=file, today="2026-11-23", **options))

    return read


def ties(said, kind):
    return [
        (each.from_id, each.to_id)
        for each in said
        if type(each) is Relationship and each.type == kind
    ]


def why(said):
    return [(each.line, each.why) for each in said if type(each) is Rejected]


def without_columns(said):
    return [
        msgspec.structs.replace(each, columns=None) if type(each) is Node else each
        for each in said
    ]


def checked(said):
    checker = Checker()
    checker.take_all(said)
    return checker.checked()


def test_the_smallest_true_input(read):
    said = read("""\
Employee ID,Name,Work Email,Department,Division,Line Manager,Status,Last Day,FTE,Function
1,Ada Okafor,Ada@Example.org,Board,,,Active,,1,Leadership
2,"Lin, Bo",bo@example.org,Claims,Insurance,1,Terminated,2026-03-31,80%,
""")

    def record(line, kind, *ends, **said):
        return Relationship(kind, *ends, said, "hr.csv", line)

    ada, bo = ("Person", "ada@example.org"), ("Person", "bo@example.org")
    claims, insurance = ("Team", "team:claims"), ("Team", "team:insurance")
    assert without_columns(said) == [
        Node(
            *ada,
            {"name": "Ada Okafor", "status": "active", "fte": "1", "function": "leadership"},
            "hr.csv",
            2,
        ),
        Node("Team", "team:board", {"name": "Board"}, "hr.csv", 2),
        record(2, "MEMBER_OF", *ada, "Team", "team:board", fte="1"),
        Node(
            *bo,
            {"name": "Lin, Bo", "status": "left", "left_day": "2026-03-31", "fte": "0.8"},
            "hr.csv",
            3,
        ),
        Node(*claims, {"name": "Claims"}, "hr.csv", 3),
        Node(*insurance, {"name": "Insurance"}, "hr.csv", 3),
        record(3, "MEMBER_OF", *bo, *claims, fte="0.8"),
        record(3, "PART_OF", *claims, *insurance),
        record(3, "REPORTS_TO", *bo, *ada),
        Promise("Person"),
        Promise("Team"),
        Promise("MEMBER_OF"),
        Promise("Team"),
        Promise("PART_OF"),
        Promise("REPORTS_TO"),
    ]


def test_what_has_no_column_is_not_promised(read):
    assert without_columns(read("login\nada\n")) == [
        Node("Person", "ada", {}, "hr.csv", 2),
        Promise("Person"),
    ]


def test_a_division_stands_in_for_a_team_that_is_not_named(read):
    said = read("login,division\nada,Insurance\n")

    assert ties(said, "MEMBER_OF") == [("ada", "team:insurance")]
    assert ties(said, "PART_OF") == []


def test_a_team_that_is_its_own_division_is_no_part_of_itself(read):
    assert ties(read("login,team,division\nada,Claims,CLAIMS\n"), "PART_OF") == []


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        ("login,number,email", "ada,7,A@b.org", "a@b.org"),
        ("login,number,email", "ada,7,n/a", "ada"),
        ("login,number,email", ",7,", "7"),
        ("login,number,email", ",7,mailto:A@b.org", "a@b.org"),
    ],
)
def test_the_id_is_the_address_else_the_login_else_the_number(read, columns, row, expected):
    assert list(nodes(read(f"{columns}\n{row}\n"))) == [expected]


def test_what_is_not_the_id_is_kept_beside_it(read):
    [ada] = nodes(read("login,email\nada,a@b.org\n")).values()
    assert ada == {"login": "ada"}

    [ada] = nodes(read("login,email,number\n,shop@b.org,1\n,shop@b.org,1\n")).values()
    assert ada == {}


def test_an_address_that_several_persons_share_is_nobodys_id(read):
    said = read("number,email,name\n1,shop@b.org,Em\n2,shop@b.org,Fo\n3,di@b.org,Di\n")

    assert nodes(said) == {
        "1": {"name": "Em"},
        "2": {"name": "Fo"},
        "di@b.org": {"name": "Di"},
    }
    assert why(said) == [
        (
            2,
            (
                "the e-mail address 'shop@b.org' stands in the rows of several persons (lines 2,"
                " 3), so it is nobody's id and was left out. They went in under another one. If"
                " they are one person, write the same name or number."
            ),
        )
    ]


def test_a_login_that_many_share_is_told_once(read):
    rows = "".join(f"{number},shared,P{number}\n" for number in range(1, 6))
    said = read(f"number,login,name\n{rows}")

    assert nodes(said)["1"] == {"name": "P1"}
    [(line, told)] = why(said)
    assert line == 2
    assert "the login 'shared' stands in the rows of several persons (lines 2, 3, 4, …)" in told


def test_one_name_under_two_numbers_is_one_person_who_came_back(read):
    said = read("number,email,name,status\n1,em@b.org,Em Noor,Left\n2,em@b.org,em  noor,Active\n")

    assert nodes(said) == {"em@b.org": {"name": "em  noor", "status": "active"}}


def test_a_column_that_is_not_to_be_guessed(read):
    assert list(nodes(read("number,email\n7,a@b.org\n", email="-"))) == ["7"]


def test_columns_that_are_called_otherwise(read):
    said = read(
        "Kontakt,Chef,Abteilung,Vorname,Nachname\nada@b.org,,Vorstand,Ada,Okafor\n"
        "bo@b.org,Ada Okafor,Schaden,Bo,Null\n",
        email="Kontakt",
        manager="Chef",
        team="Abteilung",
        first_name="Vorname",
        last_name="Nachname",
    )

    assert nodes(said)["bo@b.org"] == {"name": "Bo Null"}
    assert ties(said, "REPORTS_TO") == [("bo@b.org", "ada@b.org")]


@pytest.mark.parametrize(
    "written",
    [
        "Ada Okafor", "okafor,  ada", "ADA@B.ORG", "mailto:ada@b.org", "7", "007", "7.0", "aok",
        "Ada Okafor (7)", "Someone (aok)", "Okafor, Ada (Board)",
    ],
)  # fmt: skip
def test_a_manager_is_named_in_many_ways(read, written):
    said = read(
        "email,number,login,first name,last name,manager\nada@b.org,07,aok,Ada,Okafor,\n"
        f'bo@b.org,8,bli,Bo,Lin,"{written}"\n'
    )

    assert ties(said, "REPORTS_TO") == [("bo@b.org", "ada@b.org")]


def test_a_login_is_one_in_capitals_and_without(read):
    assert nodes(read("login,name\nADA,Ada\nada,Ada\n")) == {"ADA": {"name": "Ada"}}


def test_nobody_is_called_nothing_and_a_message_names_only_a_few(read):
    called = "".join(f"a{each},Ada,Ada\n" for each in range(50))
    nameless = "".join(f'n{each},,","\n' for each in range(50))
    said = read(f"login,name,manager\n{called}{nameless}")

    assert ties(said, "REPORTS_TO") == []
    assert len(why(said)) == 100
    assert max(len(sentence) for _, sentence in why(said)) < 200


def test_a_name_with_a_comma_is_a_last_name_and_a_first_name(read):
    said = read('login,name,manager\nada,"Okafor, Ada",\nbo,Bo Lin,Ada Okafor\n')

    assert ties(said, "REPORTS_TO") == [("bo", "ada")]


def test_a_manager_may_be_called_by_the_first_and_last_name_beside_another(read):
    said = read(
        "login,preferred name,first name,last name,manager\n"
        'ada,Addie,Ada,Okafor,\nbo,Bo,Bo,Lin,"Okafor, Ada"\ncy,Cy,Cy,Vale,addie\n'
    )

    assert ties(said, "REPORTS_TO") == [("bo", "ada"), ("cy", "ada")]


def test_the_head_of_all_may_be_the_own_manager(read):
    assert ties(read("login,manager\nada,ada\n"), "REPORTS_TO") == []


def test_a_manager_beyond_the_table_is_an_end_that_nobody_describes_if_it_can_be_an_id(read):
    said = read("email,manager\nbo@b.org,Ada@Other.org\n")
    assert ties(said, "REPORTS_TO") == [("bo@b.org", "ada@other.org")]

    said = read("number,manager\n8,E-77\n9,Okafor\n")
    assert ties(said, "REPORTS_TO") == [("8", "E-77")]
    assert [line for line, _ in why(said)] == [3]


def test_a_manager_who_could_be_two_persons_is_not_guessed(read):
    said = read("login,name,manager\na1,Ada Ray,\na2,Ada Ray,\nbo,Bo Lin,Ada Ray\n")

    assert ties(said, "REPORTS_TO") == []
    [(line, sentence)] = why(said)
    assert line == 4
    assert sentence == (
        "the manager 'Ada Ray' could be 'a1' or 'a2'. Write the number or the address."
    )


@pytest.mark.parametrize(
    ("status", "last_day", "expected"),
    [
        ("Active - Full Time", "", {"status": "active"}),
        ("Parental leave", "", {"status": "active"}),
        ("TRUE", "", {"status": "active"}),
        ("Terminated (vol.)", "", {"status": "left"}),
        ("false", "2026-03-31", {"status": "left", "left_day": "2026-03-31"}),
        ("active", "2026-03-31", {"status": "active"}),
        ("", "2026-11-22", {"status": "left", "left_day": "2026-11-22"}),
        ("", "2026-11-23", {"status": "active"}),
        ("", "2026-03-31T00:00:00Z", {"status": "left", "left_day": "2026-03-31"}),
        ("", "31.03.2026", {"status": "left", "left_day": "2026-03-31"}),
        ("", "9999-12-31", {}),
        ("", "", {}),
        ("Sleeping", "", {"status": "active"}),
        ("Inactive (sabbatical)", "", {"status": "active"}),
    ],
)  # fmt: skip
def test_who_is_here_and_who_has_left(read, status, last_day, expected):
    said = read(
        f"login,status,last day\nada,{status},{last_day}\n",
        here=("sleeping", "inactive (sabbatical)"),
        dates=("%m/%d/%Y", "%d.%m.%Y"),
    )

    assert nodes(said) == {"ada": expected}


def test_without_a_day_it_is_today(tmp_path):
    (tmp_path / "hr.csv").write_text("login,last day\nada,2020-01-01\nbo,2190-01-01\n")

    assert nodes(HR.read(path=tmp_path / "hr.csv")) == {
        "ada": {"status": "left", "left_day": "2020-01-01"},
        "bo": {"status": "active"},
    }


def test_of_several_posts_those_that_ended_do_not_count_while_one_goes_on(read):
    said = read("""\
login,name,team,manager,status,fte
ada,Ada,Claims,bo,Left,1
ada,Ada,Risk,cy,Active,0.5
ada,Ada,Fraud,cy,Active,0.5
bo,Bo,Claims,,Left,1
bo,Bo,Risk,,Left,0.5
cy,Cy,,,Active,
""")

    assert nodes(said) == {
        "ada": {"name": "Ada", "status": "active"},
        "bo": {"name": "Bo", "status": "left"},
        "cy": {"name": "Cy", "status": "active"},
    }
    assert ties(said, "MEMBER_OF") == [
        ("ada", "team:risk"), ("ada", "team:fraud"), ("bo", "team:claims"), ("bo", "team:risk"),
    ]  # fmt: skip
    assert set(ties(said, "REPORTS_TO")) == {("ada", "cy")}


def test_a_dirty_table(read):
    said = read("""\
login,email,name,team,manager,status,last day
ada,"a@b.org; ada@c.org",Ada,Board,,Active,
bo,https://b.org/bo,Bo,TBD,n/a,Active,
,,Cy,Board,,Active,
di,,Di,Board,ghost,Suspended,
em,,Em,Board,,,31/03/2026
fo,,Fo,#REF!,Vacant,Active,2023-14-05
go,,Go,Board,di,Active,
""")

    found = checked(said)
    persons = {
        key: each.properties for key, each in found.said.items() if key.startswith('["Person"')
    }
    assert persons == {
        '["Person","di"]': {"name": "Di"},
        '["Person","em"]': {"name": "Em"},
        '["Person","fo"]': {"name": "Fo", "status": "active"},
        '["Person","go"]': {"name": "Go", "status": "active"},
    }
    assert ties(said, "REPORTS_TO") == [("go", "di")]
    assert ("di", "team:board") in ties(said, "MEMBER_OF")
    told = [(each.line, each.why) for each in found.rejected]
    assert [(line, each.partition(".")[0]) for line, each in told] == [
        (2, "'a@b"),
        (3, "'https://b"),
        (4, "nothing says who it is"),
        (5, "the status 'Suspended' does not say whether the person works here"),
        (5, "nobody in the table has 'ghost', the manager, as a name, number, login or address"),
        (6, "the last day '31/03/2026' is not written as 2026-03-31"),
        (
            7,
            (
                "the last day '2023-14-05' does not exist: there is no such month, or it has no"
                " such day"
            ),
        ),
    ]
    assert told[3][1].endswith(
        " It stands in the column 'status'. The Person goes in without status and left_day."
    )
    assert told[6][1].endswith("in the column 'last day'. The Person goes in without left_day.")
    rejected = next(each for each in found.rejected if each.line == 5)
    assert (rejected.table, rejected.row) == (
        "nodes_Person",
        {"id": "di", "entity": "Person", "name": "Di", "status": "Suspended", "left_day": ""},
    )


def test_of_two_posts_the_one_whose_status_can_be_read_tells_it(read):
    said = read("login,name,team,status\nada,Ada,Risk,Odd\nada,Ada,Fraud,Active\n")

    assert nodes(said) == {"ada": {"name": "Ada", "status": "active"}}
    assert ties(said, "MEMBER_OF") == [("ada", "team:risk"), ("ada", "team:fraud")]
    [(line, told)] = why(said)
    assert line == 2
    assert told.endswith("--gone 'Odd'. Another row says it.")


def test_an_address_of_two_persons_with_nothing_else_is_told(read):
    said = read("email,name\nshop@b.org,Em\nshop@b.org,Fo\n")

    assert nodes(said) == {}
    assert [line for line, _ in why(said)] == [2, 3]
    assert "'shop@b.org' stands for other persons, too." in why(said)[0][1]


def test_rows_that_are_cut_off_and_blank_rows(read):
    said = read("login,name\nada,Ada\n\nbo\n")

    assert list(nodes(said)) == ["ada"]
    assert [line for line, _ in why(said)] == [4]


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("Name,Team\nAda,x\n", {}, "no column of an e-mail address, a login or a personnel"),
        ("login\nada\n", {"manager": "Logim"}, "the column 'Logim' is missing. Did you mean"),
        ("login,Login\nada,a\n", {"login": "Login"}, ""),
        ("login,team,team\nada,a,b\n", {}, "two columns are called 'team'. Rename one."),
        ("login;name\nada;Ada\n", {}, "the columns are parted by ';'"),
        ("", {}, "the file is empty"),
    ],
)
def test_a_table_that_cannot_be_used(read, text, options, told):
    if not told:
        assert list(nodes(read(text, **options))) == ["a"]
        return
    with pytest.raises(SourceError) as failed:
        read(text, **options)
    assert told in str(failed.value)


def test_a_workbook(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "hr.xlsx", {"default_date_format": "dd/mm/yy"}) as book:
        book.add_worksheet("About").write_row(0, 0, ["What", "this", "is"])
        sheet = book.add_worksheet("Staff")
        sheet.write_row(0, 0, ["Staff of Example"])
        sheet.write_row(2, 0, ["Employee ID", "Name", "Manager", "Termination Date", "Active"])
        sheet.write_row(3, 0, [7, "Ada Okafor", "", "", True])
        sheet.write_row(4, 0, [8, "Bo Lin", 7, datetime(2026, 3, 31), False])  # noqa: DTZ001 -- a cell has no zone

    said = list(HR.read(path=tmp_path / "hr.xlsx"))

    assert nodes(said) == {
        "7": {"name": "Ada Okafor", "status": "active"},
        "8": {"name": "Bo Lin", "status": "left", "left_day": "2026-03-31"},
    }
    assert ties(said, "REPORTS_TO") == [("8", "7")]


def test_a_day_that_is_none(tmp_path):
    (tmp_path / "hr.csv").write_text("login\nada\n")
    with pytest.raises(UsageError, match="'soon' is no day"):
        list(HR.read(path=tmp_path / "hr.csv", today="soon"))


def test_cells_out_of_hostile_hands(read):
    long = "x" * 10_000
    said = read(
        f"login,name,team,manager,fte,status\n=cmd(),\x1b[31mred,{long},{'(' * 5000},%,{long}\n"
    )

    assert ties(said, "MEMBER_OF") == [("=cmd()", f"team:{long}")]
    told = [each.why for each in checked(said).rejected]
    assert len(told) == 4
    assert all(len(sentence) < 500 for sentence in told)


def test_who_is_no_longer_listed_has_left_though_no_setting_says_so(tmp_path, embedded_store):
    file = tmp_path / "hr.csv"
    order = Order("hr", HR, {"path": file})
    file.write_text("login,team\nada,Board\nbo,Claims\n")
    load(embedded_store, order, now=NOW)

    file.write_text("login,team\nada,Board\n")
    summary = load(embedded_store, order, now=NOW)

    assert summary.departed == 1
    held = {fact.key: fact.properties for fact in embedded_store.facts()}
    assert held[node_key("Person", "bo")] == {"status": "left", "left_day": 20780}
    assert node_key("Team", "team:claims") not in held


def test_whose_row_is_at_fault_has_not_left(tmp_path, embedded_store):
    file = tmp_path / "hr.csv"
    order = Order("hr", HR, {"path": file})
    file.write_text("email,status\nada@b.org,Active\nbo@b.org,Active\ncy@b.org,\n")
    load(embedded_store, order, now=NOW)

    file.write_text('email,status\n"ada@b.org; a@c.org",Active\nbo@b.org,Sleeping\ncy@b.org,\n')
    summary = load(embedded_store, order, now=NOW)

    assert (len(summary.rejected), summary.departed, summary.removed) == (2, 0, 0)


def test_a_setting_can_say_that_it_does_not_list_everybody(tmp_path, embedded_store):
    file = tmp_path / "hr.csv"
    order = Order("hr", HR, {"path": file}, authoritative_for=())
    file.write_text("login\nada\nbo\n")
    load(embedded_store, order, now=NOW)

    file.write_text("login\nada\n")
    summary = load(embedded_store, order, now=NOW)

    assert (summary.departed, summary.removed) == (0, 1)


def test_a_list_of_staff_is_recognised_in_a_folder(tmp_path):
    (tmp_path / "staff.csv").write_text("Work Email;Department;Line Manager\n")
    (tmp_path / "models.csv").write_text("ID,Name,Owner,Status\n")

    [found] = HR.recognise(look_round(tmp_path))

    assert (found.path.name, found.options) == ("staff.csv", {"delimiter": ";"})


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "a@b.org", "c@d.org"]),
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["Ada", "Bo", "Cy"]),
        st.sampled_from(["", "1", "Ada", "c@d.org", "ghost"]),
        st.sampled_from(["Active", "Left", ""]),
    ),
    max_size=8,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(tmp_path_factory, rows, dice):
    file = tmp_path_factory.getbasetemp() / "shuffled.csv"

    def facts(each_row):
        lines = ["email,number,name,manager,status", *map(",".join, each_row)]
        file.write_text("\n".join([*lines, ""]))
        said = list(HR.read(path=file, today="2026-11-23"))
        status = {own: each.get("status") for own, each in nodes(said).items()}
        left = sorted(each.why for each in said if type(each) is Rejected)
        return sorted(status), set(ties(said, "REPORTS_TO")), len(left)

    shuffled = list(rows)
    random.Random(dice.random()).shuffle(shuffled)
    assert facts(rows) == facts(shuffled)
