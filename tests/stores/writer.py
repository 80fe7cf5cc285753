"""A process that writes to an embedded store until it is killed: `writer.py FILE [hold]`.

It applies plan after plan, and prints the sequence number of each one that was acknowledged.
With `hold` it takes the lock, says so, and waits.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from stores.plans import node, plan_of, run_of, tie

from ownership_graph.stores import open_store

SIZE = 2_000


def plan_number(seq):
    """A plan that adds one team with its models, and takes away those of the one before."""
    team = ("Team", f"t{seq}")
    models = [("Model", f"m{seq}-{count}") for count in range(SIZE)]
    facts = [node(*team, run=seq)]
    facts += [node(*model, run=seq) for model in models]
    facts += [tie("OWNS", team, model, "risk", run=seq, role="risk") for model in models]
    before = plan_number(seq - 1).create if seq > 1 else ()
    return plan_of(seq, *facts, remove=[fact.key for fact in before])


def main(address, *hold):
    with open_store(address) as store, store.lock():
        if hold:
            print("held", flush=True)  # noqa: T201 -- the test reads it
            sys.stdin.read()
            return
        done = max((run.seq for run in store.runs()), default=0)
        for seq in range(done + 1, done + 1_000):
            store.apply(plan_number(seq))
            store.record(run_of(seq, state="done", rows_read=SIZE))
            print(seq, flush=True)  # noqa: T201 -- the same


if __name__ == "__main__":
    main(*sys.argv[1:])
