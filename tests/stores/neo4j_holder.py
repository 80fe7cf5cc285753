"""A process that holds the lock of a Neo4j store until it is killed: `neo4j_holder.py URI BEAT`.

User and password come as two lines on standard input, so that no list of processes shows them.
"""

from __future__ import annotations

import sys
import time

from ownership_graph.stores import Credentials
from ownership_graph.stores.neo4j import Neo4jStore


def main(uri, beat):
    user, password = sys.stdin.readline().strip(), sys.stdin.readline().strip()
    with Neo4jStore(uri, Credentials(user, password), beat=float(beat)) as store, store.lock():
        print("held", flush=True)  # noqa: T201 -- the test reads it
        time.sleep(600)


if __name__ == "__main__":
    main(*sys.argv[1:])
