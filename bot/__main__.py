"""The way in: ``whosaid`` and ``python -m bot``. Ctrl-C at any moment ends in one sentence."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run one command of the command line; return its exit code."""
    try:
        # Loading takes a second, and Ctrl-C in that second is no fault to print.
        from bot.commandline import main as run  # noqa: PLC0415 - so that it can be caught

        return run(argv)
    except KeyboardInterrupt:
        print("Stopped; everything that was stored is whole.", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
