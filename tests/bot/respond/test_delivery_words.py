"""What status and why say of delivery: quiet hours, what is followed, what waits, what fails."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from desks import Person, desk_over
from fakes import FakeStore

from bot.chat.terminal import as_text
from bot.delivery_model import Delivery, Shown
from bot.model import (
    CONSOLE,
    Channel,
    Item,
    Schedule,
    Subscription,
)
from bot.respond import Responder
from summarizer.model import Article, Span

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
URL = "https://valepost.example/gates"
ARTICLE = Article("a1", "Wardens opened two gates.", "Gates", "Vale Post", url=URL, published=NOW)


@pytest.fixture
def store():
    made = FakeStore()
    made.add(Item(ARTICLE), seen=NOW)
    return made


@pytest.fixture
def respond(store):
    desk = desk_over(store, NOW)
    return Responder(lambda _: desk)


async def said(respond, words):
    return as_text(await respond(words, Person()), width=200)


def wanted(**changes):
    plan = Schedule((time(12),), "Europe/London", quiet=(time(6), time(8)))
    made = Subscription(Channel(CONSOLE), plan, since=NOW - timedelta(days=1), follows=("Hallam",))
    return replace(made, **changes)


async def test_status_tells_what_is_followed_and_that_it_is_quiet_now(store, respond):
    store.save_subscription(wanted())
    told = await said(respond, "status")
    assert "Hallam" in told
    assert "06:00 to 08:00 Europe/London, now" in told
    assert "Cannot post" not in told
    assert "Waiting" not in told


async def test_status_tells_what_waits_and_why(store, respond):
    store.save_subscription(wanted(problem="the channel is archived: unarchive it"))
    later = NOW + timedelta(hours=1)
    store.freeze([Delivery(CONSOLE, NOW, 0, "x", next_try=later), Delivery(CONSOLE, NOW, 1, "y")])
    told = await said(respond, "status")
    assert "the channel is archived: unarchive it. It is tried again." in told
    assert "2 messages, next try 12 Mar 2026 08:00 GMT" in told


async def test_why_tells_of_an_alert_and_of_a_channel_that_fails(store, respond):
    store.save_subscription(wanted(problem="the channel is archived"))
    shown = Shown(ARTICLE.id, 0, Span(0, 7), "Wardens")
    store.freeze([Delivery(CONSOLE, NOW, 0, "x", name="alert 1")], sentences=[shown])
    told = await said(respond, f"why {ARTICLE.url}")
    assert "An alert told of it here." in told
    assert "Nothing can be posted here just now: the channel is archived." in told
