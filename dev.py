"""Set up and run this checkout: `python3 dev.py demo`, `python3 dev.py test`, and more.

Needs Python 3.11 or newer with pip, and nothing else: everything is installed into `.venv`
beside this file, never into the system's Python. Running it again costs nothing where
nothing changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed"
LOCK = HERE / "requirements.lock"
LOCKED = bool(os.environ.get("OWNERSHIP_GRAPH_LOCKED"))
NODE_CHECKS = {
    "Neo4j's checker for Cypher": HERE / "tests" / "cypher",
    "TypeScript's checker, ESLint and axe-core for the page": HERE / "tests" / "page" / "types",
}

HELP = """usage: python3 dev.py COMMAND [ARGUMENTS]

  demo    set everything up, then: sample organisation, findings, page
  test    set everything up, then: the tests (arguments go to pytest)
  check   set everything up, then: formatting, lint, types, layers, dependencies
  bench   set everything up, then: a benchmark of benchmarks/ by its name
  build   set everything up, then: the wheel and the source archive, into dist/
  docs    set everything up, then: write the generated reference pages again
  proof   set everything up, then: measure the accuracy of each rule again (some minutes)
  lock    write requirements.lock from what is installed
"""


def run(*command: str | Path, quiet: bool = False) -> int:
    """Run a command in this folder; its output is kept back, and shown only if it fails."""
    if not quiet:
        return subprocess.run([str(part) for part in command], cwd=HERE, check=False).returncode
    done = subprocess.run(
        [str(part) for part in command],
        cwd=HERE,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode


def must(*command: str | Path, doing: str) -> None:
    """Run a command quietly; where it fails, say what was being done, and end."""
    if run(*command, quiet=True):
        sys.exit(f"dev.py: {doing} failed; the reason stands above.")


def make_venv() -> None:
    """Make `.venv`, also where the system's Python comes without `ensurepip` (Debian)."""
    print("Setting up .venv ...", flush=True)
    if importlib.util.find_spec("ensurepip"):
        must(sys.executable, "-m", "venv", "--clear", VENV, doing="making .venv")
        return
    must(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV, doing="making .venv")
    must(
        sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", "pip",
        doing="installing pip into .venv",
    )  # fmt: skip


def set_up(*groups: str) -> None:
    """Install the package and the dependency groups, unless that was done for this very state."""
    wanted = hashlib.sha256(
        b"\n".join([(HERE / "pyproject.toml").read_bytes(), LOCK.read_bytes(), bytes(LOCKED)])
    ).hexdigest()
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    if done[:1] == [wanted] and set(groups) <= set(done[1:]):
        return
    if not PYTHON.exists():
        make_venv()
    needs = "".join(f", and what '{group}' needs" for group in groups)
    print(f"Installing the package{needs} (once, a minute or so) ...", flush=True)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    must(*pip, "--upgrade", "pip>=25.1", doing="bringing pip up to date")
    held: list[str | Path] = ["-c", LOCK] if LOCKED else []
    asked = [part for group in groups for part in ("--group", group)]
    must(*pip, *held, "-e", ".", *asked, doing="installing")
    kept = set(done[1:]) if done[:1] == [wanted] else set()
    STAMP.write_text(" ".join([wanted, *sorted(kept | set(groups))]), encoding="utf-8")


def demo(arguments: list[str]) -> int:
    """The main job in one go."""
    set_up()
    return run(BIN / "ownership-graph", "demo", *arguments)


def test(arguments: list[str]) -> int:
    """The tests; what this machine lacks (Neo4j, browser, node, data) is skipped with a reason."""
    set_up("test")
    npm = shutil.which("npm")
    for name, folder in NODE_CHECKS.items():
        if npm and not is_installed(folder):
            print(f"Installing {name} ...", flush=True)
            run(npm, "ci", "--silent", "--no-audit", "--no-fund", "--prefix", folder, quiet=True)
    return run(PYTHON, "-m", "pytest", *arguments)


def is_installed(folder: Path) -> bool:
    """Whether what the folder's lock file names was installed since it changed."""
    installed = folder / "node_modules" / ".package-lock.json"
    wanted = (folder / "package-lock.json").stat().st_mtime
    return installed.is_file() and installed.stat().st_mtime >= wanted


def check(_: list[str]) -> int:
    """Formatting, lint, types, layers, dependencies: all of them, then the worst answer."""
    set_up("test", "check")
    commands = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy", "src", "importers", "benchmarks", "docs", "dev.py"),
        ("lint-imports",),
        ("deptry", "src", "importers"),
    )
    return max(run(BIN / name, *rest) for name, *rest in commands)


def bench(arguments: list[str]) -> int:
    """A benchmark by its name, or the list of them."""
    set_up("test")
    names = sorted(each.stem for each in (HERE / "benchmarks").glob("*.py"))
    if not arguments or arguments[0] not in names:
        print(f"usage: python3 dev.py bench NAME\n\nNAME is one of {', '.join(names)}")
        return 2
    return run(PYTHON, HERE / "benchmarks" / f"{arguments[0]}.py", *arguments[1:])


def build(_: list[str]) -> int:
    """The wheel and the source archive."""
    set_up("check")
    return run(PYTHON, "-m", "build", "--outdir", HERE / "dist")


def docs(_: list[str]) -> int:
    """The reference pages that are made from the code and the queries."""
    set_up()
    return run(PYTHON, HERE / "docs" / "generate.py")


def proof(arguments: list[str]) -> int:
    """The page on accuracy, measured again; with a number, up to that size and only printed."""
    set_up("test")
    return run(PYTHON, HERE / "docs" / "accuracy.py", *arguments)


def lock(_: list[str]) -> int:
    """The versions that are installed now, for continuous integration."""
    set_up("test", "check")
    frozen = subprocess.run(
        [str(PYTHON), "-m", "pip", "freeze", "--exclude-editable"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    LOCK.write_text(frozen.stdout, encoding="utf-8")
    return 0


def main(arguments: list[str]) -> int:
    """Run the named command."""
    commands = {
        each.__name__: each for each in (demo, test, check, bench, build, docs, proof, lock)
    }
    if not arguments or arguments[0] not in commands:
        print(HELP)
        return 2
    return commands[arguments[0]](arguments[1:])


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 -- it runs before anything checked the version
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit(f"dev.py: ownership-graph needs Python 3.11 or newer; this is {found}.")
    sys.exit(main(sys.argv[1:]))
