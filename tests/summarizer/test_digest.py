"""Digests and round-ups: ranked, capped, only what is new, and what was left out is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from summarizer.digest import CAPS, Told, Wishes, compose, weight
from summarizer.model import Analysis, Article, Digest, Searched, Story
from summarizer.roundup import roundup
from summarizer.text import sentences

UNTIL = datetime(2026, 3, 12, 6, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=1)

SUBJECTS = (
    "harbour", "bridge", "museum", "railway", "hospital", "brewery", "stadium",
    "library", "orchard", "theatre", "prison", "airport",
)  # fmt: skip


def article(name: str, text: str, outlet: str = "Reuters", hours: float = 2) -> Article:
    return Article(name, text, name, outlet, published=UNTIL - timedelta(hours=hours))


def told(name: str, *articles: Article) -> Told:
    pairs = tuple((one, Analysis(1, sentences(one.text))) for one in articles)
    return Told(Story(name, name, tuple(one.id for one in articles)), pairs)


def simple(subject: str, outlet: str = "Reuters", hours: float = 2) -> Told:
    text = f"The {subject} of Port Ellery was closed by the mayor on Tuesday after a long dispute."
    return told(subject, article(subject, text, outlet, hours))


def digest(stories: list[Told], **wishes: object) -> Digest:
    return compose(
        stories,
        since=SINCE,
        until=UNTIL,
        wishes=Wishes(**wishes),  # type: ignore[arg-type]
        searched=Searched(len(stories)),
    )


def titles(found: Digest) -> list[str]:
    return [item.story.id for item in found.items]


def test_an_empty_window_is_an_empty_digest() -> None:
    """Nothing came: no items, and the counts say so."""
    found = digest([])
    assert (found.items, found.articles, found.stories, found.left_out) == ((), 0, 0, ())


def test_more_outlets_and_newer_news_stand_first() -> None:
    """Outlets and origins weigh most, then how new it is."""
    two = told(
        "bridge",
        article("b1", "The bridge of Port Ellery was closed on Tuesday after a crack was found."),
        article("b2", "Engineers closed the Port Ellery bridge when cracks appeared.", "BBC News"),
    )
    found = digest([simple("museum", hours=20), simple("harbour", hours=1), two])
    assert titles(found) == ["bridge", "harbour", "museum"]
    assert found.items[0].outlets == ("Reuters", "BBC News")


def test_followed_words_lift_a_story_and_keywords_make_sections() -> None:
    """What the channel follows goes up; sections come in the order of its keywords."""
    stories = [
        simple("harbour", hours=1),
        simple("museum", "BBC News", 20),
        simple("bridge", "CNN"),
    ]
    assert titles(digest(stories, follows=["museum"]))[0] == "museum"
    found = digest(stories, keywords=["bridge", "museum"])
    assert [item.section for item in found.items] == ["bridge", "museum", ""]
    assert weight(stories[1], UNTIL, Wishes(follows=["museum"])) > weight(
        stories[1], UNTIL, Wishes()
    )


def test_what_is_over_the_cap_is_counted_with_its_reason() -> None:
    """A short digest holds five stories, at most two led by one outlet; the rest is told."""
    outlets = ("Reuters", "BBC News", "CNN", "The Guardian")
    stories = [simple(s, outlets[n % 4]) for n, s in enumerate(SUBJECTS)]
    found = digest(stories, length="short")
    assert len(found.items) == CAPS["short"].stories
    led = [item.briefing.passages[0].citation.article.outlet for item in found.items]
    assert max(map(led.count, led)) <= CAPS["short"].per_outlet
    assert sum(count for _, count in found.left_out) + len(found.items) == found.stories == 12


def test_one_outlet_alone_is_capped() -> None:
    """An outlet cannot fill a digest by itself."""
    found = digest([simple(s) for s in SUBJECTS], length="medium")
    assert len(found.items) == CAPS["medium"].per_outlet
    assert any("Reuters" in reason for reason, _ in found.left_out)


def test_a_known_story_comes_back_only_with_what_is_new() -> None:
    """Of a story briefed before, sentences that were said already are not said again."""
    old = article("o", "The bridge of Port Ellery was closed on Tuesday after a crack.", hours=30)
    again = article("p", "The bridge of Port Ellery was closed on Tuesday after a crack, it said.")
    fresh = article(
        "q", "Prosecutors searched the offices of the builder Oakfield in Varnholt early today."
    )
    briefed = {"bridge": ("o",)}
    found = digest([told("bridge", old, again, fresh)], briefed=briefed)
    (item,) = found.items
    assert item.new is not None
    assert {passage.citation.article.id for passage in item.new} == {"q"}
    stale = digest([told("bridge", old, again)], briefed=briefed)
    assert stale.items == ()
    assert stale.left_out == (("already briefed, nothing new in what came since", 1),)


def test_a_story_seen_first_has_nothing_marked_as_new() -> None:
    """At first sight all of it is new, and nothing is marked."""
    assert digest([simple("harbour")]).items[0].new is None


def test_articles_before_the_window_are_not_news() -> None:
    """A story without an article in the window is not in the digest."""
    assert digest([simple("harbour", hours=30)]).items == ()


def test_an_unknown_length_is_a_key_error() -> None:
    """Lengths are short, medium and long."""
    with pytest.raises(KeyError):
        digest([simple("harbour")], length="huge")


LONG = tuple(
    article(
        f"l{n}",
        " ".join(
            f"The {subject} of Port Ellery has {n + k + 2} rooms and was built by {builder}."
            for k, subject in enumerate(SUBJECTS)
        ),
        outlet,
        hours=9 - n,
    )
    for n, (builder, outlet) in enumerate((("Hale", "Reuters"), ("Oakfield", "CNN")))
)


@pytest.mark.parametrize("words", [10, 40, 100, 250])
def test_a_round_up_keeps_to_its_words(words: int) -> None:
    """A text of so many words has no more, says nothing twice, and is all quotation."""
    pairs = told("l", *LONG).articles
    found = roundup("l", pairs, words_at_most=words)
    quotes = [passage.citation.quote for passage in found.passages]
    assert sum(len(quote.split()) for quote in quotes) <= words
    assert len(set(quotes)) == len(quotes)
    assert all(p.citation.quote in p.citation.article.text for p in found.passages)


def test_copies_of_one_text_are_read_once() -> None:
    """Three hundred prints of one report brief like the report."""
    text = LONG[0].text
    copies = [article(f"c{n}", text, f"Outlet {n}") for n in range(300)]
    found = roundup("c", told("c", *copies).articles, sentences=3)
    assert {passage.citation.article.id for passage in found.passages} == {"c0"}


def test_what_both_outlets_say_comes_first() -> None:
    """A sentence that the other outlet says too is chosen before one that stands alone."""
    one = article("x", "Apples were sold in Gorran at noon. The dam at Sarn broke on Monday night.")
    two = article(
        "y", "Monday night saw the dam at Sarn break. Bells rang for a wedding in Tallow."
    )
    found = roundup("t", told("t", one, two).articles, sentences=1)
    assert "Sarn" in found.passages[0].citation.quote


def test_a_story_of_nothing_is_an_empty_briefing() -> None:
    """No article, no sentence, no error."""
    assert roundup("t", []).passages == ()
    assert roundup("t", told("t", article("e", "")).articles).passages == ()


def test_an_item_opens_with_what_happened_last() -> None:
    """The newest article's lede and headline stand first, what led to it after."""
    older = article(
        "Bridge closes after crack is found",
        "The bridge of Port Ellery was closed on Monday after a crack was found in its pier. "
        "The crack in the pier of the bridge is two metres long, the port authority said.",
        hours=20,
    )
    newer = article(
        "Bridge opens again",
        "The bridge of Port Ellery was opened again on Tuesday for cars but not for lorries. "
        "Lorries must take the ferry for another month, the port authority said.",
        "The Courier",
        hours=2,
    )
    (item,) = digest([told("bridge", older, newer)]).items
    assert item.briefing.title == "Bridge opens again"
    assert item.briefing.passages[0].citation.quote.startswith(
        "The bridge of Port Ellery was opened"
    )


