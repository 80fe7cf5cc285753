"""Where the program begins: `ownership-graph`, or `python -m ownership_graph`.

Python takes some tenths of a second to load the rest. A Ctrl-C within them ends like a later one.
"""

import gc
import sys


def main() -> None:
    """Run the command line, and exit with its code."""
    try:
        from ownership_graph import cli  # noqa: PLC0415 -- that is what takes time

        cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("ownership-graph: interrupted.\n")
        sys.exit(130)
    finally:
        gc.freeze()  # what is left ends with the process; Python would look through all of it


if __name__ == "__main__":
    main()
