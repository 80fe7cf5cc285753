"""A service for Docker Compose, which keeps running and needs no cron."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ownership_graph.scheduling.job import NAME, WAIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.scheduling.job import Job

FOLDER = "/data"
HEALTH = "/tmp/health.json"  # noqa: S108 -- a tmpfs of the container, where the image looks


def files(job: Job) -> dict[str, str]:
    """The compose file."""
    return {"compose.yaml": "\n".join([*_told(job), *_lines(job), ""])}


def _told(job: Job) -> Iterator[str]:
    yield f"# {job.times.told()} ({job.times.zone}). Start it:  docker compose -p {NAME} up -d"
    yield f"# Build the image {job.image} with docker/Dockerfile of the project."
    yield f"# {job.folder} must be writable by the user 10001."
    if job.variables:
        yield f"# {job.env_file}, readable by its owner alone, holds lines NAME=value for:"
        yield from (f"#   {name}" for name in job.variables)


def _lines(job: Job) -> Iterator[str]:
    settings = ["--settings", f"{FOLDER}/{NAME}.toml"] if job.settings else []
    every = ["--every", job.times.text, "--timezone", job.times.zone]
    command = ["--log-format", "json", "run", *settings, *every, "--wait", WAIT]
    command += ["--health", HEALTH]
    yield f"""\
services:
  {NAME}:
    image: {_text(job.image)}
    restart: unless-stopped
    command: {_text(command)}
    user: "10001:10001"
    read_only: true
    cap_drop: ["ALL"]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 2g
    tmpfs: ["/tmp"]
    working_dir: {FOLDER}"""
    if job.variables:
        yield f"    env_file: [{_text(str(job.env_file))}]"
    yield "    volumes:"
    yield from _bind(job.folder, FOLDER)
    if job.settings:
        yield from _bind(job.settings, f"{FOLDER}/{NAME}.toml", read_only=True)
    for path in job.secret_files:
        yield from _bind(path, str(path), read_only=True)


def _bind(source: Path, target: str, *, read_only: bool = False) -> Iterator[str]:
    yield "      - type: bind"
    yield f"        source: {_text(str(source))}"
    yield f"        target: {_text(target)}"
    if read_only:
        yield "        read_only: true"


def _text(value: object) -> str:
    """A text or a list in YAML, which takes JSON's; Compose fills in what begins with `$`."""
    return json.dumps(value).replace("$", "$$")
