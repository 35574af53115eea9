"""The command line's grammar: which words ``whosaid`` takes (pure; what they do is elsewhere)."""

from __future__ import annotations

import argparse
from pathlib import Path

EPILOG = """\
Start with `whosaid run`: with no token set it is a console over the demo news.
Settings: config.example.toml. Secrets: the environment.
"""

STREAMS = frozenset({"analyze", "summarize", "cluster"})
"""The commands that turn JSON lines into JSON lines."""

LINE_ENDINGS = frozenset({".jsonl", ".ndjson", ".jsonlines"})


def reads_lines(place: str) -> bool:
    """Tell whether ``place`` holds JSON lines (standard input does), not an article."""
    return place == "-" or Path(place).suffix.lower() in LINE_ENDINGS


def build_parser(version: str, rankers: tuple[str, ...]) -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="whosaid",
        description="News briefings that can name the source of any claim in them.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"whosaid {version}")
    _add_common(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    common = _common()

    def add(name: str, about: str, words: str = "", *, optional: bool = False) -> None:
        command = commands.add_parser(name, help=about, description=about, parents=[common])
        if words:
            count = "*" if optional else "+"
            command.add_argument("words", metavar=words, nargs=count)

    add("run", "the main job: the console, or with tokens the bot")
    _worker(commands, common)
    _gateway(commands, common)
    add("deliver", "over PostgreSQL: the outbox and alerts alone, beside gateways")
    add("console", "the console, whatever tokens are set")
    add("ingest", "gather files, folders, pages, feeds, OPML", "PATH_OR_URL")
    add("brief", "the briefing of one article", "PATH_OR_URL_OR_WORDS")
    add("ask", "the source of a claim", "CLAIM")
    add("entity", "what someone or something says, and what is said of it", "NAME")
    add("story", "a story: timeline, outlets, who says what", "WORDS_OR_NUMBER")
    add("search", "passages that hold the words", "WORDS")
    add("digest", "the digest now")
    add("feeds", "feeds and their health; add, remove, import, export", "WORDS", optional=True)
    add("schedule", "the console's digest times, or change them", "WORDS", optional=True)
    add("why", "would this article be posted, and if not, why not", "URL")
    add("status", "feeds, articles, slots, version")
    add("doctor", "check the set-up and say what to mend")
    _export(commands, common)
    _migrate(commands, common)
    _streams(commands, common, rankers)
    return parser


def _export(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
) -> None:
    """Add the command that writes claim records."""
    command = commands.add_parser(
        "export",
        help="every claim with its source, spans and citation, for other programs",
        description="Claim records, oldest article first; docs/json.md says what is in them.",
        parents=[common],
    )
    command.add_argument("--form", choices=("jsonl", "csv"), default="jsonl")
    command.add_argument("--since", default="", metavar="DATE", help="published from then on")
    command.add_argument("--until", default="", metavar="DATE", help="published until then")
    command.add_argument("--entity", default="", metavar="NAME", help="by it or about it only")
    command.add_argument("--output", type=Path, metavar="PATH", help="a file, instead of printing")
    command.add_argument(
        "--alone",
        action="store_true",
        help="the claims alone, many times faster: not who else carries and who disputes them",
    )


def _worker(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    command = commands.add_parser(
        "worker",
        help="one of many that read, over PostgreSQL",
        description="Polls, analyses, clusters and composes, beside any number of other workers"
        " over the same PostgreSQL database; “whosaid run” then answers and delivers.",
        parents=[common],
    )
    command.add_argument("--queues", default="", metavar="NAMES", help="some only: poll,analyse")
    command.add_argument(
        "--concurrency", type=_positive, default=4, metavar="N", help="jobs at once"
    )


def _gateway(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    command = commands.add_parser(
        "gateway",
        help="over PostgreSQL: answers alone, beside “whosaid deliver”",
        description="Answers on Slack and Discord and delivers nothing: any number on Slack (it"
        " gives each event to one of up to ten), one for each of Discord's shards.",
        parents=[common],
    )
    command.add_argument("--shards", default="", metavar="0-3", help="of discord.shards; else all")


def _migrate(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    command = commands.add_parser(
        "migrate",
        help="move everything to another database",
        description="Copies all that FROM holds into the empty TO, each an SQLite file or"
        " postgresql://user:password@host:5432/name. Stop the bot first. If it is stopped in the"
        " middle, the same command goes on; in the end it checks that both hold the same.",
        parents=[common],
    )
    command.add_argument("source", metavar="FROM")
    command.add_argument("target", metavar="TO")


def _common() -> argparse.ArgumentParser:
    """Return what each command takes; left out there, it is as it was given before the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_common(common)
    return common


def _add_common(parser: argparse.ArgumentParser) -> None:
    plain = parser.argument_default or False
    parser.add_argument("--json", action="store_true", default=plain, help="print JSON")
    parser.add_argument("--database", metavar="URL_OR_PATH", help="where everything is kept")
    parser.add_argument("--config", metavar="PATH", type=Path, help="the config file")


def _streams(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    rankers: tuple[str, ...],
) -> None:
    """Add the commands that read JSON lines."""
    analyze = commands.add_parser(
        "analyze",
        help="sentences, entities and claims as spans",
        description='A file with an article, or JSON lines {"id", "text"}; JSON lines out.',
        parents=[common],
    )
    summarize = commands.add_parser(
        "summarize",
        help="choose sentences",
        description='JSON lines {"id", "text"} in; {"id", "sentences", "summary"} out.',
        parents=[common],
    )
    summarize.add_argument("--sentences", type=_positive, default=3, metavar="N")
    summarize.add_argument("--ranker", choices=rankers, default=rankers[0], metavar="NAME")
    cluster = commands.add_parser(
        "cluster",
        help="group articles into stories",
        description='JSON lines {"id", "title", "text", "published"} in; {"id", "story"} out.',
        parents=[common],
    )
    for command in (analyze, summarize, cluster):
        command.add_argument("file", nargs="?", default="-", help="a file; - is standard input")


def _positive(words: str) -> int:
    number = int(words)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return number
