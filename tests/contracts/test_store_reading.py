"""What every store promises of reading: identity, copies, what was not kept, feeds and who was told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Feed, FeedState, Item, Landing, Reading, Stored, ToldFeed
from bot.ports import Store
from summarizer.model import Article

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WIRE = (
    "The harbour of Port Almira will close on Monday, its master Ada Lind said, after a storm"
    " broke the northern pier. Fishers protested against the closing, which the ministry called"
    " a measure of safety. No one was hurt when the pier fell into the sea on Friday night."
)
ADDED = " In our town the market stays open all week, the mayor told this paper."
OTHER = (
    "Schools in the capital open an hour later from March on, the council decided, because the"
    " buses that bring the children from the hills have been late on every second day of winter."
)


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def article(name: str, text: str = WIRE, **changes: object) -> Article:
    made = Article(
        name,
        text,
        "Harbour closes",
        f"Outlet {name}",
        url=f"https://{name}.example/harbour",
        published=NOW - HOUR,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def add(store: Store, made: Article, *, guid: str = "", at: datetime = NOW) -> Stored:
    return store.add(Item(made, "f", guid), seen=at)


class TestIdentity:
    def test_an_address_that_changes_under_one_guid_is_an_edit(self, store: Store) -> None:
        """A headline is mended, its address with it; the feed's own id stays."""
        add(store, article("a"), guid="1")
        moved = article("b", WIRE + ADDED, url="https://a.example/harbour-closes")
        assert add(store, moved, guid="1", at=NOW + HOUR) == Stored(Landing.UPDATED, "a")
        held = store.article_by_url(moved.url)
        assert held == replace(moved, id="a")
        assert len(store.versions("a")) == 1

    def test_a_guid_that_is_used_again_for_another_story_hides_nothing(self, store: Store) -> None:
        add(store, article("a"), guid="1")
        assert add(store, article("b", OTHER), guid="1") == Stored(Landing.NEW, "b")
        assert add(store, article("a"), guid="1").article_id == "a"

    def test_one_guid_without_addresses_for_story_after_story_hides_nothing(
        self, store: Store
    ) -> None:
        """An id made of such a guid is the same each time; the words are not."""
        first = add(store, article("g", url=""), guid="1")
        second = add(store, article("g", OTHER, url=""), guid="1", at=NOW + HOUR)
        assert second.landing is Landing.NEW
        assert second.article_id != first.article_id
        assert add(store, article("g", OTHER, url=""), guid="1") == Stored(
            Landing.SAME, second.article_id
        )
        assert {one.text for one in store.articles([first.article_id, second.article_id])} == {
            WIRE,
            OTHER,
        }

    def test_a_guid_means_nothing_in_another_feed(self, store: Store) -> None:
        add(store, article("a"), guid="1")
        other = Item(article("b", WIRE + ADDED), "another feed", "1")
        assert store.add(other, seen=NOW).article_id == "b"


class TestCopies:
    def test_a_reprint_with_edits_is_known_as_a_copy_and_keeps_its_own_words(
        self, store: Store
    ) -> None:
        add(store, article("a"))
        add(store, article("b", WIRE.replace("on Friday night", "late on Friday") + ADDED))
        add(store, article("c", OTHER))
        assert store.copies("a") == ["b"]
        assert store.copies("b") == ["a"]
        assert store.copies("c") == []
        held = store.article("b")
        assert held is not None
        assert ADDED.strip() in held.text
        assert [one.url for one in store.carriages("b")] == ["https://b.example/harbour"]

    def test_a_short_report_cut_from_a_long_one_is_a_copy(self, store: Store) -> None:
        add(store, article("long", f"{WIRE} {OTHER}" + ADDED))
        add(store, article("short", WIRE))
        assert store.copies("short") == ["long"]

    def test_all_copies_of_one_text_know_each_other(self, store: Store) -> None:
        for name in "abc":
            add(store, article(name, f"{WIRE} Printed here by {name}, who added a word."))
        assert store.copies("b") == ["a", "c"]

    def test_a_round_up_is_a_copy_of_each_story_in_it_and_these_are_none_of_one_another(
        self, store: Store
    ) -> None:
        add(store, article("a"))
        add(store, article("b", OTHER))
        add(store, article("roundup", f"{WIRE} {OTHER}"))
        assert store.copies("roundup") == ["a", "b"]
        assert store.copies("a") == ["roundup"]

    def test_an_ending_that_all_pages_have_hides_no_copy_and_makes_none(self, store: Store) -> None:
        ending = "Sign up for our morning letter and read the news before your coffee is cold."
        own = " ".join(f"{word} {word}er of {word}ing" for word in ("red", "sand", "mill", "boat"))
        add(store, article("wire"))
        for number in range(40):
            page = " ".join(f"{word}{number}" for word in own.split())
            add(store, article(f"page{number:02}", f"{page}. {ending}"))
        add(store, article("reprint", f"{WIRE} {ending}"))
        assert store.copies("reprint") == ["wire"]
        assert store.copies("page39") == []

    def test_a_text_that_many_print_is_a_copy_of_the_last_prints(self, store: Store) -> None:
        for number in range(40):
            add(store, article(f"p{number:02}", f"{WIRE} Printed here as number {number}."))
        assert len(store.copies("p39")) >= 12

    def test_an_edit_of_the_wire_itself_is_looked_at_too(self, store: Store) -> None:
        add(store, article("a"))
        add(store, article("b", WIRE + ADDED))
        add(store, article("a", OTHER), at=NOW + HOUR)
        assert store.copies("b") == []

    def test_a_few_words_in_common_make_no_copy(self, store: Store) -> None:
        add(store, article("a"))
        add(store, article("b", f"{OTHER} The ministry called it a measure of safety."))
        add(store, article("c", "The harbour of Port Almira will close."))
        assert store.copies("a") == []

    def test_an_edit_that_leaves_nothing_of_the_wire_is_no_copy_any_more(
        self, store: Store
    ) -> None:
        add(store, article("a"))
        add(store, article("b", WIRE + ADDED))
        add(store, article("b", OTHER), at=NOW + HOUR)
        assert store.copies("b") == []
        add(store, article("b", WIRE + ADDED), at=NOW + 2 * HOUR)
        assert store.copies("b") == ["a"]


