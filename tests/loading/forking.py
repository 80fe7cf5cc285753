"""A process that imports when it is told to, each time in a child that it may kill.

`forking.py` reads a first line, `{"user", "password"}` as JSON, and then a line for each
import: `{"address", "folder", "at_once", "killed_after"}`, the last in seconds, or null. It
prints how the child ended. Forking costs a thousandth of starting Python anew.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import kglite
import neo4j  # loaded before the first fork, as is kglite

from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.stores import Credentials, open_store
from ownership_graph.stores.neo4j import Neo4jStore

BEAT = 0.1
LOADED = kglite, neo4j


def opened(address, user, password, at_once):
    """The store, where a writer on a server is missed soon, and writes in many transactions."""
    if "://" not in address:
        return open_store(address)
    return Neo4jStore(address, Credentials(user, password), beat=BEAT, at_once=at_once)


def import_folder(store, folder, *, source="hr", now=None):
    order = Order(source, find_importer("tables"), {"path": Path(folder)})
    return load(store, order, now=now or datetime.now(UTC), allow_removals=True, wait=30)


def main():
    who = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if not child:
            with opened(told["address"], who["user"], who["password"], told["at_once"]) as store:
                import_folder(store, told["folder"])
            os._exit(0)
        if told["killed_after"] is not None:
            time.sleep(told["killed_after"])
            os.kill(
                child, signal.SIGKILL
            )  # one that has ended waits for us, its number is its own
        print(os.waitpid(child, 0)[1], flush=True)  # noqa: T201 -- the test reads it


if __name__ == "__main__":
    main()
