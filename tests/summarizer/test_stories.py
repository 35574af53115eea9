"""Stories: articles of one event together, look-alikes apart, ids that never change."""

from __future__ import annotations

import itertools
import json
import zlib
from collections import Counter
from datetime import UTC, datetime, timedelta

from summarizer.model import Article
from summarizer.stories import Clusterer, cluster

NOW = datetime(2026, 3, 9, 6, tzinfo=UTC)

FERRY = (
    "The car ferry Corisande struck the pier of Port Ellery on Monday and 14 passengers drowned.",
    "Fourteen passengers of the Corisande drowned when the ferry struck a pier in Port Ellery.",
    "An inquiry into the Corisande opened in Port Ellery; a steering alarm sounded on the ferry.",
    "The steering alarm of the Corisande sounded before the ferry struck the pier of Port Ellery.",
)
LAKE = (
    "The lake ferry Estrella burned off Irune on Tuesday and three passengers drowned, police said.",
    "Three passengers of the Estrella drowned after the ferry burned on the lake near Irune.",
)
BANK = (
    "Northgate bought Ansel Mercantile Bank for one crown after a run on its deposits in Fenwick.",
    "Ansel Mercantile Bank was rescued by Northgate after customers in Fenwick queued for deposits.",
)
PADDING = (
    "Farmers of the Gorran valley sold apples at a fair.",
    "A comet will pass Earth in June, astronomers at Tallow said.",
    "Deportivo signed the striker Soldana for 41 million.",
    "The museum of Varnholt shows paintings by Kessler.",
)


def article(name: str, text: str, *, hours: float = 0) -> Article:
    return Article(name, text, text[:40], "The Post", published=NOW + timedelta(hours=hours))


def news() -> list[Article]:
    texts = (*PADDING, *itertools.chain(*itertools.zip_longest(FERRY, LAKE, BANK)))
    return [article(f"a{n}", text, hours=n) for n, text in enumerate(filter(None, texts))]


def stories_of(clusterer: Clusterer) -> dict[str, set[str]]:
    return {story.id: set(story.articles) for story in clusterer.changed() if story.articles}


def test_one_event_is_one_story_and_its_look_alike_another() -> None:
    """Two wrecks of ferries with drowned passengers stay apart by their names."""
    found = cluster(news(), now=NOW)
    by_text = {one.id: one.text for one in news()}
    groups = [{by_text[name] for name in story.articles} for story in found]
    assert set(FERRY[:2]) <= next(group for group in groups if FERRY[0] in group)
    assert set(LAKE) in groups
    assert set(BANK) in groups
    assert not any(group & set(FERRY) and group & set(LAKE) for group in groups)


def test_every_article_is_in_just_one_story() -> None:
    """Placing again and merging lose no article and double none."""
    held = Counter(name for story in cluster(news(), now=NOW) for name in story.articles)
    assert held == Counter(one.id for one in news())


def test_a_story_knows_its_first_and_last_day() -> None:
    """The times of a story are those of its articles."""
    one, two = article("a", BANK[0]), article("b", BANK[1], hours=30)
    (story,) = (s for s in cluster([one, two], now=NOW) if len(s.articles) == 2)
    assert abs(story.first - one.published) < timedelta(seconds=1)
    assert abs(story.last - two.published) < timedelta(seconds=1)


def test_an_id_stays_when_articles_come() -> None:
    """The id that the first article got is the story's for good."""
    clusterer = Clusterer()
    first = clusterer.add(article("x", BANK[0]), now=NOW)
    for one in news():
        clusterer.add(one, now=NOW)
    assert clusterer.add(article("y", BANK[1], hours=20), now=NOW) == first


def test_an_article_that_comes_again_changes_nothing() -> None:
    """The same article is placed once."""
    clusterer = Clusterer()
    first = clusterer.add(article("x", BANK[0]), now=NOW)
    clusterer.changed()
    assert clusterer.add(article("x", BANK[0]), now=NOW) == first
    assert clusterer.changed() == ()


