"""Commands answered from a desk of fakes: every command, permissions, and helpful refusals."""

import asyncio
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes import FakeStore

from bot.chat.terminal import as_text
from bot.commands import COMMANDS
from bot.compose import Composer
from bot.errors import InputError, UsageError
from bot.message import When
from bot.model import CONSOLE, Feed, Item, Settings
from bot.respond import HANDLERS, Desk, Responder
from bot.retrieve import Retriever
from bot.sourcing import SourceFinder
from summarizer.analysis import analyze
from summarizer.model import Article, Story

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
TEXT = (
    "Wardens opened two gates of the Hallam barrier an hour early, the River Authority confirmed "
    "on Wednesday. About 1,400 people were told to leave their homes, according to the fire "
    "service.\n\nAda Ruiz, the mayor of Hallam, denied that the gates had been opened by mistake."
)
ARTICLE = Article(
    id="a1",
    text=TEXT,
    title="Two gates of the Hallam barrier opened early",
    outlet="Vale Post",
    url="https://valepost.example/gates",
    published=NOW - timedelta(hours=3),
)


@dataclass(frozen=True)
class Person:
    channel: str = CONSOLE
    may_change: bool = True
    context: str = ""


async def analyse(article):
    return analyze(article)


async def read(place):
    if "gates" in place or "xyzzy" in place:
        return [Item(ARTICLE)]
    raise InputError(f"{place} is not there. Check the path.", outcome="no-such-path")


async def feeds_at(place, channel):
    return [Feed(place, title="Vale Post", channel=channel)]


@pytest.fixture
def store():
    made = FakeStore()
    made.add(Item(ARTICLE), seen=NOW)
    made.save_analysis("a1", analyze(ARTICLE))
    made.save_stories([Story("5feceb", ARTICLE.title, ("a1",), ARTICLE.published, NOW)])
    return made


@pytest.fixture
def respond(store):
    retriever = Retriever(store)
    settings = Settings("0.0")
    desk = Desk(
        store=store,
        settings=settings,
        now=lambda: NOW,
        analyse=analyse,
        read=read,
        feeds_at=feeds_at,
        opml_of=lambda feeds: f"<opml>{len(feeds)}</opml>",
        find_source=SourceFinder(store, retriever, {}),
        articles_about=retriever.about,
        composer=Composer(store, settings, {}),
    )
    return Responder(lambda _: desk)


async def said(respond, words, person=None):
    return as_text(await respond(words, person or Person()), width=200)


def test_every_command_has_a_handler():
    """The table and the handlers name the same commands."""
    assert set(HANDLERS) == {entry.name for entry in COMMANDS}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("source 1,400 people had to leave Hallam", "fire service"),
        ("who denied that the gates were opened by mistake?", "Ada Ruiz"),
        ("entity Ada Ruiz", "Ada Ruiz"),
        ("story barrier", "Timeline"),
        ("story 5feceb", "Story 5feceb"),
        ("brief https://valepost.example/gates", "chosen by whosaid"),
        ("brief barrier", "chosen by whosaid"),
        ("digest", "1 story out of 1 article"),
        ("search gates", "opened two gates"),
        ("feeds", "No feeds yet"),
        ("feeds add https://valepost.example/rss", "Added 1 feed: Vale Post"),
        ("feeds import https://valepost.example/all.opml", "Added 1 feed"),
        ("feeds export", "<opml>0</opml>"),
        ("schedule", "No digest times here yet"),
        ("schedule 07:30 Europe/London weekdays", "Next: Thu 12 Mar 2026 07:30 GMT, Fri 13 Mar"),
        ("follow Hallam", "Following “Hallam”"),
        ("follow 5feceb", "Two gates of the Hallam barrier opened early"),
        ("why https://valepost.example/gates", "no digest times"),
        ("why https://elsewhere.example/x", "no stored article has this address"),
        ("status", "1 article"),
        ("help", "source CLAIM"),
        ("sorce the gates", "Did you mean “source”"),
        ("entity Nobody Else", "No stored article names"),
        ("unfollow Hallam", "is not followed here"),
        ("feeds remove https://valepost.example/none", "No feed of this channel"),
    ],
)
async def test_each_command_answers(respond, words, shown):
    """What is typed is answered with what was asked for, or with what to type instead."""
    assert shown in await said(respond, words)


async def test_a_source_button_leads_to_its_sentence(respond):
    """The place that a button carries is that very sentence."""
    start = TEXT.index("About 1,400")
    assert "fire service" in await said(respond, f"source @a1:{start}")
    assert "edited since" in await said(respond, "source @a1:99999")


