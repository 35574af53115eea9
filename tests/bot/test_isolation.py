"""One workspace asks for another's things, by every command: it is shown nothing of them.

The bot is wired as it is when it runs; only the news is put into its store by hand.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import application
from bot.chat.terminal import as_text
from bot.config import Config
from bot.model import CONSOLE, Channel, Feed, Item, Schedule, Subscription
from bot.store import open_store
from summarizer.analysis import analyze
from summarizer.model import Article, Story

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
SECRET = Article(
    id="5ec7e7",
    text=(
        "The Quarrow smelter will lay off 400 people in May, Ines Tarrant told the works council"
        " on Wednesday. The council rejected the plan.\n\nNo date was set for the talks."
    ),
    title="Quarrow smelter to lay off 400",
    outlet="Quarrow Intranet",
    url="https://intra.example/news/smelter?token=5ecret",
    published=NOW - timedelta(hours=3),
)
SHARED = Article(
    id="54a7ed",
    text=(
        "Wardens opened two gates of the Hallam barrier an hour early, the River Authority"
        " confirmed on Wednesday. About 1,400 people were told to leave their homes."
    ),
    title="Two gates opened early",
    outlet="Vale Post",
    url="https://valepost.example/gates",
    published=NOW - timedelta(hours=2),
)
FEED = "https://intra.example/rss?token=5ecret"
PEOPLE = [
    ("discord:1:10", "discord:2:20"),
    ("slack:T1:C1", "slack:T2:C2"),
    ("discord:1:10", "slack:T1:C1"),
]
BETRAYING = ("quarrow", "smelter", "tarrant", "intra.example", "5ecret", "works council")
QUESTIONS = [
    "source The Quarrow smelter will lay off 400 people in May",
    "source @5ec7e7:0",
    "who said that the council rejected the plan?",
    "entity Ines Tarrant",
    "entity Quarrow",
    "story smelter",
    "story beef",
    "brief 5ec7e7",
    "brief works council",
    "digest",
    "search smelter talks council",
    "search:2 smelter talks council",
    "feeds",
    "feeds export",
    "feeds remove https://intra.example/rss",
    "schedule",
    "follow beef",
    "unfollow smelter",
    "why https://intra.example/news/smelter?token=5ecret",
    "why 5ec7e7",
    "status",
]


@dataclass(frozen=True)
class Person:
    channel: str
    may_change: bool = True
    context: str = ""


@pytest.fixture(params=PEOPLE, ids=" and ".join)
def people(request):
    """Somebody of a workspace with a feed of its own, and somebody of another one."""
    ours, theirs = request.param
    return Person(ours), Person(theirs)


@pytest.fixture(scope="module")
def analyses():
    """What is made of the articles: once, for it takes its time."""
    return {article.id: analyze(article) for article in (SECRET, SHARED)}


@pytest.fixture
async def bot(each_database, people, analyses):
    store = open_store(each_database)
    ours, _ = people
    store.add_feed(Feed("https://valepost.example/rss"))
    store.add_feed(Feed(FEED, "Quarrow Intranet", channel=ours.channel))
    for article, feed in ((SECRET, FEED), (SHARED, "https://valepost.example/rss")):
        store.add(Item(article, feed), seen=NOW)
        store.save_analysis(article.id, analyses[article.id])
    store.save_stories([Story("beef", SECRET.title, ("5ec7e7",), NOW, NOW)])
    store.save_stories([Story("cafe", SHARED.title, ("54a7ed",), NOW, NOW)])
    store.save_subscription(
        Subscription(Channel(ours.channel), Schedule(zone="Asia/Seoul"), follows=("smelter",))
    )
    store.close()
    async with application(Config(database=each_database)) as built:
        yield built


async def asked(bot, words, person):
    return as_text(await bot.responder(words, person), width=300).casefold()


@pytest.mark.parametrize("words", QUESTIONS)
async def test_another_workspace_is_told_nothing(bot, people, words):
    """Neither words, names, addresses nor feeds of the other come in any answer."""
    said = await asked(bot, words, people[1])
    assert [word for word in BETRAYING if word in said and word not in words.casefold()] == []
    assert "works council on wednesday" not in said
    assert "asia/seoul" not in said


@pytest.mark.parametrize("words", ["entity Ines Tarrant", "story smelter", "brief 5ec7e7", "feeds"])
async def test_its_own_people_are(bot, people, words):
    """The same questions are answered where the feed was added, and at the console."""
    assert "quarrow" in await asked(bot, words, people[0])


async def test_the_console_is_told_all(bot):
    """Who sits at the machine sees every workspace's news."""
    assert "quarrow" in await asked(bot, "story smelter", Person(CONSOLE))


async def test_what_is_suggested_while_typing_is_ones_own(bot, people):
    """Names, stories and feeds of others are suggested to nobody."""
    ours, theirs = (person.channel for person in people)
    for kind, prefix in (("entity", "tarr"), ("story", "smelt"), ("feed", "intra")):
        assert bot.complete(kind, prefix, ours)
        assert not bot.complete(kind, prefix, theirs)


async def test_a_scheduled_digest_tells_its_own_workspaces_news(bot, people):
    """The digest of another workspace has neither the story nor its count."""
    digests = [
        bot.scheduled(Subscription(Channel(person.channel)), NOW - timedelta(1), NOW + timedelta(1))
        for person in people
    ]
    ours, theirs = (as_text(digest.message, width=300).casefold() for digest in digests)
    assert "smelter" in ours
    assert "2 stories out of 2 articles" in ours
    assert "smelter" not in theirs
    assert "1 story out of 1 article" in theirs
