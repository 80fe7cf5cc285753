"""A service and a timer for systemd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.scheduling.calendar import calendar_lines
from ownership_graph.scheduling.job import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.scheduling.job import Job

_PLAIN = re.compile(r"[\w/.+=:,@-]+").fullmatch


def files(job: Job) -> dict[str, str]:
    """The two units."""
    return {
        f"{NAME}.service": "\n".join([*_service(job), ""]),
        f"{NAME}.timer": "\n".join([*_timer(job), ""]),
    }


def _service(job: Job) -> Iterator[str]:
    yield f"""\
# Put both units into /etc/systemd/system/, then:
#   systemctl daemon-reload && systemctl enable --now {NAME}.timer
# Last night:  journalctl -u {NAME}.service --since yesterday"""
    if job.variables:
        yield f"# {job.env_file}, readable by root alone, holds lines NAME=value for:"
        yield from (f"#   {name}" for name in job.variables)
    yield f"""\
[Unit]
Description=ownership-graph: imports, findings and page
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={job.user}
WorkingDirectory={_escaped(job.folder)}
ExecStart={_command(job)}"""
    if job.variables:
        yield f"EnvironmentFile={_escaped(job.env_file)}"
    yield """\
TimeoutStartSec=6h
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=full"""


def _timer(job: Job) -> Iterator[str]:
    yield f"""\
[Unit]
Description=ownership-graph: {_escaped(job.times.told())} ({job.times.zone})

[Timer]"""
    yield from (f"OnCalendar={line}" for line in calendar_lines(job.times))
    yield """\
Persistent=yes

[Install]
WantedBy=timers.target"""


def _escaped(value: Path | str) -> str:
    """A value that is a whole line; `%` begins a specifier there."""
    return str(value).replace("%", "%%")


def _command(job: Job) -> str:
    """The command line; a program whose path systemd refuses is started by `env`."""
    program = str(job.program)
    return " ".join(
        [
            *([] if _PLAIN(program) else ["/usr/bin/env"]),
            *map(_quoted, (program, *job.arguments())),
        ]
    )


def _quoted(word: str) -> str:
    """One word of a command line."""
    escaped = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return word if _PLAIN(word) else f'"{escaped}"'
