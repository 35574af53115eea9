"""Who is shown what: news of a feed that some workspaces added is theirs alone, in every question."""

from dataclasses import replace
from datetime import timedelta

import pytest
from test_store import NOW, TEXT, add, analysed, article, named

from bot.model import CONSOLE, Feed, FeedState, Item, Landing
from bot.ports import Store
from summarizer.model import Story

OURS, THEIRS = "discord:1:10", "discord:2:20"
PUBLIC, PRIVATE = "https://all.example/rss", "https://ours.example/rss"
DAY = timedelta(days=1)


@pytest.fixture
def store(each_store: Store) -> Store:
    each_store.add_feed(Feed(PUBLIC))
    each_store.add_feed(Feed(PRIVATE, "Our wire", channel=OURS))
    return each_store


def told(store: Store, number: int, feed: str, name: str = "Ada Lind") -> None:
    """Keep an article of a feed that names somebody, with its analysis."""
    text = TEXT.replace("Ada Lind", name) + f" Ship number {number} left."
    add(store, article(number, text=text), feed=feed)
    store.save_analysis(f"a{number}", analysed(text, named(text, name)))


def answers(store: Store) -> list[object]:
    """Return what every question to the store says of article 2, which names Omar Vance."""
    return [
        store.article("a2"),
        store.article_by_url("https://post.example/news/2"),
        store.articles(["a2"]),
        [one.id for one in store.published_between(NOW - DAY, NOW + DAY) if one.id == "a2"],
        store.carriages("a2"),
        store.analysis("a2"),
        store.analyses_of(["a2"]),
        store.carriages_of(["a2"]),
        store.stories_of(["a2"]),
        [hit for hit in store.search(["ship", "number"]) if hit.article_id == "a2"],
        store.entities("omar"),
        store.named(["Omar Vance"]),
        store.mentions("Omar Vance"),
        store.mention_days("Omar Vance"),
        store.story("beef"),
        store.story_of("a2"),
        [story for story in store.stories_between(NOW - DAY, NOW + DAY) if story.id == "beef"],
        [
            story
            for story in store.stories_arrived(NOW - DAY, NOW + DAY, printed_since=NOW - DAY)
            if story.id == "beef"
        ],
    ]


def test_another_workspace_is_shown_nothing_of_a_private_feed(store):
    """Every question answers in the workspace that added the feed, and in no other."""
    told(store, 1, PUBLIC)
    told(store, 2, PRIVATE, "Omar Vance")
    store.save_stories([Story("beef", "Harbour closes 2", ("a2",))])
    assert all(answers(store.seen_from(OURS)))
    assert not any(answers(store.seen_from(THEIRS)))
    assert not any(answers(store.seen_from("")))


def test_other_channels_of_the_workspace_and_the_console_see_it(store):
    """A server's feed is the whole server's; who sits at the machine sees all."""
    told(store, 2, PRIVATE, "Omar Vance")
    store.save_stories([Story("beef", "Harbour closes 2", ("a2",))])
    assert all(answers(store.seen_from("discord:1:99")))
    assert all(answers(store.seen_from(CONSOLE)))


def test_what_came_by_no_feed_is_everybodys(store):
    """Files and pages come from whoever runs the bot."""
    told(store, 2, "news/", "Omar Vance")
    store.save_stories([Story("beef", "Harbour closes 2", ("a2",))])
    assert all(answers(store.seen_from(THEIRS)))


def test_the_denominators_count_only_what_is_shown(store):
    """Neither the number of articles nor the name of a broken feed tells of others' feeds."""
    told(store, 1, PUBLIC)
    told(store, 2, PRIVATE)
    store.save_feed_state(FeedState(PRIVATE, failures=3))
    ours, theirs = (store.seen_from(channel).searched() for channel in (OURS, THEIRS))
    assert (ours.articles, ours.feeds, ours.down) == (2, 2, ("Our wire",))
    assert (theirs.articles, theirs.feeds, theirs.down) == (1, 1, ())
    assert store.seen_from(THEIRS).newest() == article(1).published
    assert theirs.since == article(1).published


def test_a_story_is_shown_without_what_others_alone_are_shown(store):
    """Its title and its times come from the articles that are left of it."""
    told(store, 1, PRIVATE)
    told(store, 2, PUBLIC)
    whole = Story("beef", "Harbour closes 1", ("a1", "a2"), NOW, NOW + DAY)
    store.save_stories([whole])
    seen = store.seen_from(THEIRS).story("beef")
    moment = article(2).published
    assert seen == Story("beef", "Harbour closes 2", ("a2",), moment, moment)
    assert store.seen_from(OURS).story("beef") == whole


