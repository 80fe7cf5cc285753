"""What is printed for each scheduler is read by the scheduler's own tool, whatever the paths."""

from __future__ import annotations

import json
import re
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from ownership_graph.errors import UsageError
from ownership_graph.scheduling.job import Job, needed
from ownership_graph.scheduling.targets import find_target, names
from ownership_graph.scheduling.times import times

CRON_JOB = json.loads(Path(__file__).with_name("cronjob.schema.json").read_text(encoding="utf-8"))
ODD = 'it\'s 100% "$HOME" a:b ünd \\ #1'


@pytest.fixture(params=["plain", ODD], ids=["plain", "odd"])
def job(request, tmp_path):
    """A job whose program tells what it was started with."""
    folder = tmp_path / request.param
    folder.mkdir()
    program = folder / "ownership-graph"
    program.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$(pwd)" "$PW" "$@" >"$TOLD"\n'
        'i=0; while [ $i -lt 30 ]; do echo "line $i" >&2; i=$((i + 1)); done; exit ${END:-0}\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    env_file = folder / "env"
    env_file.write_text("PW=hunter2\n", encoding="utf-8")
    return Job(
        program=program,
        folder=folder,
        settings=folder / "ownership-graph.toml",
        times=times("0 6 * * 1-5"),
        user="root",
        env_file=env_file,
        variables=("PW",),
        secret_files=(folder / "neo4j password",),
        image="registry.example.org/ownership-graph:1",
    )


def text(job, name):
    [found] = find_target(name).files(job).values()
    return found


def bare(job):
    """The same without settings or secrets."""
    return replace(job, settings=None, variables=(), secret_files=())


def test_every_scheduler_is_found_by_its_name():
    assert names() == ("compose", "cron", "kubernetes", "systemd")
    with pytest.raises(UsageError, match="Did you mean 'systemd'"):
        find_target("systemmd")


def test_no_value_of_a_variable_is_ever_printed(job):
    for name in names():
        for told in find_target(name).files(job).values():
            assert "hunter2" not in told


def test_crontab_takes_the_line(job, tool, tmp_path):
    for each in (job, bare(job)):
        file = tmp_path / "crontab"
        file.write_text(text(each, "cron"), encoding="utf-8")
        usage = tool("crontab", "-h", check=False).stderr
        tool("crontab", "-T" if "-T" in usage else "-n", file)


def as_cron_would(job, tmp_path, **env):
    line = text(job, "cron").splitlines()[-1]
    command = re.sub(r"(?<!\\)%.*", "", line.removeprefix("0 6 * * 1-5 ")).replace(r"\%", "%")
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"PATH": "/usr/bin:/bin", "HOME": "/", "TOLD": str(tmp_path / "told"), **env},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    return done, (tmp_path / "told").read_text(encoding="utf-8").splitlines()


def test_cron_is_silent_while_all_is_well(job, tmp_path):
    done, told = as_cron_would(job, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert told == [
        str(job.folder), "hunter2", "run", "--settings", str(job.settings), "--wait", "600",
    ]  # fmt: skip
    assert (job.folder / "ownership-graph.log").read_text(encoding="utf-8").count("line") == 30


def test_cron_mails_the_end_of_the_log_when_a_run_fails(job, tmp_path):
    done, _ = as_cron_would(job, tmp_path, END="4")
    assert done.stdout.splitlines() == [f"line {number}" for number in range(18, 30)]


def test_a_command_that_cron_would_cut_is_refused(job):
    with pytest.raises(UsageError, match="cron takes 998"):
        text(replace(job, folder=Path("/" + "x" * 400)), "cron")


def test_systemd_takes_the_units(job, tool, tmp_path):
    for each in (job, bare(job)):
        for name, told in find_target("systemd").files(each).items():
            (tmp_path / name).write_text(told, encoding="utf-8")
        said = tool("systemd-analyze", "verify", tmp_path / "ownership-graph.timer")
        assert said.stderr == ""


def test_systemd_would_start_just_that(job):
    service = find_target("systemd").files(job)["ownership-graph.service"]
    [line] = re.findall(r"^ExecStart=(.*)$", service, re.MULTILINE)
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)
    plain = [
        re.sub(r"\\(.)", r"\1", quoted or bare_word).replace("%%", "%").replace("$$", "$")
        for quoted, bare_word in words
    ]
    assert plain[plain[0] == "/usr/bin/env" :] == [str(job.program), *job.arguments()]
    for setting in ("WorkingDirectory", "EnvironmentFile"):
        [value] = re.findall(rf"^{setting}=(.*)$", service, re.MULTILINE)
        assert "%" not in value.replace("%%", "")


