"""Opening the database, and its faults in words."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import bot.store.sqlite
from bot.delivery_model import Delivery
from bot.errors import NewerDatabase, StoreError
from bot.model import Channel, Item, Subscription
from bot.store import SqlStore, open_store, schema
from bot.store.codec import encode
from summarizer.model import Analysis, Article

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)


def article(number: int) -> Article:
    return Article(f"a{number}", f"Ship number {number} left. " * 200, "Ships", "The Almira Post")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where no database is yet."""
    return tmp_path / "none.sqlite3"


@pytest.fixture
def store(database: Path) -> Iterator[SqlStore]:
    opened = open_store(str(database))
    opened.add(Item(article(1)), seen=NOW)
    yield opened
    opened.close()


def fill(store: SqlStore) -> None:
    for number in range(2, 200):
        store.add(Item(article(number)), seen=NOW)


def rows(place: Path) -> int:
    with closing(sqlite3.connect(place)) as other:
        return int(other.execute("SELECT count(*) FROM articles").fetchone()[0])


def test_a_database_is_made_with_its_folder_and_found_again(tmp_path: Path) -> None:
    place = tmp_path / "var" / "data" / "news.sqlite3"
    first = open_store(str(place))
    first.add(Item(article(1)), seen=NOW)
    first.close()
    second = open_store(f"sqlite:///{place}")
    assert second.article("a1") == article(1)
    second.close()


def test_the_migrations_make_the_tables_that_the_program_knows(store: SqlStore) -> None:
    with store._database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, *_: not (name or "").startswith("sentence_words")},
        )
        assert compare_metadata(context, schema.metadata) == []


def test_every_migration_is_in_the_list_of_known_ones() -> None:
    folder = Path(bot.store.sqlite.__file__).with_name("migrations")
    config = Config()
    config.set_main_option("script_location", str(folder))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == schema.STEPS


def at_step(place: Path, step: str) -> None:
    """Make a database as the program of that step left it."""
    folder = Path(bot.store.sqlite.__file__).with_name("migrations")
    config = Config()
    config.set_main_option("script_location", str(folder))
    with create_engine(f"sqlite:///{place}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)


def test_an_older_database_is_brought_up_to_date_with_all_it_holds(place: Path) -> None:
    at_step(place, "0001")
    with closing(sqlite3.connect(place)) as older:
        for number in (1, 2):
            values = (f"a{number}", f"w{number}", 0, 0, 0, encode(article(number)))
            older.execute(
                "INSERT INTO articles(id, wording, moment, seen, changed, body)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )
        older.execute("INSERT INTO analyses VALUES ('a1', 4, ?)", (encode(Analysis(4)),))
        older.commit()
    store = open_store(str(place))
    assert store.article("a1") == article(1)
    assert store.analysis("a1") == Analysis(4)
    assert [one.id for one in store.unanalysed(4)] == ["a2"]
    assert len(store.unanalysed(5)) == 2
    store.close()


def test_the_clusterer_goes_on_in_an_older_database(place: Path) -> None:
    """What it knew is of English, as all that was stored before there were languages."""
    at_step(place, "0010")
    with closing(sqlite3.connect(place)) as older:
        older.execute("INSERT INTO keepsakes VALUES ('stories', x'7374617465')")
        older.commit()
    store = open_store(str(place))
    assert store.stories_state("en") == b"state"
    assert store.stories_state("fr") == b""
    store.close()


def test_the_feeds_of_an_older_database_keep_their_readers(place: Path) -> None:
    """What a channel's own feed brings from then on is shown to its workspace alone."""
    at_step(place, "0005")
    with closing(sqlite3.connect(place)) as older:
        feed = (
            "INSERT INTO feeds(url, channel, title, folder, state_media) VALUES (?, ?, '', '', 0)"
        )
        older.executemany(
            feed, [("private", "discord:1:10"), ("public", ""), ("public", "slack:T:C")]
        )
        older.commit()
    store = open_store(str(place))
    for number, address in enumerate(("private", "public")):
        store.add(Item(article(number), address), seen=NOW)
    assert store.seen_from("discord:2:20").articles(["a0", "a1"]) == [article(1)]
    assert store.seen_from("discord:1:11").articles(["a0", "a1"]) == [article(0), article(1)]
    store.close()


def test_a_step_that_fails_leaves_the_older_database_as_it_was(place: Path) -> None:
    at_step(place, "0001")
    with closing(sqlite3.connect(place)) as older:
        older.execute("CREATE INDEX ix_articles_analysed ON articles (id)")
        older.commit()
        before = older.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(StoreError, match="already exists"):
        open_store(str(place))
    with closing(sqlite3.connect(place)) as older:
        assert older.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before


def test_a_newer_database_is_refused_and_left_alone(database: Path, store: SqlStore) -> None:
    store.close()
    with closing(sqlite3.connect(database)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    with pytest.raises(NewerDatabase, match="install the newer version"):
        open_store(str(database))
    assert rows(database) == 1


def test_another_programs_database_is_refused_and_left_alone(place: Path) -> None:
    with closing(sqlite3.connect(place)) as other:
        other.execute("CREATE TABLE recipes (name)")
        other.commit()
    with pytest.raises(StoreError, match="another program made it"):
        open_store(str(place))


def test_a_file_that_is_no_database_is_refused_and_left_alone(place: Path) -> None:
    place.write_text("The harbour stays open. " * 400)
    with pytest.raises(StoreError, match="not a database"):
        open_store(str(place))
    assert place.read_text().startswith("The harbour")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(str(tmp_path))


def test_a_place_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="its folder cannot be made"):
        open_store(str(tmp_path / "file" / "news.sqlite3"))


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        ("mysql://localhost/news", "mysql:// is not known"),
        ("  ", "name a file"),
    ],
)
def test_other_databases_are_refused_in_words(place: str, advice: str) -> None:
    with pytest.raises(StoreError, match=advice):
        open_store(place)