def test_kept_state_goes_on_where_it_stopped() -> None:
    """A clusterer restored half-way makes the same stories as one that never stopped."""
    whole, half = Clusterer(), Clusterer()
    everything = news()
    for one in everything:
        whole.add(one, now=NOW)
    for one in everything[:7]:
        half.add(one, now=NOW)
    told = stories_of(half)
    half = Clusterer.from_bytes(half.to_bytes())
    for one in everything[7:]:
        half.add(one, now=NOW)
    assert told | stories_of(half) == stories_of(whole)


def test_an_empty_state_is_a_fresh_start() -> None:
    """Nothing kept means nothing known."""
    assert Clusterer.from_bytes(b"").changed() == ()


def test_a_closed_story_takes_nothing_more() -> None:
    """The same words a month later are another story."""
    early = [article(f"e{n}", text, hours=n) for n, text in enumerate(FERRY)]
    quiet = [article(f"q{n}", PADDING[n % 4], hours=24 * 8 + n) for n in range(50)]
    more = [article(f"m{n}", PADDING[n % 4], hours=24 * 29 + n) for n in range(50)]
    clusterer = Clusterer()
    old = {clusterer.add(one, now=NOW) for one in early}
    for one in quiet:
        clusterer.add(one, now=NOW)
    clusterer.changed()
    for one in more:
        clusterer.add(one, now=NOW)
    late = article("late", FERRY[0], hours=24 * 32)
    assert clusterer.add(late, now=NOW) not in old


def test_three_hundred_copies_are_one_story_that_settles() -> None:
    """Near-identical articles join one story, through the rounds of placing again."""
    copies = [article(f"c{n}", f"{FERRY[0]} Reader {n}.", hours=n / 60) for n in range(300)]
    found = cluster([*(article(f"p{n}", t) for n, t in enumerate(PADDING)), *copies], now=NOW)
    assert max(len(story.articles) for story in found) == 300


def test_merged_stories_point_at_the_elder() -> None:
    """When later articles make two stories one event, the younger id leads to the elder."""
    queue = "Ansel Mercantile Bank customers queued on Rope Street in Fenwick."
    rescue = "Northgate held talks with regulator Callan on a rescue."
    both = (
        "Ansel Mercantile customers queued in Fenwick while Northgate held rescue talks.",
        "Regulator Callan and Northgate spoke of Ansel Mercantile Bank as customers queued.",
        "A rescue of Ansel Mercantile Bank by Northgate was urged by Callan on Rope Street.",
        "Callan held talks in Fenwick, where customers of Ansel Mercantile queued on Rope Street.",
    )
    clusterer = Clusterer()
    for n, text in enumerate(PADDING):
        clusterer.add(article(f"p{n}", text), now=NOW)
    elder = clusterer.add(article("t0", queue, hours=1), now=NOW)
    younger = clusterer.add(article("t1", rescue, hours=2), now=NOW)
    assert elder != younger
    for n, text in enumerate(both):
        clusterer.add(article(f"b{n}", text, hours=3 + n), now=NOW)
    clusterer.settle()
    changed = {story.id: story for story in clusterer.changed()}
    assert changed[younger].into == elder
    assert not changed[younger].articles
    assert set(changed[elder].articles) == {"t0", "t1", "b0", "b1", "b2", "b3"}


def test_articles_without_a_date_or_words_are_taken() -> None:
    """An undated article stands at ``now``; an empty one is a story of its own."""
    clusterer = Clusterer()
    one = clusterer.add(Article("u", "", "", ""), now=NOW)
    two = clusterer.add(Article("v", "", "", ""), now=NOW)
    assert one != two