def test_compose_takes_the_file(job, tool, tmp_path):
    file = tmp_path / "compose.yaml"
    file.write_text(text(job, "compose"), encoding="utf-8")
    shown = tool("docker-compose", "-p", "x", "-f", file, "config").stdout
    service = yaml.safe_load(shown.replace("$$", "$"))["services"]["ownership-graph"]
    assert service["command"] == [
        "--log-format", "json", "run", "--settings", "/data/ownership-graph.toml",
        "--every", "0 6 * * 1-5", "--timezone", "UTC", "--wait", "600",
        "--health", "/tmp/health.json",  # noqa: S108 -- the container's tmpfs
    ]  # fmt: skip
    assert service["environment"] == {"PW": "hunter2"}  # which compose reads, not we
    assert [(each["source"], each["target"]) for each in service["volumes"]] == [
        (str(job.folder), "/data"),
        (str(job.settings), "/data/ownership-graph.toml"),
        (str(job.folder / "neo4j password"), str(job.folder / "neo4j password")),
    ]
    assert service["read_only"]
    assert service["user"] == "10001:10001"
    file.write_text(text(bare(job), "compose"), encoding="utf-8")
    tool("docker-compose", "-p", "x", "-f", file, "config")


def test_kubernetes_takes_the_manifest(job):
    for each in (job, bare(job)):
        found = yaml.safe_load(text(each, "kubernetes"))
        jsonschema_rs.validate(CRON_JOB, found)
    found = yaml.safe_load(text(job, "kubernetes"))
    assert found["spec"]["schedule"] == "0 6 * * 1-5"
    pod = found["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    assert container["args"] == [
        "--log-format", "json", "run", "--settings", "/data/ownership-graph.toml", "--wait", "600",
    ]  # fmt: skip
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["envFrom"] == [{"secretRef": {"name": "ownership-graph"}}]
    mounted = {each["name"] for each in container["volumeMounts"]}
    assert mounted == {each["name"] for each in pod["volumes"]}
    for volume in pod["volumes"]:
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", volume["name"])


def test_the_schema_would_find_a_mistake(job):
    found = yaml.safe_load(text(job, "kubernetes").replace("concurrencyPolicy", "concurency"))
    with pytest.raises(jsonschema_rs.ValidationError, match="concurency"):
        jsonschema_rs.validate(CRON_JOB, found)


def test_a_zone_is_told_to_kubernetes(job):
    found = replace(job, times=times("@daily", "Europe/Berlin"))
    assert yaml.safe_load(text(found, "kubernetes"))["spec"]["timeZone"] == "Europe/Berlin"
    assert yaml.safe_load(text(job, "kubernetes"))["spec"]["timeZone"] == "Etc/UTC"


def test_a_line_break_in_a_path_is_refused(job):
    with pytest.raises(UsageError, match="no scheduler takes"):
        replace(job, folder=Path("/a\nb"))


def test_what_the_settings_need_is_found_anywhere_in_them():
    said = {
        "store": {"password": "env:PW", "address": "neo4j://host"},
        "source": [
            {"token": "file:/run/secrets/token", "url": "file://host/x"},
            {"key": "env:KEY"},
        ],
        "precedence": ("manual", "file:near", "file:~/pw"),
        "numbers": 3,
    }
    names = ["OWNERSHIP_GRAPH__STORE__USER", "PATH"]
    variables, files = needed(said, names, Path("/srv"))
    assert variables == {"PW", "KEY", "OWNERSHIP_GRAPH__STORE__USER"}
    assert files == {Path("/run/secrets/token"), Path("/srv/near"), Path("~/pw").expanduser()}
