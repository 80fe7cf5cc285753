"""A line for crontab: silent while all is well, the end of the log by mail when not."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.scheduling.calendar import refuse_extensions

if TYPE_CHECKING:
    from ownership_graph.scheduling.job import Job

LONGEST = 998
"""Characters of the longest command that Debian's cron takes."""
SHOWN = 12
"""Lines of the log in the mail."""


def files(job: Job) -> dict[str, str]:
    """The crontab's lines."""
    refuse_extensions(job.times, "cron")
    log = quote(str(job.folder / "ownership-graph.log"))
    program = " ".join(map(quote, (str(job.program), *job.arguments())))
    secrets = f"set -a && . {quote(str(job.env_file))} && set +a && " if job.variables else ""
    command = (
        f"{{ cd {quote(str(job.folder))} && {secrets}{program}; }} >>{log} 2>&1"
        f" || tail -n {SHOWN} {log}"
    ).replace("%", r"\%")  # which would be a line break
    if len(command) > LONGEST:
        raise UsageError(
            f"making a schedule for cron: the command is {len(command)} characters long, and cron"
            f" takes {LONGEST}. Use shorter paths, or the scheduler systemd."
        )
    return {"ownership-graph.cron": "\n".join([*_told(job), f"{job.times.text} {command}", ""])}


def _told(job: Job) -> list[str]:
    told = [
        f"# ownership-graph: {job.times.told()}, by this machine's clock.",
        "# Add it to the others:  (crontab -l; cat THIS-FILE) | crontab -",
        "# A run that fails is mailed to MAILTO: the last lines of the log.",
    ]
    if job.variables:
        told.append(f"# {job.env_file}, readable by its owner alone, holds lines NAME=value for:")
        told += [f"#   {name}" for name in job.variables]
    return told
