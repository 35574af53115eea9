"""The commands that turn JSON lines into JSON lines: analyze, summarize, cluster."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import InputError
from bot.lines import Record, analyzed, clustered, records, summarized


def stream(arguments: Namespace, out: IO[str]) -> None:
    """Read JSON lines, write JSON lines, one out for each in and in the same order.

    Raises:
        InputError: the file cannot be read, or a line is not what the command needs.

    """
    with _opened(arguments.file) as source:
        for record in _made(arguments, source):
            out.write(json.dumps(record) + "\n")
            out.flush()


def _made(arguments: Namespace, source: Iterable[str]) -> Iterator[Record]:
    if arguments.command == "cluster":
        return clustered(records(source, needs=("text",)))
    read = records(source, needs=("text",))
    if arguments.command == "analyze":
        return map(analyzed, read)
    return (
        summarized(record, sentences=arguments.sentences, ranker=arguments.ranker)
        for record in read
    )


@contextmanager
def _opened(place: str) -> Iterator[Iterable[str]]:
    if place == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
        yield sys.stdin
        return
    try:
        with Path(place).open(encoding="utf-8", errors="surrogateescape") as file:
            yield file
    except OSError as error:
        raise InputError(f"{place} cannot be read: {error.strerror}. Check the path.") from error
