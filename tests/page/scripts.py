"""The scripts of the page as files: those of `script`, and those of the widgets."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

PAGE = Path(str(files("ownership_graph") / "page"))
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def scripts_in(folder):
    """All scripts, in the order in which they run, as files of a folder."""
    own = [Path(shutil.copy(each, folder)) for each in sorted((PAGE / "script").glob("*.js"))]
    of_widgets = []
    for widget in sorted((PAGE / "widgets").glob("*.html")):
        of_widgets.append(folder / f"{widget.name}.js")
        of_widgets[-1].write_text(script_alone(widget), encoding="utf-8")
    return [*own[:-1], *of_widgets, own[-1]]


def script_alone(widget):
    """The script of a widget, on the lines on which it stands there."""
    text = widget.read_text(encoding="utf-8")
    (script,) = SCRIPT.finditer(text)
    return "\n" * text.count("\n", 0, script.start(1)) + script[1]
