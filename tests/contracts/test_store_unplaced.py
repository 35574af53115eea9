"""What every store promises of articles that wait for a story."""

from dataclasses import replace

import pytest
from test_store import HOUR, NOW, TEXT, add, analysed, article

from bot.model import Feed
from bot.ports import Store
from summarizer.model import Story


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def told(store: Store, *numbers: int, language: str = "en") -> None:
    """Keep articles with their analyses."""
    for number in numbers:
        made = replace(article(number), language=language)
        add(store, made)
        store.save_analysis(made.id, analysed(made.text))


def waiting(store: Store, language: str = "en") -> list[str]:
    return [one.id for one in store.unplaced(language)]


def test_analysed_articles_in_no_story_are_told(store: Store) -> None:
    """A stop between analysis and stories loses no article."""
    told(store, 1, 2)
    add(store, article(3))
    assert store.unplaced() == [article(1), article(2)]
    store.save_stories([Story("s1", "Harbour", ("a1",))])
    assert waiting(store) == ["a2"]
    store.save_stories([Story("s1", "Harbour", ("a1", "a2"))])
    assert waiting(store) == store.unplaced_languages() == []


def test_each_language_has_what_waits_and_a_state_of_its_own(store: Store) -> None:
    """Those who place one never read or overwrite what belongs to another."""
    for number, language in ((1, "en"), (2, "fr"), (3, "en")):
        add(store, replace(article(number), language=language))
    assert store.unplaced_languages() == []
    for number in (1, 2, 3):
        store.save_analysis(f"a{number}", analysed(TEXT))
    assert store.unplaced_languages() == ["en", "fr"]
    assert waiting(store, "fr") == ["a2"]
    assert [one.id for one in store.unplaced("en", limit=1)] == ["a1"]
    store.save_stories([Story("s2", "Port", ("a2",))], state=b"fr", language="fr")
    assert (store.stories_state("fr"), store.stories_state()) == (b"fr", b"")
    assert store.unplaced_languages() == ["en"]
    assert waiting(store) == ["a1", "a3"]


def test_they_come_in_the_order_in_which_they_were_stored(store: Store) -> None:
    """Whichever was analysed first, and however many are asked for at once."""
    for number in (3, 1, 2):
        add(store, article(number))
    for number in (1, 2, 3):
        store.save_analysis(f"a{number}", analysed(article(number).text))
    assert waiting(store) == ["a3", "a1", "a2"]
    assert [one.id for one in store.unplaced(limit=2)] == ["a3", "a1"]


def test_more_than_one_question_holds_are_told_and_placed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.unplaced.BATCH", 2)
    told(store, 1, 2, 3, 4, 5)
    assert waiting(store) == ["a1", "a2", "a3", "a4", "a5"]
    store.save_stories([Story("s1", "Harbour", ("a1", "a2", "a3", "a4"))])
    assert waiting(store) == ["a5"]


def test_an_article_in_another_language_is_moved_by_an_edit(store: Store) -> None:
    """An outlet that corrects the language of an article is believed."""
    add(store, replace(article(1), language="fr"))
    add(store, replace(article(1), text=f"{TEXT} More.", language="en"), at=NOW + HOUR)
    store.save_analysis("a1", analysed(f"{TEXT} More."))
    assert store.unplaced_languages() == ["en"]


def test_an_edited_article_waits_again_once_it_is_analysed_again(store: Store) -> None:
    told(store, 1)
    edited = replace(article(1), text=f"{TEXT} More.", language="fr")
    add(store, edited, at=NOW + HOUR)
    assert store.unplaced_languages() == []
    store.save_analysis("a1", analysed(edited.text))
    assert store.unplaced_languages() == ["fr"]
    assert waiting(store, "fr") == ["a1"]


def test_what_is_in_a_story_stays_there_when_it_is_edited_or_analysed_anew(store: Store) -> None:
    """A new version of the analysis, which all articles get, places none of them again."""
    told(store, 1, 2)
    store.save_stories([Story("s1", "Harbour", ("a1", "a2"))])
    edited = replace(article(1), text=f"{TEXT} More.")
    add(store, edited, at=NOW + HOUR)
    store.save_analysis("a1", analysed(edited.text))
    store.save_analysis("a2", analysed(article(2).text, version=2))
    assert store.unplaced_languages() == []


def test_a_new_analysis_of_one_that_waits_lists_it_once(store: Store) -> None:
    told(store, 1, 2)
    store.save_analysis("a1", analysed(TEXT, version=2))
    assert waiting(store) == ["a1", "a2"]


def test_what_was_placed_before_it_was_analysed_does_not_wait(store: Store) -> None:
    add(store, article(1))
    store.save_stories([Story("s1", "Harbour", ("a1",))])
    store.save_analysis("a1", analysed(TEXT))
    assert waiting(store) == []


def test_an_article_that_goes_from_one_story_to_another_does_not_wait(store: Store) -> None:
    """Merged, taken over, or opened anew: it is in a story at the end."""
    told(store, 1, 2, 3)
    store.save_stories([Story("s1", "Harbour", ("a1", "a2")), Story("s2", "Ships", ("a3",))])
    store.save_stories([Story("s1", "Harbour", ("a1",)), Story("s3", "Pier", ("a2",))])
    assert waiting(store) == []
    store.save_stories([Story("s3", "Pier", ("a2", "a3")), Story("s2", "Ships", (), into="s3")])
    assert waiting(store) == []


def test_an_article_that_its_story_leaves_out_waits_again(store: Store) -> None:
    told(store, 1, 2)
    store.save_stories([Story("s1", "Harbour", ("a1", "a2"))])
    store.save_stories([Story("s1", "Harbour", ("a1",))])
    assert waiting(store) == ["a2"]


def test_copies_and_what_others_are_not_shown_wait_as_all_do(store: Store) -> None:
    """Stories are made of the whole; who is shown what of them is decided when they are read."""
    ours = "discord:1:10"
    store.add_feed(Feed("https://ours.example/rss", channel=ours))
    add(store, article(1), feed="https://ours.example/rss")
    store.save_analysis("a1", analysed(TEXT))
    told(store, 2)  # the same words and a sentence more
    assert waiting(store) == waiting(store.seen_from("discord:2:20")) == ["a1", "a2"]


def test_an_article_whose_analysis_gave_nothing_waits_too(store: Store) -> None:
    """One that was set aside, or in a language that is not analysed, has its story all the same."""
    add(store, article(1))
    store.save_analysis("a1", replace(analysed(""), abstained="another language"))
    assert waiting(store) == ["a1"]
