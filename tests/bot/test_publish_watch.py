"""Alerts on what is followed, and corrections of what was shown, from stored articles to posts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cache

import pytest
from fakes import FakeChat, FakePlatform

from bot.compose import Composer
from bot.model import Channel, Feed, Item, Schedule, Settings, Subscription
from bot.ports import Store
from bot.publish import Composed, Publisher, Watch
from summarizer.analysis import analyze
from summarizer.model import Analysis, Article, Story

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
KEY = "fake:G1:C1"
FEED = "https://valepost.example/rss"
SAID = (
    "The ferry Corva was carrying 241 people when it struck the pier on Saturday, harbour master"
    " Ada Ruiz said.\n\nDivers went down again on Sunday morning to search the lower deck."
)


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


@cache
def analysed(article: Article) -> Analysis:
    return analyze(article)


class Bench:
    """A store that news comes into, a channel that follows, and the platform that it is on.

    Without ``paused=False`` it has no digests: what it follows is told all the same.
    """

    def __init__(self, store: Store, *follows: str, per_hour: int = 4, **schedule: object) -> None:
        self.store = store
        self.per_hour = per_hour
        self.platform = FakePlatform()
        plan = Schedule((time(11),), **{"paused": True, **schedule})  # type: ignore[arg-type]
        wanted = Subscription(
            Channel(KEY),
            plan,
            since=NOON - DAY,
            follows=follows,
            followed=(NOON - DAY,) * len(follows),
        )
        store.save_subscription(wanted)
        store.add(Item(self.article("older", "Nothing much happened."), FEED), seen=NOON - 2 * DAY)
        self.restart()

    def restart(self) -> None:
        composer = Composer(self.store, Settings("0"), {})

        def compose(wish: Subscription, since: datetime, until: datetime) -> Composed | None:
            made = composer.scheduled(wish, since, until)
            return None if made is None else Composed(*made)

        self.publisher = Publisher(self.store, [FakeChat(self.platform, blocks=99)], compose)
        self.watch = Watch(self.store, self.publisher.notes, per_hour=self.per_hour)

    def article(self, name: str, text: str, **more: object) -> Article:
        return Article(
            name,
            text,
            str(more.pop("title", f"About {name}")),
            "Vale Post",
            url=f"https://valepost.example/{name}",
            published=NOON - 2 * HOUR,
            **more,  # type: ignore[arg-type]
        )

    def comes(
        self,
        article: Article,
        *,
        seen: datetime = NOON - MINUTE,
        feed: str = FEED,
        story: str = "",
        beside: Sequence[str] = (),
    ) -> None:
        """An article comes in and is analysed; it is a story, or joins one beside others."""
        self.store.add(Item(article, feed), seen=seen)
        self.store.save_analysis(article.id, analysed(article))
        name = story or f"s-{article.id}"
        self.store.save_stories([Story(name, f"Story {name}", (*beside, article.id))])

    async def tick(self, now: datetime = NOON) -> list[str]:
        """Return what is posted by then, after what was posted before."""
        before = len(self.platform.history[KEY])
        await self.watch.tick(now)
        await self.publisher.tick(now)
        return self.platform.posted(KEY)[before:]


async def test_a_new_article_that_says_something_of_what_is_followed_is_told(store: Store) -> None:
    """With the sentence as it stands, its outlet, and how to end it."""
    bench = Bench(store, "Ada Ruiz")
    bench.comes(bench.article("ferry", SAID))
    bench.comes(bench.article("goal", "The striker scored twice in the second half on Sunday."))
    (posted,) = await bench.tick()
    assert "The ferry Corva was carrying 241 people" in posted
    assert "unfollow Ada Ruiz" in posted
    assert "striker" not in posted


async def test_words_are_followed_as_well_as_names(store: Store) -> None:
    bench = Bench(store, "lower decks")
    bench.comes(bench.article("ferry", SAID))
    (posted,) = await bench.tick()
    assert "Divers went down again" in posted


async def test_a_story_is_told_once(store: Store) -> None:
    """Also when another article of it comes, and in another life of the program."""
    bench = Bench(store, "Corva")
    bench.comes(bench.article("ferry", SAID), story="s1")
    assert len(await bench.tick()) == 1
    more = bench.article("more", "The ferry Corva lies at 20 metres, the harbour office said.")
    bench.comes(more, story="s1", beside=["ferry"])
    assert await bench.tick(NOON + MINUTE) == []
    bench.restart()
    assert await bench.tick(NOON + 2 * MINUTE) == []


async def test_many_are_folded_into_one_message(store: Store) -> None:
    bench = Bench(store, "Corva")
    for number in range(8):
        bench.comes(bench.article(f"n{number}", f"The ferry Corva made trip {number} on Monday."))
    (posted,) = await bench.tick()
    assert "New on Corva: 8 stories" in posted
    assert "And 3 more stories" in posted


async def test_no_more_messages_an_hour_than_the_cap_and_the_rest_is_folded_later(
    store: Store,
) -> None:
    bench = Bench(store, "Corva", per_hour=2)
    posted = []
    for number in range(6):
        now = NOON + number * MINUTE
        bench.comes(bench.article(f"n{number}", f"The ferry Corva made trip {number}."), seen=now)
        posted += await bench.tick(now)
    assert len(posted) == 2
    (folded,) = await bench.tick(NOON + HOUR + MINUTE)
    assert "4 stories" in folded


async def test_a_cap_of_nothing_tells_nothing(store: Store) -> None:
    bench = Bench(store, "Corva", per_hour=0)
    bench.comes(bench.article("ferry", SAID))
    assert await bench.tick() == []


async def test_quiet_hours_are_kept_and_what_came_in_them_is_told_after_them(store: Store) -> None:
    bench = Bench(store, "Corva", quiet=(time(12), time(14)))
    bench.comes(bench.article("ferry", SAID))
    assert await bench.tick() == []
    assert await bench.tick(NOON + HOUR) == []
    assert len(await bench.tick(NOON + 2 * HOUR)) == 1


async def test_the_first_poll_of_a_feed_tells_nothing(store: Store) -> None:
    """However new its articles are; those of later polls are told."""
    bench = Bench(store, "Corva")
    feed = "https://new.example/rss"
    bench.comes(bench.article("ferry", SAID), feed=feed)
    assert await bench.tick() == []
    later = bench.article("later", "The ferry Corva was raised, divers said on Monday.")
    bench.comes(later, feed=feed, seen=NOON)
    (posted,) = await bench.tick(NOON + MINUTE)
    assert "was raised" in posted


async def test_a_file_that_is_dropped_in_is_told(store: Store) -> None:
    bench = Bench(store, "Corva")
    bench.comes(bench.article("ferry", SAID), feed="/news/ferry.txt")
    assert len(await bench.tick()) == 1


async def test_old_news_is_told_by_no_alert(store: Store) -> None:
    """What came before it was followed, and what was printed long before it came."""
    bench = Bench(store, "Corva")
    old = replace(bench.article("old", SAID), published=NOON - 3 * DAY)
    bench.comes(old)
    bench.comes(bench.article("before", SAID + " Again."), seen=NOON - DAY - MINUTE)
    assert await bench.tick() == []


async def test_what_a_digest_told_of_is_no_alert(store: Store) -> None:
    bench = Bench(store, "Corva", paused=False)
    bench.comes(bench.article("ferry", SAID), seen=NOON - 90 * MINUTE, story="s1")
    await bench.publisher.tick(NOON - HOUR)
    assert store.briefed(KEY) == {"s1": ("ferry",)}
    assert await bench.tick() == []


async def test_what_is_not_followed_any_more_is_not_told(store: Store) -> None:
    bench = Bench(store, "Corva", quiet=(time(12), time(14)))
    bench.comes(bench.article("ferry", SAID))
    await bench.tick()
    subscription = store.subscription(KEY)
    assert subscription is not None
    store.save_subscription(replace(subscription, follows=("Ruiz",), followed=(NOON,)))
    assert await bench.tick(NOON + 2 * HOUR) == []


async def briefed(store: Store, text: str = SAID) -> Bench:
    """Return a bench whose channel had a digest of one article at eleven."""
    bench = Bench(store, paused=False)
    bench.comes(bench.article("ferry", text), seen=NOON - 90 * MINUTE, story="s1")
    (posted,) = await bench.tick(NOON - HOUR)
    assert text.partition(".")[0] in posted
    return bench


async def test_a_change_in_a_sentence_that_was_shown_is_told_in_the_digests_thread(
    store: Store,
) -> None:
    """What it said, what it says now, both as they stand; and once, over restarts."""
    bench = await briefed(store)
    bench.comes(bench.article("ferry", SAID.replace("241", "212")), story="s1", seen=NOON)
    (posted,) = await bench.tick(NOON)
    assert "carrying 241 people" in posted
    assert "carrying 212 people" in posted
    assert "Divers" not in posted
    digest, note = bench.platform.history[KEY]
    assert note.thread == digest.remote_id
    assert await bench.tick(NOON + MINUTE) == []
    bench.restart()
    assert await bench.tick(NOON + 2 * MINUTE) == []


async def test_a_correction_note_of_the_outlet_is_quoted_beside_the_change(store: Store) -> None:
    bench = await briefed(store)
    own = "Correction, March 12: An earlier version of this article said that 241 people were aboard the Corva. The number is 212."
    text = f"{SAID.replace('241', '212')}\n\n{own}"
    bench.comes(bench.article("ferry", text), story="s1", seen=NOON)
    (posted,) = await bench.tick(NOON)
    assert "An earlier version of this article said that 241 people were aboard" in posted
    assert posted.count("Quoted here:") == 1
    assert "aboard the Corva. The number is 212." in posted


async def test_a_correction_of_what_was_not_shown_is_told_as_one_of_the_article(
    store: Store,
) -> None:
    """The sentence that was quoted stands as it was, and nothing else is said of it."""
    bench = await briefed(store)
    own = "Correction: An earlier version of this article said that the ferry Corva struck the pier on Friday. It was Saturday."
    bench.comes(bench.article("ferry", f"{SAID}\n\n{own}"), story="s1", seen=NOON)
    (posted,) = await bench.tick(NOON)
    assert "Vale Post corrected an article that was quoted here" in posted
    assert "It says now" not in posted


async def test_a_sentence_that_is_gone_is_told(store: Store) -> None:
    bench = await briefed(store)
    text = "Divers went down again on Sunday morning to search the lower deck."
    bench.comes(bench.article("ferry", text), story="s1", seen=NOON)
    (posted,) = await bench.tick(NOON)
    assert "no longer in the article" in posted


@pytest.mark.parametrize(
    "text",
    [
        SAID + "\n\nThe pier was closed for the night.",
        SAID.replace("Saturday, harbour", "Saturday — harbour").replace("Corva", "CORVA"),
    ],
)
async def test_other_edits_are_not_told(store: Store, text: str) -> None:
    """Sentences that were not shown, commas and capitals."""
    bench = await briefed(store)
    bench.comes(bench.article("ferry", text), story="s1", seen=NOON)
    assert await bench.tick(NOON) == []


async def test_an_edit_before_it_was_shown_is_none(store: Store) -> None:
    bench = Bench(store, paused=False)
    bench.comes(bench.article("ferry", SAID), seen=NOON - 100 * MINUTE, story="s1")
    changed = bench.article("ferry", SAID.replace("241", "212"))
    bench.comes(changed, seen=NOON - 90 * MINUTE, story="s1")
    await bench.tick(NOON - HOUR)
    assert await bench.tick(NOON) == []


async def test_an_outlets_correction_in_an_article_of_its_own_is_told(store: Store) -> None:
    bench = await briefed(store)
    text = "The Vale Post said on Thursday that 241 people were aboard the ferry Corva when it struck the pier. The number is 212."
    article = bench.article("fix", text, title="Correction: Ferry Corva")
    bench.comes(article, story="s1", beside=["ferry"], seen=NOON)
    (posted,) = await bench.tick(NOON)
    assert "Vale Post corrected what was quoted here" in posted
    assert "The Vale Post said on Thursday that 241 people" in posted


async def test_a_claim_that_its_own_source_denies_later_is_told(store: Store) -> None:
    text = "Ada Ruiz, the harbour master, said that the ferry Corva was carrying 241 people on Saturday."
    bench = await briefed(store, text)
    denial = "Ada Ruiz, the harbour master, denied that the ferry Corva was carrying 241 people on Saturday."
    other = replace(bench.article("denial", denial), outlet="Oru Times")
    bench.comes(other, story="s1", beside=["ferry"], seen=NOON)
    (posted,) = await bench.tick(NOON)
    assert "Ada Ruiz now denies this" in posted
    assert "denied that the ferry Corva" in posted


async def test_anothers_denial_is_no_correction(store: Store) -> None:
    """That is a dispute, which story and source show."""
    text = "Ada Ruiz, the harbour master, said that the ferry Corva was carrying 241 people on Saturday."
    bench = await briefed(store, text)
    denial = (
        "Ottmar Prell, the owner, denied that the ferry Corva was carrying 241 people on Saturday."
    )
    bench.comes(bench.article("denial", denial), story="s1", beside=["ferry"], seen=NOON)
    assert await bench.tick(NOON) == []


async def test_an_alert_that_showed_a_sentence_is_corrected_in_its_thread(store: Store) -> None:
    bench = Bench(store, "Corva")
    bench.comes(bench.article("ferry", SAID), story="s1")
    assert len(await bench.tick()) == 1
    bench.comes(bench.article("ferry", SAID.replace("241", "212")), story="s1", seen=NOON + MINUTE)
    (posted,) = await bench.tick(NOON + 2 * MINUTE)
    assert "carrying 212 people" in posted
    alert, note = bench.platform.history[KEY]
    assert note.thread == alert.remote_id


async def test_what_only_another_workspaces_feed_brought_is_told_to_nobody_here(
    store: Store,
) -> None:
    """Neither as an alert nor as a correction."""
    bench = Bench(store, "Corva")
    theirs = "https://private.example/rss"
    store.add_feed(Feed(theirs, channel="fake:G2:C7"))
    bench.comes(bench.article("first", "The ferry sailed on."), feed=theirs, seen=NOON - HOUR)
    bench.comes(bench.article("ferry", SAID), feed=theirs)
    assert await bench.tick() == []
