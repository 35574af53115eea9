"""Typed words become commands, and wrong words get a sentence that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import BUTTON_CHARACTERS, COMMANDS, Command, parse
from bot.errors import UsageError


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_command_of_the_table_is_understood(entry):
    """Typing a command's name with an argument names that command."""
    assert parse(f"{entry.name} something" if entry.arguments else entry.name).name == entry.name


def test_a_slash_capitals_and_spaces_do_not_matter():
    """People type as they like."""
    assert parse("  /SOURCE   the dam was safe ") == Command("source", "the dam was safe")


def test_the_second_word_can_name_a_changing_command():
    """``feeds add`` is another command than ``feeds``."""
    assert parse("feeds add https://x.example/rss") == Command(
        "feeds add", "https://x.example/rss", changing=True
    )
    assert parse("feeds").changing is False


def test_schedule_changes_only_with_words():
    """Looking at the schedule needs no permission, changing it does."""
    assert parse("schedule").changing is False
    assert parse("schedule 09:00 Asia/Seoul").changing is True


def test_a_page_stands_behind_a_colon():
    """Paging is part of the command, so that a button can carry it."""
    assert parse("search:3 ferry inquiry") == Command("search", "ferry inquiry", page=3)


def test_an_unknown_command_names_the_nearest():
    """A slip of the finger is answered with the word that was meant."""
    with pytest.raises(UsageError, match="Did you mean “source”"):
        parse("sorce the dam was safe")


def test_a_missing_argument_is_told_with_the_usage():
    """The text says what to type."""
    with pytest.raises(UsageError, match="source CLAIM"):
        parse("source")


def test_an_unknown_part_of_feeds_lists_the_parts():
    """``feeds delete`` is answered with what feeds can do."""
    with pytest.raises(UsageError, match="feeds remove URL"):
        parse("feeds delete x")


@given(st.text(max_size=4000))
def test_any_words_are_a_command_or_a_usage_error(words):
    """Nothing that is typed breaks the parser."""
    try:
        command = parse(words)
    except UsageError as error:
        assert str(error)
    else:
        assert command.name in {entry.name for entry in COMMANDS}


def test_names_fit_a_button():
    """Every command with a twelve-character reference fits into a button."""
    assert all(len(entry.name) + 20 <= BUTTON_CHARACTERS for entry in COMMANDS)
