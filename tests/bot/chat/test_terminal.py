"""Messages on a terminal: readable, and harmless whatever the articles hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.terminal import as_text, clean
from bot.message import (
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Message,
    Paragraph,
    Picture,
    Quote,
    Run,
    Small,
    When,
)

ALL_BLOCKS = Message(
    (
        Heading("The title"),
        Heading("A part", level=2),
        Paragraph((Run("Some "), Run("bold", bold=True), When(0, "1 Jan 1970 00:00 UTC"))),
        Quote((Run("verbatim"),)),
        Facts((("Who says it", (Run("The port authority"),)),)),
        Bullets(((Run("first"),), (Run("second", link="https://x.example/a"),))),
        Small((Run("Searched 3 articles."),)),
        Divider(),
        Picture(b"", alt="Mentions a day", bars=(("9 Mar", 1), ("10 Mar", 4))),
        Buttons((Button("Story", "story 3f2a"),)),
    ),
    "The title",
)


@pytest.mark.parametrize(
    "words",
    ["The title", "A part", "bold", "1 Jan 1970 00:00 UTC", "verbatim", "Who says it"]
    + ["The port authority", "first", "second", "Searched 3 articles.", "Mentions a day"]
    + ["10 Mar", "story 3f2a"],
)
def test_every_kind_of_block_is_shown(words):
    """Nothing of a message is lost on the way to the terminal."""
    assert words in as_text(ALL_BLOCKS)


def test_the_longest_bar_belongs_to_the_highest_count():
    """Bars are drawn to scale."""
    lines = {
        line.split("█")[0].strip(): line.count("█") for line in as_text(ALL_BLOCKS).split("\n")
    }
    assert lines["10 Mar"] == 4 * lines["9 Mar"]


def test_what_belongs_in_the_thread_follows():
    """A terminal has no threads: their messages come after."""
    inner = Message((Paragraph((Run("in the thread"),)),), "")
    assert "in the thread" in as_text(Message((), "", thread=(inner,)))


def test_markup_of_strangers_stays_text():
    """Square brackets of an article are no markup of ours."""
    assert "[red]loud[/red]" in as_text(Message((Paragraph((Run("[red]loud[/red]"),)),), ""))


@given(st.text())
def test_no_control_or_format_character_survives(text):
    """No escape sequence, bidi override or surrogate reaches the terminal."""
    shown = as_text(Message((Paragraph((Run(text),)), Heading(text), Quote((Run(text),))), ""))
    assert "\x1b" not in shown
    assert all(c == "\n" or c == clean(c) for c in shown)


def test_a_row_that_ends_in_a_link_shows_its_address():
    """It can be copied where a terminal opens nothing; what looks like none is not shown."""
    rows = (
        ("Article", (Run("Post: "), Run("Gates", link="https://x.example/a#:~:text=gates"))),
        ("Odd", (Run("gates", link="javascript:alert(1)"),)),
    )
    text = as_text(Message((Facts(rows),), "x"))
    assert "https://x.example/a#:~:text=gates" in text
    assert "javascript" not in text


def test_the_claim_is_marked_where_nothing_can_be_bold():
    """White space stays outside the marks."""
    quote = Quote((Run("It said "), Run("that gates opened ", bold=True), Run("on Monday.")))
    assert "It said *that gates opened* on Monday." in as_text(Message((quote,), "x"))


def test_a_story_is_offered_by_its_number_alone():
    """The sentence that a button remembers is nothing to type."""
    text = as_text(Message((Buttons((Button("Story", "story 3f2a @a1:0"),)),), "x"))
    assert "story 3f2a" in text
    assert "@a1" not in text
