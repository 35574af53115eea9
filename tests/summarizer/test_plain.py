"""Plain words are read as the commands that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.plain import COMMANDS, nearest_commands, read_plain

UNDER = "Ferry strikes breakwater at Velden"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("who said that?", f"source {UNDER}"),
        ("source?", f"source {UNDER}"),
        ("<@U0BOT> says who", f"source {UNDER}"),
        ("and who denies it?", f"source who denies that {UNDER}"),
        ("does anyone dispute that?", f"source who denies that {UNDER}"),
        ("who confirms it?", f"source {UNDER}"),
        ("has anybody confirmed that?", f"source {UNDER}"),
        (
            "did the harbour master confirm that?",
            f"source did the harbour master confirm that {UNDER}",
        ),
        ("what does Finch say about it?", f"source what does Finch say about {UNDER}"),
    ],
)
def test_that_means_what_the_words_were_said_under(typed: str, command: str) -> None:
    """A thread's root is what "that" points at."""
    assert read_plain(typed, UNDER) == command


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("what does Velden's spy agency say?", "source what does Velden's spy agency say?"),
        ("what's new about the ferry?", "story the ferry"),
        ("what’s new", "digest"),
        ("who is Orla Finch?", "entity Orla Finch"),
        ("Orla Finch", "entity Orla Finch"),
        ("the ferry struck the breakwater", "source the ferry struck the breakwater"),
        ("tldr https://post.example/1", "brief https://post.example/1"),
        ("why didn't you post https://post.example/1 ?", "why https://post.example/1"),
        ("stop following the ferry", "unfollow the ferry"),
        ("articles about ferries", "search ferries"),
        ("are you a bot?", "help"),
        ("/search ferry", "search ferry"),
        ("source the ferry sank", "source the ferry sank"),
    ],
)
def test_plain_words_become_commands(typed: str, command: str) -> None:
    """No context is needed where nothing is pointed at."""
    assert read_plain(typed) == command


@pytest.mark.parametrize("typed", ["", "🙂", "who said that?", "and who denies it?", "the"])
def test_what_is_not_understood_is_none(typed: str) -> None:
    """Without a context "that" means nothing."""
    assert read_plain(typed) is None


def test_help_offers_the_two_nearest_commands() -> None:
    """A slip of the keys is nearest to the command it slipped from."""
    assert nearest_commands("serch ferries")[0] == "search"
    assert nearest_commands("who said that?")[0] == "source"


@given(st.text(max_size=4000), st.text(max_size=400))
def test_any_words_give_a_command_or_none(typed: str, context: str) -> None:
    """Whatever is typed, the answer begins with a command's name, and two are always near."""
    command = read_plain(typed, context)
    assert command is None or command.split()[0].lower().partition(":")[0] in COMMANDS
    assert len(set(nearest_commands(typed))) == 2