def test_a_locked_database_is_told_and_nothing_is_lost(database: Path, store: SqlStore) -> None:
    with store._database.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program keeps it locked"):
            store.add(Item(article(2)), seen=NOW)
        assert store.article("a1") == article(1), "reading goes on"
        other.rollback()
    store.add(Item(article(2)), seen=NOW)
    assert rows(database) == 2


def test_a_full_disk_is_told_and_nothing_is_lost(database: Path, store: SqlStore) -> None:
    with store._database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreError, match="the disk is full"):
        fill(store)
    kept = rows(database)
    with store._database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    store.add(Item(article(900)), seen=NOW)
    assert rows(database) == kept + 1


def test_a_read_only_database_is_told_and_can_be_read(store: SqlStore) -> None:
    with store._database.writing() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StoreError, match="it is read-only"):
        store.save_subscription(Subscription(Channel("console")))
    assert store.article("a1") == article(1)


def test_a_fault_in_the_middle_leaves_nothing_half_done(store: SqlStore) -> None:
    twice = [Delivery("console", NOW, 0, "x"), Delivery("console", NOW, 0, "x")]
    with pytest.raises(Exception, match="UNIQUE"):
        store.freeze(twice, shown={"s1": ["a1"]})
    assert store.unfinished() == []
    assert store.briefed("console") == {}
    assert store.freeze(twice[:1])


def test_a_commit_is_on_the_disk_when_it_returns(store: SqlStore) -> None:
    with store._database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_what_is_derived_does_not_wait_for_the_disk_and_only_that(store: SqlStore) -> None:
    def waits() -> int:
        with store._database.writing() as connection:
            return int(connection.exec_driver_sql("PRAGMA synchronous").scalar() or 0)

    with store._database.writing(derived=True):
        assert waits() == 1
    assert waits() == 2
    with pytest.raises(RuntimeError), store._database.writing(derived=True):
        raise RuntimeError
    assert waits() == 2


def test_a_question_does_not_wait_for_a_writer_and_sees_what_is_committed(store: SqlStore) -> None:
    with ThreadPoolExecutor(1) as apart, store._database.writing():
        store.add(Item(article(2)), seen=NOW + timedelta(hours=1))
        assert store.article("a2") == article(2), "the writer sees its own"
        assert apart.submit(store.article, "a2").result() is None
        assert apart.submit(store.article, "a1").result() == article(1)
    assert store.article("a2") == article(2)


def test_a_question_within_another_sees_the_same_moment(store: SqlStore) -> None:
    with ThreadPoolExecutor(1) as apart, store._database.reading():
        assert store.article("a2") is None
        apart.submit(store.add, Item(article(2)), seen=NOW).result()
        assert store.article("a2") is None
    assert store.article("a2") == article(2)


def test_two_programs_share_a_database(database: Path, store: SqlStore) -> None:
    other = open_store(str(database))
    other.add(Item(article(2)), seen=NOW + timedelta(hours=1))
    assert store.newest() == NOW + timedelta(hours=1)
    other.close()
