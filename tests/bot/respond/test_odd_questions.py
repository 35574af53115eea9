"""Whatever is asked, the answer helps: operators, quotes, emoji, other languages, the bot itself."""

import pytest
from test_respond import Person, respond, said, store  # noqa: F401 - fixtures of the same desk

HELP, WORDS, ENGLISH = "What you can ask", "nothing in that to look for", "Only English is read"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", HELP),
        ("   ", HELP),
        ("???", HELP),
        ("\x00", HELP),
        ("🙂", HELP),
        ("hello", HELP),
        ("who made you?", HELP),
        ("do you use chatgpt?", HELP),
        ("is whosaid reliable?", HELP),
        ("what are your sources?", "No feeds yet"),
        ("source", "needs a claim"),
        ("source ???", WORDS),
        ('source "', WORDS),
        ("source 🙂🙂", WORDS),
        ("source the of and", WORDS),
        ("source ¿Quién dijo que la presa se rompió?", ENGLISH),
        ("source 누가 그렇게 말했나요", ENGLISH),
        ('source NEAR("a" OR b) AND NOT c*', "No stored article says this"),
        ('source "gates" OR "barrier"', "River Authority"),
        ("source -gates +barrier :opened {early} ^hour", "River Authority"),
        ("source " + "gates of the Hallam barrier opened early " * 100, "River Authority"),
        ("source '; DROP TABLE articles; --", "No stored article says this"),
        ("source <@U123> <!channel> @everyone", "No stored article says this"),
    ],
)
async def test_odd_words_are_answered_with_what_helps(respond, typed, shown):  # noqa: F811 - a fixture
    """Never a fault, never a stack trace."""
    text = await said(respond, typed, Person())
    assert shown in text
    assert "Traceback" not in text
    assert "went wrong" not in text
