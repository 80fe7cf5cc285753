"""Tables in two versions, and a process that imports them and may be killed meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from loading.forking import opened
from msgspec.structs import replace

from ownership_graph.stores.neo4j import AT_ONCE

COUNT = 60
MANY_TRANSACTIONS = 1


def write_tables(folder, version, *, count=COUNT):
    """Teams, models and owners; about a third of them differ from version to version.

    The second version denies some of the teams of `write_others`.
    """
    folder.mkdir()
    tables = {
        "nodes_Team.csv": ["id,name,quorum,absent"],
        "nodes_Model.csv": ["id,name,risk_tier"],
        "nodes_Person.csv": ["id,name"],
        "rels_OWNS.csv": ["from_label,from,to_label,to,role,confidence"],
        "rels_MEMBER_OF.csv": ["from_label,from,to_label,to"],
    }
    for each in range(count):
        own = f"{each}-{version}" if each % 3 == 0 else str(each)
        changed = f"{version}" if each % 3 == 1 else "same"
        tables["nodes_Team.csv"].append(f"t{each},Team {changed},{1 + version},")
        tables["nodes_Model.csv"].append(f"m{own},Model {changed},2")
        tables["nodes_Person.csv"].append(f"p{own},Person {each}")
        tables["rels_OWNS.csv"].append(f"Team,t{each},Model,m{own},accountable,0.{version + 1}")
        tables["rels_OWNS.csv"].append(f"Team,t{each},Model,undescribed-{own},risk,")
        tables["rels_MEMBER_OF.csv"].append(f"Person,p{own},Team,t{each}")
    if version:
        denied = [f"other{each},,,yes" for each in range(0, COUNT, 2)]
        tables["nodes_Team.csv"].extend(denied)
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n")
    return folder


def write_others(folder):
    """A source that speaks of some of the same facts."""
    folder.mkdir()
    teams = [f"t{each},Other {each}" for each in range(0, COUNT, 4)]
    teams += [f"other{each},Another {each}" for each in range(COUNT)]
    owners = [f"Team,other{each},Model,m{each}" for each in range(COUNT)]
    (folder / "rels_OWNS.csv").write_text("\n".join(["from_label,from,to_label,to", *owners]))
    models = [f"m{each},Seen elsewhere" for each in range(0, COUNT, 5)]
    (folder / "nodes_Team.csv").write_text("\n".join(["id,name", *teams]) + "\n")
    (folder / "nodes_Model.csv").write_text("\n".join(["id,name", *models]) + "\n")
    return folder


def without_runs(facts):
    """The facts by key, without what tells of runs and days."""
    return {fact.key: replace(fact, added_run=0, run=0, first_seen_day=0) for fact in facts}


class Imports:
    """A process that imports in children of its own."""

    def __init__(self, process, place):
        self._process, self._place = process, place

    @property
    def address(self):
        return self._place.address

    def bring(self, folder, *, killed_after=None):
        """Import a folder; 0 where that went well, or the signal that killed it."""
        told = {
            "address": self.address,
            "folder": str(folder),
            "at_once": MANY_TRANSACTIONS,
            "killed_after": killed_after,
        }
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def opened(self):
        """The same store, in this process."""
        who = self._place.who
        return opened(self.address, who["user"], who["password"], AT_ONCE)


@contextmanager
def started(place):
    tests = Path(__file__).resolve().parents[1]
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("forking.py")],
        env={**os.environ, "PYTHONPATH": str(tests), "COVERAGE_PROCESS_CONFIG": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdin.write(json.dumps(place.who) + "\n")
        yield Imports(process, place)
        process.stdin.close()
