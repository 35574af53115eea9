"""Plain words, follow-ups under a story, and words that mean nothing: all get a helpful answer."""

from datetime import UTC, datetime, timedelta

import pytest
from desks import Person, desk_over
from fakes import FakeStore
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.console import Console
from bot.chat.terminal import as_text
from bot.model import Item
from bot.respond import Responder
from bot.respond.subject import mark_of
from summarizer.analysis import analyze
from summarizer.model import Article, Story

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
TEXT = (
    "Wardens opened two gates of the Hallam barrier an hour early, the River Authority confirmed "
    "on Wednesday.\n\nAda Ruiz, the mayor of Hallam, denied that the gates had been opened an "
    "hour early."
)
OTHER = "Wardens opened two gates of the Ellery weir an hour late, the harbour master confirmed."


def article(name, text, hours):
    return Article(
        id=name,
        text=text,
        title=f"Two gates of the {'Hallam barrier' if name == 'a1' else 'Ellery weir'} opened",
        outlet="Vale Post",
        url=f"https://valepost.example/{name}",
        published=NOW - timedelta(hours=hours),
    )


@pytest.fixture(scope="module")
def respond():
    store = FakeStore()
    for one in (article("a1", TEXT, 3), article("a2", OTHER, 1)):
        store.add(Item(one), seen=NOW)
        store.save_analysis(one.id, analyze(one))
        number = {"a1": "5feceb", "a2": "0ddba1"}[one.id]
        store.save_stories([Story(number, one.title, (one.id,), one.published, NOW)])
    desk = desk_over(store, NOW)
    return Responder(lambda _: desk)


async def said(respond, words, context=""):
    return as_text(await respond(words, Person(context=context)), width=300)


@pytest.mark.parametrize("words", ["who said that?", "source?", "says who", "source", "source it"])
async def test_that_is_what_the_thread_is_about(respond, words):
    """Under a story it is its first sentence; under a sentence of it, that sentence."""
    assert "River Authority" in await said(respond, words, "story 5feceb")
    assert "harbour master" in await said(respond, words, "story 0ddba1")
    place = TEXT.index("Ada Ruiz")
    assert "Ada Ruiz" in await said(respond, words, f"story 5feceb @a1:{place}")
    assert "River Authority" in await said(respond, words, "two gates of the Hallam barrier")


async def test_who_denies_it_is_asked_of_the_story_or_of_the_sentence(respond):
    """The denial is shown with its words; where nobody denies, that is said."""
    for context in ("story 5feceb", "story 5feceb @a1:0"):
        shown = await said(respond, "and who denies it?", context)
        assert "Ada Ruiz" in shown
        assert "denies" in shown
    assert "Nobody in its story denies this" in await said(
        respond, "who denies it?", "story 0ddba1 @a2:0"
    )


async def test_a_question_under_a_story_is_answered_from_it_where_it_can_be(respond):
    """Two stories tell of gates: the one that is talked of answers; else all are asked."""
    asked = "who confirmed that wardens opened two gates?"
    assert "River Authority" in await said(respond, asked, "story 5feceb")
    assert "harbour master" in await said(respond, asked, "story 0ddba1")
    assert "Ellery" in await said(respond, "were gates of the Ellery weir opened?", "story 5feceb")


async def test_an_answer_carries_the_command_that_asks_for_it_anywhere(respond):
    """Asked again without the thread it is the same answer."""
    first = await respond("who said that?", Person(context="story 5feceb @a1:0"))
    assert first.command == "source @a1:0"
    again = await respond(first.command, Person())
    assert again.data["answers"] == first.data["answers"] != []
    denied = await respond("who denies it?", Person(context="story 5feceb"))
    assert (await respond(denied.command, Person())).data == denied.data


async def test_an_answer_says_which_story_and_sentence_a_thread_below_it_is_about(respond):
    """Platforms read it from the one story button."""
    message = await respond("who confirmed that gates of the Ellery weir opened?", Person())
    assert message.subject == "story 0ddba1 @a2:0"
    assert mark_of(message.subject) == "@a2:0"
    assert "Timeline" in await said(respond, message.subject)


async def test_the_console_keeps_what_was_talked_of_over_several_follow_ups(respond, capsys):
    """Pointing words do not become what is pointed at."""
    console = Console(respond, FakeStore().entities, history=None)
    await console.answer("did wardens open two gates of the Hallam barrier?")
    capsys.readouterr()
    await console.answer("who denies it?")
    assert "Ada Ruiz" in capsys.readouterr().out
    await console.answer("source?")
    assert "River Authority" in capsys.readouterr().out


@pytest.mark.parametrize("words", ["who said that?", "source it", "who denies it?", "source?"])
async def test_pointing_at_nothing_is_told_so(respond, words):
    """Without a thread there is no "that"."""
    assert "cannot be told here" in await said(respond, words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("🙂", "What you can ask"),
        ("???", "What you can ask"),
        ("", "What you can ask"),
        ("you and me", "Nearest:"),
        ("sorce gates", "Did you mean “source”"),
        ("blah blub", "No stored article says this"),
        ("source", "needs a claim"),
        ("search", "search WORDS"),
        ("entity", "entity NAME"),
        ("why", "why URL"),
        ("story", "story WORDS or NUMBER"),
        ("brief", "brief URL or WORDS"),
        ("story ffffff", "No stored story"),
        ("source @a1:99999", "edited since"),
        ("source @nothing:1", "edited since"),
        ("search zzzqqq", "No stored article holds"),
        ("search:999 gates", "no more than 1 page"),
        ("entity 'NEAR(\"* OR", "No stored article names"),
        ("who are you?", "What you can ask"),
        ("quelle est la source de cette affirmation ?", "No stored article says this"),
        ("status of the Hallam barrier", "Searched"),
    ],
)
async def test_whatever_is_typed_is_answered_with_help(respond, words, shown):
    """Nothing that a person types is met with a fault, or with silence."""
    answer = await said(respond, words)
    assert shown in answer
    assert "Something went wrong" not in answer


HOSTILE = [
    '"',
    "''",
    "a AND (b OR",
    "NOT NEAR(x, 3) *",
    'col:"x" ^y -z +w',
    "% _ \\ ; -- DROP TABLE",
    "🙂🙂 🏳️‍🌈",
    "\x00\x1b[31m",
    "\ud800",
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "كم عدد الجنود الذين أرسلوا",
    "x" * 4000,
    "gates " * 700,
    "@everyone <!channel> <@1>",
    "1e999 -0 NaN 12,000,000,000,000,000",
    "@a1:0 @a1:0 story 5feceb story 5feceb",
]


@pytest.mark.parametrize("command", ["source", "entity", "story", "brief", "search", "why", ""])
@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_are_only_words(respond, command, words):
    """Operators, quotes, length, scripts and half characters break no command and no JSON."""
    message = await respond(f"{command} {words}", Person(channel="slack:T1:C1"))
    assert "Something went wrong" not in message.summary
    assert message.blocks
    assert message.data


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.sampled_from(["", "story 5feceb", "story 5feceb @a1:0", "x"]))
async def test_any_words_in_any_thread_are_answered(respond, words, context):
    """No words and no context end in a fault of ours."""
    message = await respond(words, Person(channel="slack:T1:C1", context=context))
    assert "Something went wrong" not in message.summary
