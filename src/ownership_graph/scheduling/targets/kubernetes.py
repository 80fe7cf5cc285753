"""A CronJob for Kubernetes."""

from __future__ import annotations

import json
import re
from shlex import quote
from typing import TYPE_CHECKING

from ownership_graph.scheduling.calendar import refuse_extensions
from ownership_graph.scheduling.job import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from ownership_graph.scheduling.job import Job

_LONGEST_NAME = 63
FOLDER = "/data"
"""Where the volume is, so that paths in the settings are meant from there."""


def files(job: Job) -> dict[str, str]:
    """The manifest."""
    refuse_extensions(job.times, "kubernetes")
    return {f"{NAME}.yaml": "\n".join([*_told(job), *_lines(job), ""])}


def _told(job: Job) -> Iterator[str]:
    yield f"# {job.times.told()} ({job.times.zone}). Before `kubectl apply -f` this file needs:"
    yield f"# * the volume claim {NAME}, with what the settings name by relative paths"
    if job.settings:
        file = quote(f"{NAME}.toml={job.settings}")
        yield f"# * kubectl create configmap {NAME} --from-file={file}"
    if job.variables:
        yield f"# * kubectl create secret generic {NAME} --from-env-file=FILE, whose lines"
        yield f"#   NAME=value are for {', '.join(job.variables)}"
    for path in job.secret_files:
        told = quote(f"{path.name}={path}")
        yield f"# * kubectl create secret generic {_secret_name(path)} --from-file={told}"


def _lines(job: Job) -> Iterator[str]:
    inside = f"{FOLDER}/{NAME}.toml"
    arguments = job.arguments()
    if job.settings:
        arguments = tuple(inside if each == str(job.settings) else each for each in arguments)
    yield f"""\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {NAME}
spec:
  schedule: {_text(job.times.text)}
  timeZone: {_text("Etc/UTC" if job.times.zone == "UTC" else job.times.zone)}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 3600
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 0
      activeDeadlineSeconds: 21600
      template:
        spec:
          restartPolicy: Never
          automountServiceAccountToken: false
          securityContext:
            runAsNonRoot: true
            runAsUser: 10001
            runAsGroup: 10001
            fsGroup: 10001
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: {NAME}
              image: {_text(job.image)}
              workingDir: {FOLDER}
              args: {json.dumps(["--log-format", "json", *arguments])}"""
    if job.variables:
        yield f"""\
              envFrom:
                - secretRef:
                    name: {NAME}"""
    yield """\
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop: ["ALL"]
              resources:
                requests:
                  cpu: 100m
                  memory: 256Mi
                limits:
                  memory: 2Gi
              volumeMounts:
                - name: data
                  mountPath: /data
                - name: tmp
                  mountPath: /tmp"""
    yield from _mounts(job, inside)
    yield f"""\
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: {NAME}
            - name: tmp
              emptyDir: {{}}"""
    yield from _volumes(job)


def _mounts(job: Job, inside: str) -> Iterator[str]:
    if job.settings:
        yield from _mount("settings", inside, f"{NAME}.toml")
    for path in job.secret_files:
        yield from _mount(_secret_name(path), str(path), path.name)


def _mount(name: str, where: str, key: str) -> Iterator[str]:
    yield f"""\
                - name: {name}
                  mountPath: {_text(where)}
                  subPath: {_text(key)}
                  readOnly: true"""


def _volumes(job: Job) -> Iterator[str]:
    if job.settings:
        yield f"""\
            - name: settings
              configMap:
                name: {NAME}"""
    for path in job.secret_files:
        name = _secret_name(path)
        yield f"""\
            - name: {name}
              secret:
                secretName: {name}
                defaultMode: 0440"""


def _secret_name(path: PurePath) -> str:
    """A name that Kubernetes takes, for the secret that holds a file."""
    plain = re.sub(r"[^a-z0-9]+", "-", str(path).lower()).strip("-")
    return f"{NAME}-{plain}"[:_LONGEST_NAME].strip("-")


def _text(value: str) -> str:
    """A text in YAML, which takes JSON's."""
    return json.dumps(value)
