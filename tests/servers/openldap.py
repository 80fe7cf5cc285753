"""A real OpenLDAP as a child process: own folder, own free ports, TLS, gone with the tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from servers.unavailable import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20.0
"""Seconds that a start may take; less than one is usual."""

SCHEMAS = Path("/etc/ldap/schema")
BASE = "dc=example,dc=org"
PASSWORD = "secret"  # noqa: S105 -- of a server that lives as long as the tests
SCHEMA_NAMES = ("core", "cosine", "inetorgperson", "nis", "msuser")
_CONF = """\
{schemas}
modulepath {modules}
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCertificateFile {folder}/certificate.pem
TLSCertificateKeyFile {folder}/key.pem
sizelimit unlimited
database mdb
suffix "{base}"
rootdn "cn=admin,{base}"
rootpw {password}
directory {folder}/data
maxsize 33554432
limits dn.exact="cn=limited,{base}" size=5
access to dn.subtree="ou=hidden,{base}" by * none
access to attrs=userPassword by * auth
access to * by users read by * auth
"""
_OWN = """\
attributetype ( 1.3.6.1.4.1.55555.1.1 NAME 'msExchRecipientTypeDetails'
  EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.55555.1.2 NAME 'nsAccountLock'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.55555.1.3 NAME 'pwdAccountLockedTime'
  EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.55555.2.1 NAME 'more' SUP top AUXILIARY
  MAY ( msExchRecipientTypeDetails $ nsAccountLock $ pwdAccountLockedTime $ department
  $ userAccountControl $ sAMAccountName $ primaryGroupID ) )
"""


@dataclass(frozen=True, slots=True)
class OpenLdap:
    """A server that runs: its addresses, and the certificate that vouches for them."""

    ldap: str
    ldaps: str
    authority: Path
    base: str = BASE
    admin: str = f"cn=admin,{BASE}"
    password: str = PASSWORD


@contextmanager
def running_openldap(
    folder: Path, ldif: Path, schemas: tuple[str, ...] = SCHEMA_NAMES
) -> Iterator[OpenLdap]:
    """A server with the entries of that file; it knows no classes but those of the schemas.

    Raises:
        Unavailable: this machine has no OpenLDAP.
    """
    slapd = shutil.which("slapd") or shutil.which("slapd", path="/usr/sbin")
    modules = next((each for each in map(Path, ("/usr/lib/ldap", "/usr/lib64/openldap"))
                    if each.is_dir()), None)  # fmt: skip
    if not (slapd and modules and (SCHEMAS / "msuser.schema").exists()):
        raise Unavailable("there is no OpenLDAP (slapd of Debian)")
    _prepare(folder, modules, schemas)
    conf = str(folder / "slapd.conf")
    add = [str(Path(slapd).with_name("slapadd")), "-q", "-f", conf, "-l", str(ldif)]
    subprocess.run(add, check=True, capture_output=True)
    plain, secure = _free_port(), _free_port()
    urls = f"ldap://127.0.0.1:{plain} ldaps://127.0.0.1:{secure}"
    with (folder / "slapd.log").open("w") as log:
        server = subprocess.Popen(
            [slapd, "-f", conf, "-h", urls, "-d", "0"], stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait(server, secure, folder)
        yield OpenLdap(*urls.split(), folder / "certificate.pem")
    finally:
        server.terminate()
        server.wait(PATIENCE)


def certificate(folder: Path, name: str = "localhost", other: str = "IP:127.0.0.1") -> Path:
    """A certificate that vouches for itself, with its key beside it."""
    made = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2",
        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name},{other}",
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem"),
    ]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    return folder / "certificate.pem"


def _prepare(folder: Path, modules: Path, names: tuple[str, ...]) -> None:
    (folder / "data").mkdir()
    (folder / "own.schema").write_text(_OWN)
    certificate(folder)
    own = [folder / "own.schema"] if names == SCHEMA_NAMES else []
    files = [*(SCHEMAS / f"{each}.schema" for each in names), *own]
    conf = _CONF.format(
        schemas="\n".join(f"include {each}" for each in files),
        folder=folder,
        modules=modules,
        base=BASE,
        password=PASSWORD,
    )
    (folder / "slapd.conf").write_text(conf)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"slapd did not start: {(folder / 'slapd.log').read_text()[-2000:]}")
