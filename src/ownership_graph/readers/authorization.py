"""What a request to a system says of who asks: a token, or a name and a password."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ownership_graph.secret import Secret


def authorization(token: Secret | None, user: str = "") -> str:
    """The value of the header `Authorization`; blank where there is no token, or a blank one.

    With a user the token is the password (Basic), else it stands alone (Bearer).

    >>> from ownership_graph.secret import Secret
    >>> authorization(Secret(itself="t0ken")), authorization(Secret(itself="pw"), "jo")
    ('Bearer t0ken', 'Basic am86cHc=')
    >>> authorization(None), authorization(Secret(itself=" "))
    ('', '')
    """
    if token is None:
        return ""
    secret = token.reveal().strip()
    if not user:
        return f"Bearer {secret}" if secret else ""
    return f"Basic {b64encode(f'{user}:{secret}'.encode()).decode()}"