def test_words_that_a_shared_feed_carries_too_are_shown_under_its_address(store):
    """The outlet and the address of a private feed stay private."""
    told(store, 1, PRIVATE)
    printed = article(1, id="b1", outlet="City Wire", url="https://wire.example/1")
    text = TEXT + " Ship number 1 left."
    assert add(store, replace(printed, text=text), feed=PUBLIC).landing is Landing.CARRIED
    seen = store.seen_from(THEIRS)
    (shown,) = seen.articles(["a1"])
    assert (shown.outlet, shown.url) == ("City Wire", "https://wire.example/1")
    assert [one.outlet for one in seen.carriages("a1")] == ["City Wire"]
    (own,) = store.seen_from(OURS).articles(["a1"])
    assert own.outlet == "The Almira Post"


def test_a_feed_that_both_added_is_shown_to_both(store):
    """It does not matter who added it first."""
    told(store, 1, PRIVATE)
    store.add_feed(Feed(PRIVATE, channel=THEIRS))
    assert store.seen_from(THEIRS).article("a1") is not None


def test_what_a_removed_feed_brought_stays_with_its_readers(store):
    """Removing a feed makes its articles neither vanish nor public."""
    told(store, 1, PRIVATE)
    assert store.remove_feed(PRIVATE, channel=OURS)
    assert store.seen_from(OURS).article("a1") is not None
    assert store.seen_from(THEIRS).article("a1") is None


def test_a_feed_that_moves_keeps_its_readers(store):
    """What came from the old address and what comes from the new one is shown to the same."""
    told(store, 1, PRIVATE)
    store.move_feed(PRIVATE, "https://ours.example/new")
    told(store, 2, "https://ours.example/new", "Omar Vance")
    assert [one.id for one in store.seen_from(OURS).articles(["a1", "a2"])] == ["a1", "a2"]
    assert store.seen_from(THEIRS).articles(["a1", "a2"]) == []


def test_a_private_feed_rewrites_no_article_that_others_read(store):
    """Neither by its address nor by its id; nor does that show the article to its readers."""
    told(store, 1, PUBLIC)
    forged = article(1, text="The harbour is safe.")
    assert add(store, forged, feed=PRIVATE).landing is Landing.SAME
    assert store.article("a1").text.startswith("The harbour of Port Almira")
    assert [one.feed for one in store.carriages("a1")] == [PUBLIC]


def test_a_listed_address_opens_no_article_of_another_workspace(store):
    """Who lists the address of a private article with words of its own is not shown it."""
    told(store, 1, PRIVATE)
    store.add_feed(Feed("https://spy.example/rss", channel=THEIRS))
    add(store, article(1, text="What does it say?"), feed="https://spy.example/rss")
    assert store.seen_from(THEIRS).article("a1") is None


@pytest.mark.parametrize("feed", [PUBLIC, "https://feeds.post.example/rss"])
def test_a_shared_feed_and_the_outlets_own_one_do_edit(store, feed):
    """An edit is kept from the config's feeds, and from a feed on the article's own site."""
    told(store, 1, PUBLIC)
    store.add_feed(Feed("https://feeds.post.example/rss", channel=OURS))
    edited = add(store, article(1, text=f"{TEXT} Corrected."), feed=feed)
    assert edited.landing is Landing.UPDATED


def test_the_old_items_of_a_feed_and_copies_are_told_to_its_readers_alone(store):
    """Neither the feed's address nor a copy's id is told to others."""
    told(store, 1, PUBLIC)
    told(store, 2, PRIVATE)
    old = Item(article(3), PRIVATE)
    store.pass_over(old, seen=NOW)
    ours, theirs = (store.seen_from(channel) for channel in (OURS, THEIRS))
    assert (ours.passed_over(article(3).url), theirs.passed_over(article(3).url)) == (PRIVATE, "")
    assert (ours.copies("a1"), theirs.copies("a1")) == (["a2"], [])


def test_who_is_shown_an_article_already_is_known(store):
    """The config's feeds read with everybody; a private one with its own readers."""
    told(store, 1, PRIVATE)
    told(store, 2, PUBLIC)
    assert store.read_with(PRIVATE, "a1")
    assert store.read_with(PRIVATE, "a2")
    assert not store.read_with(PUBLIC, "a1")


def test_stories_are_suggested_by_the_title_that_is_shown(store):
    """A title that only others are shown finds nothing, though the story is shown by another."""
    told(store, 1, PRIVATE)
    told(store, 2, PUBLIC)
    store.save_stories([Story("beef", "Harbour closes 1", ("a1", "a2"), NOW, NOW)])
    ours, theirs = (store.seen_from(channel) for channel in (OURS, THEIRS))
    assert [one.title for one in ours.stories_titled("CLOSES 1")] == ["Harbour closes 1"]
    assert [one.title for one in theirs.stories_titled("closes 2")] == []
    assert theirs.stories_titled("closes 1") == []
    assert [one.title for one in theirs.stories_titled("harbour")] == ["Harbour closes 2"]