class TestReadings:
    def test_why_an_address_gave_nothing_is_kept_until_it_does(self, store: Store) -> None:
        url = "https://a.example/story?utm_source=rss"
        assert store.reading(url) is None
        store.note_reading(Reading(url, "timeout", "It was slow.", NOW))
        store.note_reading(Reading(url, "login", "It is a login form.", NOW + HOUR))
        told = Reading(url, "login", "It is a login form.", NOW + HOUR)
        assert store.reading("https://www.a.example/story/") == told
        store.forget_reading(url)
        assert store.reading(url) is None

    def test_what_a_feed_held_when_it_was_added_is_never_its_news(self, store: Store) -> None:
        old = Item(article("a"), "f", "1", old=True)
        store.pass_over(old, seen=NOW)
        assert store.add(replace(old, old=False), seen=NOW + HOUR).landing is Landing.SAME
        assert store.article("a") is None
        assert store.passed_over("https://a.example/harbour") == "f"
        assert store.passed_over("https://b.example/") == ""

    def test_what_one_feed_passed_over_another_may_bring(self, store: Store) -> None:
        store.pass_over(Item(article("a"), "f"), seen=NOW)
        assert store.add(Item(article("a"), "g"), seen=NOW) == Stored(Landing.NEW, "a")
        edited = Item(article("a", WIRE + ADDED), "f")
        assert store.add(edited, seen=NOW).landing is Landing.UPDATED


class TestFeeds:
    def test_a_feeds_wishes_are_kept(self, store: Store) -> None:
        state = FeedState("u", ttl_seconds=3600.0, skip_hours=(0, 23), skip_days=(6,))
        store.save_feed_state(state)
        assert store.feed_state("u") == state

    def test_a_feed_that_nobody_named_takes_its_own_title(self, store: Store) -> None:
        store.add_feed(Feed("u", channel="console"))
        store.add_feed(Feed("u", "Mine", channel="slack:T:C"))
        store.name_feed("u", "The Mast")
        assert [(feed.channel, feed.title) for feed in store.feeds()] == [
            ("console", "The Mast"),
            ("slack:T:C", "Mine"),
        ]

    def test_feeds_are_due_once_an_address_and_the_longest_waiting_first(
        self, store: Store
    ) -> None:
        for url in ("new", "soon", "late", "later", "gone"):
            store.add_feed(Feed(url, url, channel="console"))
        store.add_feed(Feed("late", "late", channel="slack:T:C"))
        states = [
            FeedState("soon", next_poll=NOW + HOUR),
            FeedState("late", next_poll=NOW - 2 * HOUR, skip_hours=(3,)),
            FeedState("later", next_poll=NOW - HOUR),
            FeedState("gone", stopped=True),
            FeedState("nobody's", next_poll=NOW - HOUR),
        ]
        for state in states:
            store.save_feed_state(state)
        due = store.due_feeds(NOW)
        assert [feed.url for feed, _ in due] == ["new", "late", "later"]
        assert [state for _, state in due] == [FeedState("new"), states[1], states[2]]
        assert due[1][0].channel == "slack:T:C"

    def test_feeds_in_trouble_or_told_of_are_found_for_each_channel(self, store: Store) -> None:
        for url, channel in (("well", ""), ("down", ""), ("down", "slack:T:C"), ("told", "c")):
            store.add_feed(Feed(url, channel=channel))
        store.add_feed(Feed("new"))
        states = [FeedState("down", failures=1), FeedState("told"), FeedState("well")]
        for state in (*states, FeedState("nobody's", stopped=True)):
            store.save_feed_state(state)
        store.tell_feed(ToldFeed("c", "told", "timeout", NOW))
        assert [(feed.url, feed.channel, state) for feed, state in store.troubled_feeds()] == [
            ("down", "", states[0]),
            ("down", "slack:T:C", states[0]),
            ("told", "c", states[1]),
        ]

    def test_articles_a_day_are_those_of_the_last_two_weeks(self, store: Store) -> None:
        assert store.articles_a_day("f", NOW) == 0.0
        for number in range(30):
            text = f"Ship number {number} left the harbour."
            add(store, article(f"n{number}", text, published=NOW - number * DAY))
        assert store.articles_a_day("f", NOW) == pytest.approx(1.0)
        assert store.articles_a_day("another", NOW) == 0.0

    def test_a_feed_of_today_is_not_watered_down(self, store: Store) -> None:
        for number in range(6):
            text = f"Ship number {number} left the harbour."
            add(store, article(f"n{number}", text, published=NOW - number * HOUR))
        assert store.articles_a_day("f", NOW) == pytest.approx(6.0)

    def test_who_was_told_of_a_broken_feed_is_kept_until_it_is_well(self, store: Store) -> None:
        told = ToldFeed("console", "u", "timeout", NOW)
        store.tell_feed(told)
        store.tell_feed(replace(told, channel="slack:T:C"))
        store.tell_feed(replace(told, outcome="gone"))
        assert store.told_feeds() == [
            replace(told, outcome="gone"),
            replace(told, channel="slack:T:C"),
        ]
        store.untell_feed("console", "u")
        assert [one.channel for one in store.told_feeds()] == ["slack:T:C"]
