"""Words in PostgreSQL are cut, stemmed and ranked as SQLite's FTS5 does it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Item
from bot.store import SqlStore, open_store, tsvector
from summarizer.model import Analysis, Article, Sentence, Span

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
TEXTS = (
    "The harbour of Port Almira closed; the harbour master closed the harbour office.",
    "Possibly the visibly tired crew of the U.S. ferry was responsible for the delays.",
    "Technologies of the past: an ideology, a biology lesson, and an apology.",
    "Élan, façade and naïve are words of Zürich’s harbour office, 3.5% of them.",
    "Us and them: the s of the plural is no ferry.",
    "Київ and Ελλάδα signed; Łódź did not.",
    "A crew of 12,000 ferry workers, workers, workers struck.",
    "States and cities of the united states stay united, the united states say.",
)
QUESTIONS = (
    ["harbour"],
    ["harbour", "office", "closed"],
    ["possible", "responsibility"],
    ["U.S.", "ferry"],
    ["technology", "apologies"],
    ["ZÜRICH", "elan"],
    ["workers", "ferry", "crew"],
    ["Київ"],
    ["worker", "workers", "crew", "crews", "ferry"],
    ["united states", "states", "ferry"],
    ["12,000"],
    ["nothing", "of", "it"],
    ["'", "&", "!", "\\", "|", "ferry & crew", "a'b", ":*"],
)


def fts5_tokens(words: str) -> set[str]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE w USING fts5(words, tokenize='porter unicode61')")
        database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(w, 'row')")
        database.execute("INSERT INTO w VALUES (?)", (words,))
        return {term for (term,) in database.execute("SELECT term FROM v")}


@pytest.mark.parametrize("words", TEXTS)
def test_a_text_is_cut_and_stemmed_as_fts5_does_it(words: str) -> None:
    assert set(tsvector.tokens(words)) == fts5_tokens(words)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=60))
def test_any_latin_text_is_cut_as_fts5_does_it(words: str) -> None:
    """Stems of made-up words aside: the two differ in a few that no language has."""
    assert len(set(tsvector.tokens(words))) == len(fts5_tokens(words))


@pytest.fixture
def both(database: Path, postgres: str) -> Iterator[tuple[SqlStore, SqlStore]]:
    stores = open_store(str(database)), open_store(postgres)
    for store in stores:
        for number, text in enumerate(TEXTS):
            moment = NOW + timedelta(hours=number)
            made = Article(f"a{number}", text, "", "Post", published=moment)
            store.add(Item(made), seen=NOW)
            store.save_analysis(made.id, Analysis(1, (Sentence(Span(0, len(text)), 0),)))
    yield stores
    for store in stores:
        store.close()


@pytest.mark.parametrize("since", [None, NOW + timedelta(hours=2)])
@pytest.mark.parametrize("words", QUESTIONS)
def test_both_databases_give_the_same_answers_with_the_same_scores(
    both: tuple[SqlStore, SqlStore], words: list[str], since: datetime | None
) -> None:
    ours, theirs = (
        sorted((hit.article_id, hit.span, round(hit.score, 6)) for hit in found)
        for found in (store.search(words, since=since) for store in both)
    )
    assert ours == theirs


def test_what_was_edited_is_counted_once(both: tuple[SqlStore, SqlStore]) -> None:
    """The totals behind the scores hold when sentences go and come."""
    for store in both:
        edited = Article("a0", "A new harbour opened.", "", "Post", published=NOW)
        store.add(Item(edited), seen=NOW)
        store.save_analysis("a0", Analysis(1, (Sentence(Span(0, 21), 0),)))
    scores = [
        sorted((hit.article_id, round(hit.score, 6)) for hit in store.search(["harbour", "ferry"]))
        for store in both
    ]
    assert scores[0] == scores[1]


def test_a_term_that_was_common_is_not_counted_again(postgres: str) -> None:
    """Counting reads the index to its end; who connects anew counts anew."""
    store = open_store(postgres)
    store.add(Item(Article("a1", "Harbour. " * 3, "Harbour", "The Mast")), seen=NOW)
    cut = tuple(Sentence(Span(start, start + 8), 0) for start in (0, 9, 18))
    store.save_analysis("a1", Analysis(3, cut))
    term = "'harbour'"
    with store.database.reading() as connection:
        assert tsvector.count(connection, term, 9) == 3
        assert tsvector.count(connection, term, 2) == 2
    with store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM sentence_words")
        assert tsvector.count(connection, term, 2) == 2
        assert tsvector.count(connection, term, 9) == 0
    store.close()
    again = open_store(postgres)
    with again.database.reading() as connection:
        assert tsvector.count(connection, term, 2) == 0
    again.close()


def test_a_word_that_is_surely_common_is_reckoned(postgres: str) -> None:
    """Neither how many hold it nor which are the newest is looked up where statistics tell it."""
    store = open_store(postgres)
    store.add(Item(Article("a1", "Harbour. " * 60, "Harbour", "The Mast")), seen=NOW)
    cut = tuple(Sentence(Span(9 * at, 9 * at + 8), 0) for at in range(60))
    store.save_analysis("a1", Analysis(3, cut))
    term = "'harbour'"
    with store.database.writing() as connection:
        every = [row.id for row in connection.exec_driver_sql("SELECT id FROM sentence_words")]
        connection.exec_driver_sql("ANALYZE sentence_words")
        connection.info.clear()
        assert min(every) < tsvector.newest(connection, term, 20) < max(every)
        assert tsvector.newest(connection, term, 60) == min(every)
        connection.exec_driver_sql("DELETE FROM sentence_words WHERE id > 65540")
        assert tsvector.count(connection, term, 20) == 20
        assert tsvector.count(connection, term, 60) < 20
    store.close()
