"""Which tests go to one process, where several share them: `-n 2 --dist loadgroup`."""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling

_SERVER = re.compile(r"[\[-](neo4j(?:-2026)?)(?=[\]-])")
_SPREAD = "test_killed.py"
"""What takes long and shares nothing."""


class ByServer(LoadScopeScheduling):
    """All tests of a server to one process, which starts it once; all others by file.

    A server plans each query once, and planning is most of what the tests on it cost.
    """

    def _split_scope(self, nodeid):
        server = _SERVER.search(nodeid)
        if server:
            return server[1]
        file = nodeid.partition("::")[0]
        return nodeid if file.endswith(_SPREAD) else file
