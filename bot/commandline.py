"""What each command of the command line does: words in, exit code out.

Exit codes: 0 done, 1 told in a sentence what is wrong, 2 the words are at fault, 130 Ctrl-C.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from argparse import Namespace
from contextlib import suppress

from bot.answerers import MOST_PROCESSES
from bot.app import RANKERS, VERSION, Application, application, configure
from bot.arguments import STREAMS, build_parser, reads_lines
from bot.cards.report import moved_card, report_card
from bot.chat.console import Sitter
from bot.chat.progress import Progress
from bot.chat.terminal import print_out
from bot.config import SECRETS, Config
from bot.errors import UsageError, WhosaidError
from bot.exporting import Form, Wanted, window
from bot.logs import set_up
from bot.machines import chosen_queues, must_be_on_server, reached
from bot.message import Message
from bot.store import move_store
from bot.turns import Role, chosen_shards

STOPPED = "Stopped; everything that was stored is whole."
TERMINATED = 143
"""The exit code of a process that was asked to end (SIGTERM)."""

COMMAND_OF = {"ask": "source"}
"""Words of the command line -> the command of the table, where they differ."""

LASTING = {"run", "console", "gateway"}
"""Commands in which many questions are answered, by processes of their own."""

UNATTENDED = {"ingest", "worker", "deliver"}
"""Commands in whose process nobody is answered."""


def main(argv: list[str] | None = None) -> int:
    """Run one command of the command line; return its exit code."""
    arguments = build_parser(VERSION, RANKERS).parse_args(argv)
    try:
        return _run(arguments)
    except asyncio.CancelledError:
        print(STOPPED, file=sys.stderr)
        return TERMINATED
    except WhosaidError as error:
        _tell(str(error), as_json=arguments.json)
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:
        # The reader of our output left; Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _tell(text: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"error": text}, ensure_ascii=False))
    print(f"whosaid: {text}", file=sys.stderr)


def _run(arguments: Namespace) -> int:
    if arguments.command in STREAMS and reads_lines(arguments.file):
        from bot.streams import stream  # noqa: PLC0415 - it loads the model; most commands need not

        stream(arguments, sys.stdout)
        return 0
    if arguments.command == "migrate":
        return _migrate(arguments)
    config = configure(arguments.config, database=arguments.database)
    if arguments.command == "doctor":
        from bot.doctor import examine  # noqa: PLC0415 - the same

        message, sound = asyncio.run(examine(config))
        _print(message, as_json=arguments.json)
        return 0 if sound else 1
    _log(config, arguments.command)
    _check(arguments, config)
    return asyncio.run(_with_application(arguments, config))


def _check(arguments: Namespace, config: Config) -> None:
    """Read the words of the commands that share the work; see that they can.

    Raises:
        UsageError: they cannot, or the words are at fault.

    """
    if arguments.command in {"worker", "gateway", "deliver"}:
        must_be_on_server(config)
    if arguments.command == "worker":
        arguments.queues = chosen_queues(arguments.queues)
    if arguments.command == "gateway":
        arguments.shards = chosen_shards(arguments.shards, config.discord.shards)
    if arguments.command in {"gateway", "deliver"} and not config.has_token:
        raise UsageError("no token is set, so there is nobody to serve: see config.example.toml")


def _log(config: Config, command: str) -> None:
    """Set up the log: what a service does is its log, what a command does is its answer."""
    serving = _serves(command, config)
    level = (
        ("info" if serving else "warning") if config.service.log == "auto" else config.service.log
    )
    set_up(level, secrets=[getattr(config, name) for name in SECRETS])


def _serves(command: str, config: Config) -> bool:
    return command in {"run", "gateway", "deliver"} and config.has_token


def _end_on_sigterm() -> None:
    """Let SIGTERM, which a service manager sends, end us as cleanly as Ctrl-C does."""
    task = asyncio.current_task()
    assert task is not None, "this is called in one"
    with suppress(NotImplementedError):  # Windows knows no such signal
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


def _migrate(arguments: Namespace) -> int:
    with Progress() as progress:
        moved = move_store(arguments.source, arguments.target, progress)
    card = moved_card([(one.table, one.rows, one.sha256) for one in moved])
    _print(card, as_json=arguments.json)
    return 0


async def _with_application(arguments: Namespace, config: Config) -> int:
    _end_on_sigterm()
    if arguments.command == "worker" or _serves(arguments.command, config):
        await reached(config)
    answering = arguments.command not in UNATTENDED
    apart = MOST_PROCESSES if arguments.command in LASTING else 0
    async with application(config, answering=answering, apart=apart) as app:
        match arguments.command:
            case "run":
                await app.run()
            case "gateway":
                await app.serve(Role(delivers=False, shards=arguments.shards))
            case "deliver":
                await app.serve(Role(answers=False))
            case "worker":
                await app.work(arguments.queues, arguments.concurrency)
            case "console":
                await app.run_console()
            case "ingest":
                return await _ingest(app, arguments)
            case "export":
                return _export(app, arguments)
            case "analyze":
                _print(await app.analyze_file(arguments.file), as_json=arguments.json)
            case name:
                words = " ".join([COMMAND_OF.get(name, name), *getattr(arguments, "words", ())])
                _print(await app.responder.answer(words, Sitter()), as_json=arguments.json)
    return 0


async def _ingest(app: Application, arguments: Namespace) -> int:
    report = await app.ingest(arguments.words)
    card = report_card(report.landed, report.analysed, report.faults)
    _print(card, as_json=arguments.json)
    return 1 if report.faults else 0


def _export(app: Application, arguments: Namespace) -> int:
    """Write claim records; how many there were is told beside them."""
    since, until = window(arguments.since, arguments.until)
    wanted = Wanted(since, until, arguments.entity.strip(), alone=arguments.alone)
    form = Form(arguments.form)
    if arguments.output is None:
        written = app.export(sys.stdout, wanted=wanted, form=form)
        sys.stdout.flush()
    else:
        try:
            with arguments.output.open("w", encoding="utf-8", newline="") as out:
                written = app.export(out, wanted=wanted, form=form)
        except OSError as fault:
            raise UsageError(
                f"{arguments.output} cannot be written ({fault.strerror}). Name another file."
            ) from fault
    print(f"whosaid: {written:,} claims", file=sys.stderr)
    return 0


def _print(message: Message, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(message.data, ensure_ascii=False, indent=2))
    else:
        print_out(message)
