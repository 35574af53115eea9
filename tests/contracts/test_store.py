"""What every store promises: the real one and the fake pass the same tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import StoreError
from bot.model import Channel, Feed, FeedState, Item, Landing, Schedule, Stored, Subscription
from bot.ports import Store
from summarizer.model import (
    Analysis,
    Article,
    Caption,
    Entity,
    EntityKind,
    LineKind,
    Sentence,
    Span,
    Story,
)

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = (
    "The harbour of Port Almira will close on Monday, its master Ada Lind said."
    " Fishers protested against the closing of the harbour."
)


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def article(number: int = 1, **changes: object) -> Article:
    made = Article(
        f"a{number}",
        TEXT if number == 1 else f"{TEXT} Ship number {number} left.",
        f"Harbour closes {number}",
        "The Almira Post",
        url=f"https://post.example/news/{number}",
        published=NOW + number * HOUR,
        zone="Europe/Malta",
        captions=(Caption("The harbour at dawn", "Post/Lind"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def analysed(text: str, *entities: Entity, version: int = 1) -> Analysis:
    """Cut the text at every full stop that a space follows."""
    sentences, start = [], 0
    while start < len(text):
        stop = text.find(". ", start)
        end = len(text) if stop < 0 else stop + 1
        sentences.append(Sentence(Span(start, end), 0))
        start = end + 1
    return Analysis(version, tuple(sentences), entities)


def named(text: str, name: str, *aliases: str, kind: EntityKind = EntityKind.PLACE) -> Entity:
    spans = [
        Span(start, start + len(word))
        for word in (name, *aliases)
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    return Entity(name, kind, aliases, tuple(spans))


def add(store: Store, made: Article, *, feed: str = "f", at: datetime = NOW) -> Stored:
    return store.add(Item(made, feed), seen=at)


class TestArticles:
    def test_a_new_article_comes_back_as_it_was(self, store: Store) -> None:
        assert add(store, article()) == Stored(Landing.NEW, "a1")
        assert store.article("a1") == article()
        assert store.article("a2") is None

    def test_the_same_article_again_changes_nothing(self, store: Store) -> None:
        add(store, article())
        assert add(store, article(), at=NOW + HOUR) == Stored(Landing.SAME, "a1")
        assert store.versions("a1") == []
        assert [one.seen for one in store.carriages("a1")] == [NOW]

    def test_the_carriages_and_analyses_of_many_are_asked_for_at_once(self, store: Store) -> None:
        add(store, article())
        add(store, article(2))
        store.save_analysis("a1", analysed(TEXT))
        wanted = ["a1", "a2", "a3"]
        assert store.analyses_of(wanted) == {"a1": store.analysis("a1")}
        assert store.carriages_of(wanted) == {one: store.carriages(one) for one in ("a1", "a2")}

    def test_white_space_makes_no_other_text(self, store: Store) -> None:
        add(store, article())
        spaced = article(text=TEXT.replace(" ", "\n"))
        assert add(store, spaced).landing is Landing.SAME
        assert store.article("a1") == article()

    def test_the_same_address_is_the_same_article_however_it_is_written(self, store: Store) -> None:
        add(store, article())
        other = article(id="b", url="http://WWW.post.example/news/1/?utm_source=x&fbclid=2#top")
        assert add(store, other) == Stored(Landing.SAME, "a1")
        assert store.article_by_url("https://post.example/news/1#:~:text=harbour") == article()
        assert store.article_by_url("https://post.example/news/9") is None

    def test_what_a_later_reading_tells_fills_what_was_blank(self, store: Store) -> None:
        add(store, article(published=None, byline=""))
        assert store.newest() == NOW
        add(store, article(byline="By Ivo Sand", title="Another title"))
        held = store.article("a1")
        assert held == article(byline="By Ivo Sand")
        assert store.newest() == NOW + HOUR

    def test_the_same_words_under_another_address_are_carried_on_the_first(
        self, store: Store
    ) -> None:
        add(store, article())
        reprint = article(
            id="b", outlet="Gulf Wire", url="https://wire.example/1", text=TEXT.upper()
        )
        assert add(store, reprint, feed="g", at=NOW + HOUR) == Stored(Landing.CARRIED, "a1")
        assert add(store, reprint, feed="g", at=NOW + HOUR).article_id == "a1"
        assert [(one.outlet, one.url, one.feed, one.seen) for one in store.carriages("a1")] == [
            ("The Almira Post", "https://post.example/news/1", "f", NOW),
            ("Gulf Wire", "https://wire.example/1", "g", NOW + HOUR),
        ]
        assert store.article("b") is None
        assert store.article_by_url("https://wire.example/1") == article()

    def test_articles_without_words_are_never_the_same_by_their_words(self, store: Store) -> None:
        add(store, article(1, text=""))
        assert add(store, article(2, text="")).landing is Landing.NEW

    def test_a_short_text_is_told_apart_by_its_title(self, store: Store) -> None:
        add(store, article(1, text="Read more on our site."))
        assert add(store, article(2, text="Read more on our site.")).landing is Landing.NEW
        same = article(3, text="Read more on our site.", title="Harbour closes 2")
        assert add(store, same) == Stored(Landing.CARRIED, "a2")

    def test_an_edit_keeps_the_older_text_and_drops_what_was_derived(self, store: Store) -> None:
        add(store, article())
        store.save_analysis("a1", analysed(TEXT, named(TEXT, "Port Almira")))
        edited = article(text="The harbour stays open.", published=None)
        assert add(store, edited, at=NOW + HOUR) == Stored(Landing.UPDATED, "a1")
        held = store.article("a1")
        assert held == replace(edited, published=article().published)
        (older,) = store.versions("a1")
        assert (older.number, older.text, older.seen) == (1, TEXT, NOW)
        assert store.analysis("a1") is None
        assert store.search(["harbour"]) == []
        assert store.mentions("Port Almira") == []
        assert store.entities("port") == []
        assert [one.id for one in store.unanalysed(1)] == ["a1"]

    def test_every_text_is_kept_once_however_often_it_comes_back(self, store: Store) -> None:
        """Two feeds of one outlet, one with a shorter text, swap them at every poll."""
        for hour in range(5):
            text = "The harbour stays open." if hour % 2 else TEXT
            landing = add(store, article(text=text), at=NOW + hour * HOUR).landing
            assert landing is (Landing.UPDATED if hour else Landing.NEW)
        assert store.article("a1") == article()
        assert [(one.number, one.text, one.seen) for one in store.versions("a1")] == [
            (1, TEXT, NOW),
            (2, "The harbour stays open.", NOW + HOUR),
        ]

    def test_a_reprint_that_is_edited_becomes_an_article_of_its_own(self, store: Store) -> None:
        add(store, article())
        reprint = article(id="b", outlet="Gulf Wire", url="https://wire.example/1")
        add(store, reprint)
        own = replace(reprint, text=f"{TEXT} Gulf Wire asked the ministry.")
        assert add(store, own, at=NOW + HOUR) == Stored(Landing.NEW, "b")
        assert store.article("a1") == article()
        assert [one.outlet for one in store.carriages("a1")] == ["The Almira Post"]
        assert [one.outlet for one in store.carriages("b")] == ["Gulf Wire"]
        assert store.article_by_url("https://wire.example/1") == own

    def test_a_reprint_of_an_edited_article_is_not_held_to_the_new_text(self, store: Store) -> None:
        """The wire corrected itself; the outlet that reprinted it did not."""
        add(store, article())
        reprint = article(id="b", outlet="Gulf Wire", url="https://wire.example/1")
        add(store, reprint)
        add(store, article(text="The harbour stays open."))
        assert add(store, reprint) == Stored(Landing.NEW, "b")
        assert store.article("b") == reprint

    def test_characters_that_no_database_takes_are_replaced_and_offsets_hold(
        self, store: Store
    ) -> None:
        add(store, article(text="Harbour\0 \ud800closed", captions=(Caption("\udfff"),)))
        held = store.article("a1")
        assert held is not None
        assert held.text == "Harbour\ufffd \ufffdclosed"
        assert held.captions == (Caption("\ufffd"),)

    def test_articles_come_in_the_order_asked_for(self, store: Store) -> None:
        for number in (1, 2, 3):
            add(store, article(number))
        assert [one.id for one in store.articles(["a3", "none", "a1"])] == ["a3", "a1"]
        assert store.articles([]) == []

    def test_a_window_holds_its_beginning_and_not_its_end(self, store: Store) -> None:
        for number in (3, 1, 2):
            add(store, article(number))
        add(store, article(4, published=None), at=NOW)
        found = store.published_between(NOW, NOW + 3 * HOUR)
        assert [one.id for one in found] == ["a4", "a1", "a2"]
        assert store.newest() == NOW + 3 * HOUR

    def test_an_empty_store_has_no_newest_article(self, store: Store) -> None:
        assert store.newest() is None
        assert store.published_between(NOW, NOW + HOUR) == []


class TestIndex:
    def test_an_analysis_comes_back_as_it_was(self, store: Store) -> None:
        add(store, article())
        wanted = analysed(TEXT, named(TEXT, "Ada Lind", kind=EntityKind.PERSON))
        store.save_analysis("a1", wanted)
        assert store.analysis("a1") == wanted
        assert store.unanalysed(1) == []
        assert [one.id for one in store.unanalysed(2)] == ["a1"]

    def test_a_newer_analysis_replaces_an_older_one_and_never_the_reverse(
        self, store: Store
    ) -> None:
        add(store, article())
        store.save_analysis("a1", analysed(TEXT, version=2))
        store.save_analysis("a1", Analysis(1))
        assert store.analysis("a1") == analysed(TEXT, version=2)
        store.save_analysis("a1", Analysis(3))
        assert store.analysis("a1") == Analysis(3)
        assert store.search(["harbour"]) == []

    def test_an_analysis_of_a_text_that_was_edited_meanwhile_is_not_kept(
        self, store: Store
    ) -> None:
        add(store, article())
        add(store, article(text="The harbour stays open."))
        store.save_analysis("a1", analysed(TEXT), of_text=TEXT)
        assert store.analysis("a1") is None

    def test_an_analysis_needs_its_article(self, store: Store) -> None:
        with pytest.raises(StoreError):
            store.save_analysis("a1", Analysis(1))

    def test_search_finds_sentences_by_stem_best_first(self, store: Store) -> None:
        add(store, article())
        store.save_analysis("a1", analysed(TEXT))
        hits = store.search(["protests", "closed"])
        assert hits[0].span.of(TEXT) == "Fishers protested against the closing of the harbour."
        assert (hits[0].article_id, hits[0].sentence) == ("a1", 1)
        assert hits[0].score >= hits[-1].score > 0
        assert len(store.search(["harbour"], limit=1)) == 1
        assert store.search(["harbour"], limit=0) == []

    def test_search_keeps_to_articles_since_a_moment(self, store: Store) -> None:
        for number in (1, 2):
            add(store, article(number))
            store.save_analysis(f"a{number}", analysed(article(number).text))
        found = store.search(["harbour"], since=NOW + 2 * HOUR)
        assert {hit.article_id for hit in found} == {"a2"}

    @pytest.mark.parametrize(
        "words",
        [
            [],
            [""],
            ["AND"],
            ['"'],
            ['harbour" OR "ship'],
            ["harbour*"],
            ["words:harbour"],
            ["NEAR(harbour ship)"],
            ["^harbour", "-", "(", ")", "+"],
            ["\0", "\ud800"],
            ["'; DROP TABLE articles; --"],
        ],
    )
    def test_words_of_the_index_language_are_data(self, store: Store, words: list[str]) -> None:
        add(store, article(2, text="Nothing of the kind stands here."))
        store.save_analysis("a2", analysed("Nothing of the kind stands here."))
        assert store.search(words) == []

    def test_only_the_body_is_searched(self, store: Store) -> None:
        add(store, article())
        caption = Sentence(Span(0, len(TEXT)), 0, LineKind.CAPTION)
        store.save_analysis("a1", Analysis(1, (caption,), (named(TEXT, "Port Almira"),)))
        assert store.search(["harbour"]) == []
        assert store.mentions("Port Almira") == []

    def test_entities_are_completed_from_any_word_most_mentioned_first(self, store: Store) -> None:
        for number in (1, 2):
            add(store, article(number))
            text = article(number).text
            entities = [named(text, "Port Almira", "harbour")]
            if number == 1:
                entities.append(named(text, "Ada Lind", kind=EntityKind.PERSON))
            store.save_analysis(f"a{number}", analysed(text, *entities))
        everyone = store.entities("")
        assert [(one.name, one.kind, one.mentions) for one in everyone] == [
            ("Port Almira", "place", 4),
            ("Ada Lind", "person", 1),
        ]
        assert [one.name for one in store.entities("LIN")] == ["Ada Lind"]
        assert [one.name for one in store.entities("port al")] == ["Port Almira"]
        assert [one.name for one in store.entities("harb")] == ["Port Almira"]
        assert store.entities("ind") == []
        assert len(store.entities("", limit=1)) == 1

    def test_mentions_are_found_by_name_and_alias_newest_first(self, store: Store) -> None:
        for number in (1, 2):
            add(store, article(number))
            text = article(number).text
            store.save_analysis(f"a{number}", analysed(text, named(text, "Port Almira", "harbour")))
        found = [(hit.article_id, hit.sentence) for hit in store.mentions("PORT ALMIRA")]
        assert found == [("a2", 0), ("a2", 1), ("a1", 0), ("a1", 1)]
        assert store.mentions("Harbour", limit=1)[0].article_id == "a2"
        assert store.mentions("Almira") == []
        assert store.named(["PORT Almira", "harbour", "Almira"]) == {"PORT Almira", "harbour"}

    def test_names_differ_neither_by_accents_nor_by_spaces(self, store: Store) -> None:
        text = "José  Núñez left."
        add(store, article(text=text))
        store.save_analysis("a1", analysed(text, named(text, "José  Núñez")))
        assert len(store.mentions("jose nunez")) == 1
        assert len(store.entities("nún")) == 1

    def test_two_bearers_of_one_name_in_an_article_count_once_a_sentence(
        self, store: Store
    ) -> None:
        """An edit then takes back exactly what was counted."""
        add(store, article())
        twice = [
            named(TEXT, "Port Almira", "Ada Lind"),
            named(TEXT, "Ada Lind", "Port Almira", kind=EntityKind.PERSON),
        ]
        store.save_analysis("a1", analysed(TEXT, *twice))
        assert len(store.mentions("Ada Lind")) == 1
        store.save_analysis("a1", analysed(TEXT, version=2))
        assert store.entities("") == []

    def test_mentions_are_counted_by_local_day(self, store: Store) -> None:
        """23:30 UTC on the 20th is the 21st in Seoul."""
        for number, published in enumerate((NOW, NOW + 11 * HOUR, NOW + 12 * HOUR), 2):
            add(store, article(number, published=published))
            text = article(number).text
            store.save_analysis(f"a{number}", analysed(text, named(text, "Ada Lind")))
        assert store.mention_days("ada lind") == {date(2024, 10, 20): 2, date(2024, 10, 21): 1}
        assert store.mention_days("Ada Lind", zone="Asia/Seoul") == {
            date(2024, 10, 20): 1,
            date(2024, 10, 21): 2,
        }
        assert store.mention_days("nobody") == {}
        assert store.mention_days("nobody", most=7) == {}
        assert store.mention_days("ada lind", most=1) == {date(2024, 10, 21): 1}
        assert store.mention_days("ada lind", most=2) == store.mention_days("ada lind")
        assert store.mention_counts("ADA LIND") == (3, 3)
        assert store.mention_counts("nobody") == (0, 0)

    def test_analysed_articles_are_walked_through_oldest_first(self, store: Store) -> None:
        """A window is half-open; a name keeps those that mention it."""
        for number in (3, 2):
            add(store, article(number))
            text = article(number).text
            names = (named(text, "Ada Lind"),) if number == 3 else ()
            store.save_analysis(f"a{number}", analysed(text, *names))
        add(store, article(4))
        walked = [(one.id, len(analysis.sentences)) for one, analysis in store.analysed()]
        assert walked == [("a2", 3), ("a3", 3)]
        early, late = article(2).published, article(3).published
        assert [one.id for one, _ in store.analysed(since=late)] == ["a3"]
        assert [one.id for one, _ in store.analysed(since=early, until=late)] == ["a2"]
        assert [one.id for one, _ in store.analysed(names=["ADA LIND", "x"])] == ["a3"]

    def test_mentions_move_when_the_time_of_publication_becomes_known(self, store: Store) -> None:
        add(store, article(published=None))
        store.save_analysis("a1", analysed(TEXT, named(TEXT, "Ada Lind")))
        add(store, article(published=NOW - 48 * HOUR))
        assert store.mention_days("Ada Lind") == {date(2024, 10, 18): 1}

    def test_the_denominators_name_the_feeds_that_are_down(self, store: Store) -> None:
        assert store.searched().articles == 0
        add(store, article())
        for name in ("up", "shaky", "down", "stopped", "gone"):
            store.add_feed(
                Feed(f"https://{name}.example/rss", title="" if name == "down" else name)
            )
        store.add_feed(Feed("https://up.example/rss", channel="console"))
        store.save_feed_state(FeedState("https://up.example/rss"))
        store.save_feed_state(FeedState("https://down.example/rss", failures=3))
        store.save_feed_state(FeedState("https://shaky.example/rss", failures=2))
        store.save_feed_state(FeedState("https://stopped.example/rss", stopped=True))
        store.save_feed_state(FeedState("https://gone.example/rss", failures=3))
        store.remove_feed("https://gone.example/rss", channel="")
        found = store.searched()
        assert (found.articles, found.feeds, found.since) == (1, 4, NOW + HOUR)
        assert found.down == ("https://down.example/rss", "stopped")


class TestStories:
    def test_a_story_comes_back_as_it_was_with_the_clusterers_state(self, store: Store) -> None:
        assert store.stories_state() == b""
        story = Story("s1", "Harbour", ("a2", "a1"), NOW, NOW + HOUR)
        store.save_stories([story], state=b"\0state")
        assert store.story("s1") == story
        assert store.story_of("a1") == story
        assert store.story_of("a3") is None
        store.save_stories([])
        assert store.stories_state() == b"\0state"

    def test_an_article_is_in_the_story_that_named_it_last(self, store: Store) -> None:
        store.save_stories([Story("s1", "Harbour", ("a1", "a2"))])
        store.save_stories([Story("s2", "Ships", ("a2",)), Story("s1", "The harbour", ("a1",))])
        assert store.story("s1") == Story("s1", "The harbour", ("a1",))
        assert store.story_of("a2") == Story("s2", "Ships", ("a2",))

    def test_the_stories_of_many_articles_are_asked_for_at_once(self, store: Store) -> None:
        harbour, ships = Story("s1", "Harbour", ("a1", "a3")), Story("s2", "Ships", ("a2",))
        store.save_stories([harbour, ships])
        wanted = ["a3", "a4", "a2"]
        assert list(store.stories_of(wanted).items()) == [("a3", harbour), ("a2", ships)]
        assert store.stories_of([]) == {}

    def test_the_number_of_a_merged_story_leads_to_the_one_that_took_it_in(
        self, store: Store
    ) -> None:
        store.save_stories([Story("s1", "Harbour", ("a1",)), Story("s2", "Ships", ("a2",))])
        both = Story("s1", "Harbour", ("a1", "a2"))
        store.save_stories([both, Story("s2", "Ships", (), into="s1")])
        assert store.story("s2") == store.story_of("a2") == store.story("s1") == both

    def test_words_are_remembered_by_name(self, store: Store) -> None:
        assert store.remembered("files") == ""
        store.remember("files", "one")
        store.remember("files", "two é")
        assert store.remembered("files") == "two é"
        assert store.stories_state() == b""

    def test_stories_of_a_window_come_newest_first(self, store: Store) -> None:
        for number in range(1, 5):
            add(store, article(number))
        stories = [
            Story("s1", "One", ("a1", "a4")),
            Story("s2", "Two", ("a2",)),
            Story("s3", "Three", ("a3",)),
        ]
        store.save_stories(stories)
        found = store.stories_between(NOW + HOUR, NOW + 4 * HOUR)
        assert [story.id for story in found] == ["s3", "s2", "s1"]
        assert found[2] == stories[0]

    def test_what_arrived_late_is_found_by_its_arrival(self, store: Store) -> None:
        """Article 2 was printed before the window and came in it; 3 is a feed's old stock."""
        add(store, article(1), at=NOW + 2 * HOUR)
        add(store, article(2), at=NOW + 5 * HOUR)
        add(store, article(3, published=NOW - 90 * HOUR), at=NOW + 5 * HOUR)
        add(store, article(2), at=NOW + 9 * HOUR)
        stories = [Story(f"s{number}", "", (f"a{number}",)) for number in (1, 2, 3)]
        store.save_stories(stories)

        def arrived(since: datetime, until: datetime) -> list[str]:
            found = store.stories_arrived(since, until, printed_since=NOW - 24 * HOUR)
            return [story.id for story in found]

        assert arrived(NOW + 4 * HOUR, NOW + 6 * HOUR) == ["s2"]
        assert arrived(NOW, NOW + 5 * HOUR) == ["s1"]
        assert arrived(NOW, NOW + 6 * HOUR) == ["s2", "s1"]
        assert arrived(NOW + 6 * HOUR, NOW + 10 * HOUR) == []


