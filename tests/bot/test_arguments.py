"""The command line takes what its help says."""

import pytest

from bot.arguments import build_parser

COMMANDS = [
    "run",
    "console",
    "ingest",
    "brief",
    "ask",
    "entity",
    "story",
    "search",
    "digest",
    "feeds",
    "schedule",
    "why",
    "status",
]


@pytest.fixture
def parser():
    return build_parser("0.0", ("whosaid", "lead"))


@pytest.mark.parametrize("name", [*COMMANDS, "doctor", "analyze", "summarize", "cluster"])
def test_every_command_takes_json_database_and_config(parser, name):
    """The common options stand behind every command."""
    words = ["x"] if name in ["ingest", "brief", "ask", "entity", "story", "search", "why"] else []
    given = parser.parse_args([name, *words, "--json", "--database", "d", "--config", "c"])
    assert (given.command, given.json, given.database, str(given.config)) == (name, True, "d", "c")


def test_they_may_stand_before_the_command_too(parser):
    """Behind it they win."""
    given = parser.parse_args(["--config", "c", "--json", "--database", "d", "ask", "x"])
    assert (given.json, given.database, str(given.config)) == (True, "d", "c")
    given = parser.parse_args(["--config", "c", "ask", "x", "--config", "e"])
    assert (given.json, given.database, str(given.config)) == (False, None, "e")


@pytest.mark.parametrize("bad", [["summarize", "--sentences", "0"], ["summarize", "--ranker", "x"]])
def test_a_bad_option_is_refused_with_code_two(parser, bad, capsys):
    """argparse tells what was wrong."""
    with pytest.raises(SystemExit) as left:
        parser.parse_args(bad)
    assert left.value.code == 2
    assert bad[1] in capsys.readouterr().err