@pytest.mark.parametrize("length", ["short", "long"])
def test_a_lede_that_only_repeats_its_headline_gives_way(length: str) -> None:
    """What the headline has told already is not told again, unless it is all there is."""
    lede = "Port Ellery closes its old bridge to lorries for a month after a crack is found."
    more = "The crack in the pier is two metres long, the port authority said on Tuesday."
    headline = "Port Ellery closes its old bridge to lorries for a month after a crack is found"
    (item,) = digest([told("bridge", article(headline, f"{lede} {more}"))], length=length).items
    assert [passage.citation.quote for passage in item.briefing.passages] == [more]
    (item,) = digest([told("bridge", article(headline, lede))], length=length).items
    assert [passage.citation.quote for passage in item.briefing.passages] == [lede]


def test_what_was_briefed_stays_briefed_when_stories_merge() -> None:
    """An article that was shown under another story's number is not news again."""
    old = article("o", "The bridge of Port Ellery was closed on Tuesday after a crack was found.")
    briefed = {"the number before the merge": ("o",)}
    found = digest([told("bridge", old)], briefed=briefed)
    assert found.items == ()
    assert found.left_out == (("already briefed, nothing came since", 1),)


def test_a_side_piece_does_not_head_a_story() -> None:
    """The newest article leads only if it tells what the others tell, and is no question."""
    report = article(
        "Search for the six missing of the Corisande ends",
        "The search for the six people missing from the ferry Corisande was called off on Monday.",
        hours=3,
    )
    earlier = article(
        "Six missing after Corisande wreck",
        "Six people were missing from the ferry Corisande after it struck a pier on Sunday.",
        "BBC News",
        hours=30,
    )
    vigil = article(
        "Six names left on the list",
        "Candles stood on the steps of the harbour all night, which people noticed with some awe.",
        "The Blog",
        hours=2,
    )
    asking = article(
        "Was the ferry Corisande safe?",
        "The ferry Corisande was missing six people after the search was called off on Monday.",
        "The Brief",
        hours=1,
    )
    (item,) = digest([told("ferry", earlier, report, vigil, asking)]).items
    assert item.briefing.title == report.title


