"""Opening a PostgreSQL database, sharing it, and its faults in words."""

import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from peers.postgres.server import make_database
from sqlalchemy import make_url

from bot.delivery_model import Delivery
from bot.errors import NewerDatabase, StoreError
from bot.model import Item, Landing
from bot.store import SqlStore, open_store, schema
from summarizer.model import Article

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)


WORDS = {"sentence_words", "sentence_words_words", "sentence_totals"}
"""What the full-text index is made of: no table that the program knows."""


def article(number: int) -> Article:
    return Article(f"a{number}", f"Ship number {number} left.", "Ships", "The Almira Post")


def named(address: str, name: str) -> str:
    return make_url(address).set(database=name).render_as_string(hide_password=False)


@pytest.mark.filterwarnings("ignore:Did not recognize type 'halfvec'")
def test_the_migrations_make_the_tables_that_the_program_knows(postgres: str) -> None:
    """Vectors are made where they are wanted, not by a migration."""
    made_apart = {*WORDS, "sentence_vectors"}
    with closing(open_store(postgres)) as store, store._database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, *_: name not in made_apart, "compare_type": True},
        )
        assert compare_metadata(context, schema.metadata) == []


def test_text_is_compared_byte_by_byte_whatever_the_server_was_set_up_for(postgres: str) -> None:
    store = open_store(postgres)
    with store._database.reading() as connection:
        others = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'text'"
            " AND collation_name IS DISTINCT FROM 'C'"
        ).all()
    store.close()
    assert others == []


def test_a_database_is_filled_once_and_found_again(postgres_server: tuple[str, str]) -> None:
    address = make_database(postgres_server[0], "whosaid_found_again")
    first = open_store(address)
    first.add(Item(article(1)), seen=NOW)
    first.close()
    second = open_store(address.replace("postgresql://", "postgresql+psycopg://"))
    assert second.article("a1") == article(1)
    second.close()


def test_a_database_of_another_program_is_left_alone(postgres_server: tuple[str, str]) -> None:
    address = make_database(postgres_server[0], "whosaid_other")
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE accounts (id int)")
    with pytest.raises(StoreError, match="another program made it"):
        open_store(address)
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == [("accounts",)]


def test_a_database_of_a_newer_version_is_left_alone(postgres_server: tuple[str, str]) -> None:
    address = make_database(postgres_server[0], "whosaid_newer")
    open_store(address).close()
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match="install the newer version"):
        open_store(address)


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("postgresql://whosaid:secret@127.0.0.1:1/news", "it cannot be reached"),
        ("postgresql://whosaid:secret@127.0.0.1:port/news", "cannot be read"),
    ],
)
def test_a_server_that_is_not_there_is_told_without_the_password(address: str, advice: str) -> None:
    with pytest.raises(StoreError, match=advice) as told:
        open_store(address)
    assert "secret" not in str(told.value)


def test_a_database_that_is_not_there_is_told(postgres_server: tuple[str, str]) -> None:
    with pytest.raises(StoreError, match="no database of that name"):
        open_store(named(postgres_server[0], "nowhere"))


def test_a_connection_that_was_cut_is_told_and_the_next_question_is_answered(postgres: str) -> None:
    store = open_store(postgres)
    store.add(Item(article(1)), seen=NOW)
    with pytest.raises(StoreError, match=r"stopping or starting|cannot be reached"):
        cut_within_a_block(store, postgres)
    assert store.article("a1") == article(1)
    store.close()


def cut_within_a_block(store: SqlStore, address: str) -> None:
    with store._database.writing() as held:
        own = held.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with psycopg.connect(address, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (own,))
        held.exec_driver_sql("SELECT 1")


def test_one_of_many_keeps_an_item_and_one_claims_a_part(postgres: str) -> None:
    """Eight stores on one database at once: nothing is kept, frozen or claimed twice."""
    stores = [open_store(postgres) for _ in range(8)]
    landed: list[Landing] = []
    frozen: list[bool] = []
    claimed: list[bool] = []
    part = Delivery("console", NOW, 0, "{}")

    def work(store: SqlStore) -> None:
        landed.extend(store.add(Item(article(one)), seen=NOW).landing for one in range(5))
        frozen.append(store.freeze([part]))
        claimed.append(store.claim(part))

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert landed.count(Landing.NEW) == 5
    assert landed.count(Landing.SAME) == 35
    assert frozen.count(True) == 1
    assert claimed.count(True) == 1


def test_a_block_that_fails_leaves_nothing_behind(postgres: str) -> None:
    store = open_store(postgres)
    with pytest.raises(ZeroDivisionError):
        add_and_fail(store)
    assert store.article("a1") is None
    store.close()


def add_and_fail(store: SqlStore) -> float:
    with store._database.writing():
        store.add(Item(article(1)), seen=NOW)
        return 1 / 0


def test_a_relative_path_is_no_server(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "postgresql"))
    assert store.searched().articles == 0
    store.close()


def test_a_question_is_planned_for_its_own_words(postgres: str) -> None:
    """A plan for any words is a hundred times slower at a million sentences."""
    store = open_store(postgres)
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SHOW plan_cache_mode").scalar() == "force_custom_plan"
        assert connection.exec_driver_sql("SHOW jit").scalar() == "off"
    store.close()
