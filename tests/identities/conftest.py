"""Importers made on the spot."""

import pytest

from ownership_graph.importing.importers import find_importer

IMPORTER = '''
"""Says what it is told to say."""

PROVIDES = ()

SAYS = {}


def read(*, what: str):
    yield from SAYS[what]
'''


@pytest.fixture
def telling(tmp_path):
    """An importer, and the dict of what it says."""
    folder = tmp_path / "importers"
    folder.mkdir()
    (folder / "telling.py").write_text(IMPORTER)
    importer = find_importer("telling", [folder])
    return importer, importer.function.__globals__["SAYS"]
