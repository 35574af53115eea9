"""``why URL``: every case has a stable word, and a sentence that says what to do."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest
from fakes import FakeStore

from bot.compose import Composer
from bot.errors import InputError
from bot.model import CONSOLE, Channel, Item, Reading, Schedule, Settings, Subscription
from bot.pages import Pages
from bot.respond import Desk, Responder
from bot.retrieve import Retriever
from bot.sourcing import SourceFinder
from summarizer.model import ANALYSIS_VERSION, Analysis, Article, Story

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
ARTICLE = Article(
    "a1",
    "Wardens opened two gates of the barrier.",
    "Gates opened",
    "Vale Post",
    url="https://valepost.example/gates",
    published=NOW - timedelta(hours=3),
)


@dataclass(frozen=True)
class Person:
    channel: str = CONSOLE
    may_change: bool = True
    context: str = ""


class Newsstand:
    """Reads what a test put there, and counts."""

    def __init__(self):
        self.asked = []
        self.answers = {}

    async def read(self, place):
        self.asked.append(place)
        answer = self.answers.get(place, InputError(f"{place} is not there.", outcome="not-found"))
        if isinstance(answer, InputError):
            raise answer
        return answer


@pytest.fixture
def store():
    return FakeStore()


@pytest.fixture
def stand():
    return Newsstand()


@pytest.fixture
def why(store, stand):
    pages, retriever, settings = Pages(store, stand), Retriever(store), Settings("0.0")

    async def analyse(article):
        return Analysis(ANALYSIS_VERSION)

    desk = Desk(
        store=store,
        settings=settings,
        now=lambda: NOW,
        analyse=analyse,
        read=lambda place: pages.read(place, NOW),
        feeds_at=None,
        opml_of=str,
        find_source=SourceFinder(store, retriever, {}),
        articles_about=retriever.about,
        composer=Composer(store, settings, {}),
    )
    respond = Responder(lambda _: desk)

    async def ask(url, channel=CONSOLE):
        message = await respond(f"why {url}", Person(channel))
        return message.data["outcome"], message.data["text"]

    return ask


PAGES = {
    "login": "is a login form. Save the page in your browser and give me the file.",
    "cookie-wall": "shows a cookie notice and no story.",
    "error-page": "shows an error and no story.",
    "pdf": "is a PDF. Copy its text into a .txt file and give me that.",
    "empty": "is empty.",
    "not-html": "is no page to read.",
    "too-large": "is larger than 10 MiB unpacked.",
    "robots": "asks robots not to read it.",
    "private-address": "leads into a private network.",
}


@pytest.mark.parametrize("outcome", PAGES)
async def test_a_page_that_gave_no_article_is_told_by_name_and_not_asked_again_at_once(
    why, stand, store, outcome
):
    url = f"https://valepost.example/{outcome}"
    stand.answers[url] = InputError(f"{url} {PAGES[outcome]}", outcome=outcome)
    for _ in range(2):
        told, text = await why(url)
        assert told == outcome
        assert PAGES[outcome] in text
    assert stand.asked == [url]
    assert store.reading(url) == Reading(url, outcome, f"{url} {PAGES[outcome]}", NOW)


async def test_a_page_that_was_slow_is_asked_again_after_an_hour(why, stand, store):
    url = "https://valepost.example/slow"
    store.note_reading(Reading(url, "timeout", "It was slow.", NOW - timedelta(hours=2)))
    stand.answers[url] = [Item(ARTICLE)]
    assert (await why(url))[0] == "not-stored"
    assert store.reading(url) is None


async def test_an_address_that_no_feed_brought_is_told_how_to_be_read(why, stand):
    url = "https://elsewhere.example/x"
    stand.answers[url] = [Item(ARTICLE)]
    outcome, text = await why(url)
    assert outcome == "not-stored"
    assert f"brief {url}" in text
    stand.answers[url] = [Item(ARTICLE), Item(ARTICLE)]
    assert (await why(url))[0] == "feed"


async def test_what_is_no_address_is_not_read(why, stand):
    assert (await why("the gates"))[0] == "not-stored"
    assert stand.asked == []


async def test_what_stood_in_a_feed_before_it_was_added_is_told(why, store, stand):
    store.pass_over(Item(ARTICLE, "https://valepost.example/rss"), seen=NOW)
    outcome, text = await why(ARTICLE.url)
    assert outcome == "before-first-poll"
    assert "https://valepost.example/rss" in text
    assert stand.asked == []


async def test_a_teaser_is_told_why_it_is_no_more(why, store):
    store.add(Item(ARTICLE), seen=NOW)
    store.note_reading(Reading(ARTICLE.url, "login", "It is a login form.", NOW))
    assert (
        "Only what the feed gives of it is stored. It is a login form."
        in (await why(ARTICLE.url))[1]
    )


def wish(store, **changes):
    made = Subscription(Channel(CONSOLE), Schedule((time(9),)), since=NOW - timedelta(days=1))
    store.save_subscription(replace(made, **changes))


async def test_a_stored_article_is_told_when_it_is_posted_or_why_not(why, store):
    store.add(Item(ARTICLE), seen=NOW)
    assert (await why(ARTICLE.url))[0] == "no-schedule"
    wish(store)
    outcome, text = await why(ARTICLE.url)
    assert outcome == "would-post"
    assert "12 Mar 2026 09:00" in text
    wish(store, since=NOW + timedelta(days=3))
    assert (await why(ARTICLE.url))[0] == "before-first-run"
    wish(store, schedule=Schedule((time(9),), paused=True))
    assert (await why(ARTICLE.url))[0] == "paused"
    store.save_stories([Story("5fece", "Gates", ("a1", "a2"))])
    store.mark_briefed(CONSOLE, NOW, {"5fece": ["a2"]})
    assert (await why(ARTICLE.url))[0] == "same-story"
    store.mark_briefed(CONSOLE, NOW, {"5fece": ["a1"]})
    assert (await why(ARTICLE.url))[0] == "already-posted"


async def test_an_article_without_a_date_is_told(why, store):
    store.add(Item(replace(ARTICLE, published=None)), seen=NOW)
    wish(store)
    assert (await why(ARTICLE.url))[0] == "no-date"