def test_wire_copies_do_not_keep_the_next_days_news_out() -> None:
    """Forty prints of one report weigh like one, so what is told next joins the same story."""
    prints = [article(f"w{n}", f"{FERRY[0]} {FERRY[1]}", hours=n / 60) for n in range(40)]
    later = article("later", FERRY[2], hours=20)
    padding = [article(f"p{n}", text) for n, text in enumerate(PADDING)]
    found = cluster([*padding, *prints, later], now=NOW)
    (story,) = (story for story in found if "w0" in story.articles)
    assert set(story.articles) == {one.id for one in (*prints, later)}


def test_a_copy_goes_where_its_original_goes() -> None:
    """Placing an article again takes its reprints along, and loses none of them."""
    clusterer = Clusterer()
    everything = news()
    reprints = [article(f"r{n}", one.text, hours=40 + n) for n, one in enumerate(everything[4:10])]
    for one in (*everything, *reprints):
        clusterer.add(one, now=NOW)
    for _ in range(3):
        clusterer.settle()
    home = {name: story for story, names in stories_of(clusterer).items() for name in names}
    assert len(home) == len(everything) + len(reprints)
    for original, reprint in zip(everything[4:10], reprints, strict=True):
        assert home[original.id] == home[reprint.id]


def drifting(day: int) -> Article:
    """Return an article of a subject that takes a new word each day and drops its oldest."""
    words = " ".join(f"Term{number}" for number in range(day, day + 9))
    return article(f"d{day}", f"{words} was told of in the town on that day.", hours=24 * day)


def test_a_story_that_drifts_for_weeks_ends() -> None:
    """A subject that changes a little every day for ten weeks is not one story, nor dust."""
    days = [drifting(day) for day in range(70)]
    found = [story for story in cluster(days, now=NOW) if story.articles]
    longest = max(story.last - story.first for story in found)
    assert longest <= timedelta(days=28)
    assert not any({"d0", "d69"} <= set(story.articles) for story in found)
    assert len(found) < 35


def test_a_story_ends_after_four_weeks_though_something_joins_it_daily() -> None:
    """A war that is told of every day goes on in a story after the story."""
    days = [article(f"f{n}", f"{FERRY[n % 4]} Day {n}.", hours=24 * n) for n in range(60)]
    found = [story for story in cluster(days, now=NOW) if story.articles]
    assert len(found) >= 3
    assert all(story.last - story.first <= timedelta(days=28) for story in found)


def test_a_few_articles_are_grouped_from_the_first_day() -> None:
    """A young collection tells a fire on a ferry from the wreck of another by itself."""
    few = [article(f"a{n}", text, hours=n) for n, text in enumerate((*FERRY, *LAKE, *BANK))]
    found = cluster(few, now=NOW)
    by_text = {one.id: one.text for one in few}
    groups = [{by_text[name] for name in story.articles} for story in found]
    assert set(LAKE) in groups
    assert set(BANK) in groups
    assert not any(group & set(FERRY) and group & (set(LAKE) | set(BANK)) for group in groups)


def test_a_state_kept_by_an_older_version_is_read() -> None:
    """States without the count of copies go on: every article counts."""
    clusterer = Clusterer()
    for one in news():
        clusterer.add(one, now=NOW)
    state = json.loads(zlib.decompress(clusterer.to_bytes()))
    state["version"] = 2
    for group in state["groups"]:
        del group["counted"]
    for recent in state["recent"].values():
        del recent["copy_of"]
    old = Clusterer.from_bytes(zlib.compress(json.dumps(state).encode()))
    home = clusterer.add(article("y", BANK[1], hours=20), now=NOW)
    assert old.add(article("y", BANK[1], hours=20), now=NOW) == home


def test_an_article_without_a_date_closes_no_story() -> None:
    """An undated file, read months later, does not end the stories that were going on."""
    clusterer = Clusterer()
    late = NOW + timedelta(days=200)
    home = clusterer.add(article("a", BANK[0]), now=late)
    clusterer.add(Article("undated", PADDING[0], "", ""), now=late)
    assert clusterer.add(article("b", BANK[1], hours=5), now=late) == home