async def test_changing_commands_need_the_permission(respond, store):
    """Nobody without it changes a channel, and is told whom to ask."""
    guest = Person("discord:1:2", may_change=False)
    for words in ("feeds add https://x.example/rss", "schedule 07:00", "digest post", "follow x"):
        assert "changes this channel" in await said(respond, words, guest)
    assert store.subscriptions() == []
    assert store.feeds() == []


async def test_nobody_on_a_platform_reads_files_of_this_machine(respond, tmp_path, monkeypatch):
    """A path is taken at the console alone."""
    monkeypatch.chdir(tmp_path)  # the folder's own name would be words to look for
    secret = "./xyzzy.txt"
    (tmp_path / secret).write_text("x", encoding="utf-8")
    member = Person("slack:T1:C1")
    assert "No stored article holds" in await said(respond, f"brief {secret}", member)
    assert "address of an OPML file" in await said(respond, "feeds import /etc/passwd", member)
    assert "chosen by whosaid" in await said(respond, f"brief {secret}")


async def test_one_channel_does_not_see_anothers_feeds(respond):
    """What a server adds is its own."""
    await respond("feeds add https://valepost.example/rss", Person("discord:1:2"))
    assert "Vale Post" in await said(respond, "feeds", Person("discord:1:2"))
    assert "No feeds yet" in await said(respond, "feeds", Person("discord:9:9"))
    remove = "feeds remove https://valepost.example/rss"
    assert "No feed of this channel" in await said(respond, remove, Person("discord:9:9"))


async def test_following_starts_no_digests(respond, store):
    """A channel that never asked for digests gets none by following."""
    await respond("follow Hallam", Person("slack:T1:C1"))
    assert store.subscription("slack:T1:C1").schedule.paused


async def test_a_posted_digest_is_no_news_afterwards(respond):
    """What was posted by hand is not briefed again."""
    posted = await respond("digest post", Person())
    assert posted.private is False
    again = await respond("digest", Person())
    assert again.data["items"] == []


async def test_that_means_what_was_said_before(respond):
    """A follow-up takes its claim from the context."""
    person = Person(context="1,400 people were told to leave their homes")
    assert "fire service" in await said(respond, "who said that?", person)


async def test_a_fault_of_ours_is_told_with_a_reference(respond, store, caplog):
    """No stack trace reaches a person; the log has it under the same reference."""
    store.searched = lambda: 1 / 0
    shown = await said(respond, "status")
    assert "Something went wrong here, logged under" in shown
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in shown


async def test_looking_for_an_answer_does_not_hold_the_loop(respond):
    """While one question is judged others are acknowledged: here one waits for the loop itself."""
    goes_on = threading.Event()

    def judge(_question, _now, **_):
        raise UsageError("The loop went on." if goes_on.wait(30) else "The loop was held.")

    desk = replace(respond._desk_for(CONSOLE), find_source=judge)
    asked = asyncio.create_task(said(Responder(lambda _: desk), "source the gates were opened"))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(goes_on.set)
    assert "The loop went on." in await asked


async def test_a_pasted_page_is_not_followed(respond, store):
    """What is followed stands in every digest and alert: a name or some words."""
    assert "too long to follow" in await said(respond, f"follow {'gates ' * 100}")
    assert store.subscription(CONSOLE) is None


async def test_the_next_digests_are_moments_that_a_platform_can_show(respond):
    told = await respond("schedule 07:30 Europe/London weekdays", Person())
    (paragraph,) = told.blocks
    moments = [part.unix for part in paragraph.text if isinstance(part, When)]
    first = datetime(2026, 3, 12, 7, 30, tzinfo=UTC)
    assert moments == [int((first + timedelta(days=day)).timestamp()) for day in (0, 1, 4)]


async def test_a_storys_timeline_marks_copies_and_edits(store, respond):
    """The copy is named after the outlet that had the words first; an edit is counted."""
    copy = replace(
        ARTICLE,
        id="b1",
        text=f"{TEXT} The gates were shut again at noon.",
        outlet="Hallam Echo",
        url="https://echo.example/gates",
        published=NOW - timedelta(hours=1),
    )
    edited = replace(copy, text=f"{TEXT} The gates were shut again at one.")
    for article in (copy, edited):
        store.add(Item(article), seen=NOW)
        store.save_analysis("b1", analyze(article))
    store.save_stories([Story("5feceb", ARTICLE.title, ("a1", "b1"), ARTICLE.published, NOW)])
    told = await respond("story 5feceb", Person())
    _, first, second = " ".join(as_text(told).partition("Timeline")[2].split()).split("• ")
    assert "mostly" not in first
    assert "(mostly the words of Vale Post; edited 1 time)" in second
    assert [one.get("copy_of") for one in told.data["articles"]] == [None, "Vale Post"]
    assert [one["edits"] for one in told.data["articles"]] == [0, 1]
