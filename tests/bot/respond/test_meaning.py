"""A surname means the one person who bears it, and a title before a name is left out."""

from datetime import UTC, datetime

import pytest
from fakes import FakeStore

from bot.errors import UsageError
from bot.model import Item
from bot.respond.meaning import meant
from summarizer.analysis import analyze
from summarizer.model import Article

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
TEXTS = (
    "General Mark Ruizman, a spokesman for the army, said that the road was open. Mr Ruizman left.",
    "The road was closed, Mark Ruizman said.",
    "Anna Holt, the mayor of Ellery, said that it rained.",
    "Peter Holt, a teacher, said that it snowed.",
    "The General Harbour Directorate (GHD) said that it was closed.",
)


@pytest.fixture(scope="module")
def store():
    made = FakeStore()
    for number, text in enumerate(TEXTS):
        one = Article(f"a{number}", text, "Road", "Vale Post", published=NOW)
        made.add(Item(one), seen=NOW)
        made.save_analysis(one.id, analyze(one))
    return made


@pytest.mark.parametrize(
    "words", ["Ruizman", "ruizman", "Gen. Mark Ruizman", "General Ruizman", "Mark Ruizman"]
)
def test_a_surname_and_a_titled_name_mean_the_person(store, words):
    """All of them find every article that names him, whichever way."""
    assert meant(store, words) == "Mark Ruizman"


def test_a_body_whose_name_begins_like_a_title_keeps_it(store):
    """The General Harbour Directorate is no general."""
    assert meant(store, "general harbour directorate") == "General Harbour Directorate (GHD)"


def test_two_people_with_one_surname_stay_apart(store):
    """Nobody is shown the sayings of both; their full names are told."""
    with pytest.raises(UsageError, match=r"Anna Holt.*Peter Holt|Peter Holt.*Anna Holt"):
        meant(store, "Holt")
    assert meant(store, "Anna Holt") == "Anna Holt"


@pytest.mark.parametrize("words", ["Ellery", "Nobody Known", "General", "  "])
def test_other_words_stay_as_they_are(store, words):
    """Places, unknown names and bare titles are nobody's surname."""
    assert meant(store, words) == words.strip()