class TestFeeds:
    def test_a_feed_is_kept_once_a_channel(self, store: Store) -> None:
        feed = Feed("https://one.example/rss", "One", "World", "console", state_media=True)
        assert store.add_feed(feed)
        assert not store.add_feed(replace(feed, title="Other"))
        assert store.add_feed(replace(feed, channel="slack:T:C"))
        assert store.feeds("console") == [feed]
        assert len(store.feeds()) == 2
        assert store.feeds("") == []

    def test_removing_a_feed_keeps_what_was_learnt(self, store: Store) -> None:
        feed = Feed("https://one.example/rss", channel="console")
        store.add_feed(feed)
        state = FeedState(feed.url, etag='"1"', last_poll=NOW, interval_seconds=1800.5)
        store.save_feed_state(state)
        assert not store.remove_feed(feed.url, channel="other")
        assert store.remove_feed(feed.url, channel="console")
        assert not store.remove_feed(feed.url, channel="console")
        assert store.feeds() == []
        store.add_feed(feed)
        assert store.feed_state(feed.url) == state

    def test_a_state_replaces_the_older_one(self, store: Store) -> None:
        first = FeedState("u", failures=3, error="no answer", moved_to="v", moved_seen=2)
        store.save_feed_state(first)
        second = FeedState("u", outcome="ok", last_success=NOW, next_poll=NOW + HOUR, articles=4)
        store.save_feed_state(second)
        assert store.feed_states() == [second]
        assert store.feed_state("none") is None

    def test_a_feed_that_moved_keeps_all_that_hangs_on_it(self, store: Store) -> None:
        store.add_feed(Feed("old", "One", channel="console"))
        store.add_feed(Feed("old", "One", channel="slack:T:C"))
        store.add_feed(Feed("new", "Two", channel="slack:T:C"))
        store.save_feed_state(FeedState("old", articles=7, moved_to="new", moved_seen=3))
        add(store, article(), feed="old")
        store.move_feed("old", "new")
        assert [(feed.url, feed.channel, feed.title) for feed in store.feeds()] == [
            ("new", "console", "One"),
            ("new", "slack:T:C", "Two"),
        ]
        assert store.feed_states() == [FeedState("new", articles=7)]
        assert [one.feed for one in store.carriages("a1")] == ["new"]

    def test_a_feed_that_moved_to_a_known_one_leaves_its_state_alone(self, store: Store) -> None:
        store.save_feed_state(FeedState("old", articles=7))
        store.save_feed_state(FeedState("new", articles=9))
        store.move_feed("old", "new")
        assert store.feed_states() == [FeedState("new", articles=9)]
        store.move_feed("new", "new")
        assert store.feed_states() == [FeedState("new", articles=9)]


class TestSubscriptions:
    def test_a_subscription_replaces_the_channels_older_one(self, store: Store) -> None:
        first = Subscription(Channel("console"), since=NOW)
        second = Subscription(
            Channel("console", "Terminal"),
            Schedule(zone="Asia/Seoul", weekdays=(0,), paused=True, since=NOW),
            keywords=("ships",),
            follows=("Ada Lind",),
            length="short",
            skip_empty=True,
            problem="none",
        )
        assert store.subscription("console") is None
        store.save_subscription(first)
        store.save_subscription(second)
        store.save_subscription(replace(first, channel=Channel("slack:T:C")))
        assert store.subscription("console") == second
        assert [one.channel.key for one in store.subscriptions()] == ["console", "slack:T:C"]