def test_state_media_are_marked_by_our_table_and_by_the_users() -> None:
    """Outlets that a state runs are marked; one that nobody knows is not."""
    story = told(
        "pier",
        article("a", "The pier of Port Ellery was closed on Tuesday after a crack.", "TASS"),
        article("b", "A crack closed the pier of Port Ellery, its mayor said.", "Dravosk News"),
        article("c", "The pier in Port Ellery stays closed, the mayor said on Tuesday.", "A Blog"),
    )
    (item,) = digest([story], state_media={"Dravosk News"}).items
    assert set(item.state_media) == {"TASS", "Dravosk News"}


def test_a_section_is_what_a_story_is_about() -> None:
    """A keyword far down in a text makes no section."""
    aside = told(
        "pier",
        article("a", f"{simple('pier').articles[0][0].text} {'It rained. ' * 40}A bank was shut."),
    )
    found = digest([aside, simple("bank", "CNN")], keywords=["bank"])
    assert [(item.story.id, item.section) for item in found.items] == [
        ("bank", "bank"),
        ("pier", ""),
    ]


def test_a_late_digest_tells_of_its_own_time() -> None:
    """What came after the window is neither shown nor counted."""
    (item,) = digest(
        [
            told(
                "pier",
                article("a", "The pier of Port Ellery was closed on Tuesday after a crack."),
                article("b", "The pier of Port Ellery was opened again by the mayor.", "CNN", -3),
            )
        ]
    ).items
    assert item.articles == 1
    assert item.outlets == ("Reuters",)
