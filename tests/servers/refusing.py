"""What every importer keeps that asks a system: it fails by a sentence, and its token stays."""

import pytest
from servers.recorded_answers import moved

from ownership_graph.errors import SourceError


def fails(read, said, secret="s3cret"):  # noqa: S107 -- nobody's
    """That reading fails and says so, without the secret."""
    with pytest.raises(SourceError, match=said) as caught:
        read()
    assert secret not in str(caught.value)


def stays(read, target, server, elsewhere):
    """That a redirect to another place is told and not followed."""
    server.on(target, moved(f"{elsewhere.url}{target}"))
    fails(read, "it answered 302")
    assert not elsewhere.requests
