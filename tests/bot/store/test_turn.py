"""Turns over PostgreSQL: one process at a time, and never one that is dead."""

import threading

import psycopg

from bot.store import open_store
from bot.store.turn import Turn

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def test_one_at_a_time_has_the_turn_of_a_name(postgres: str) -> None:
    first, second, other = (Turn(postgres, name) for name in ("a", "a", "b"))
    assert first.take()
    assert first.take()
    assert not second.take()
    assert other.take()
    first.give_back()
    assert second.take()
    for turn in (second, other):
        turn.give_back()


def test_a_turn_ends_with_the_connection_and_may_be_taken_again(postgres: str) -> None:
    first, second = Turn(postgres, "a"), Turn(postgres, "a")
    assert first.take()
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(CUT)
    assert second.take()
    assert not first.take()
    second.give_back()
    assert first.take()
    first.give_back()


def test_a_server_that_is_not_there_gives_no_turn(tmp_path) -> None:
    assert not Turn(f"postgresql:///x?host={tmp_path}", "a").take()


def test_the_stories_of_two_languages_are_placed_side_by_side(postgres: str) -> None:
    """Two blocks meet inside, which they could not if one waited for the other to end."""
    one, other = open_store(postgres), open_store(postgres)
    meeting = threading.Barrier(2, timeout=60)
    met: list[str] = []

    def place() -> None:
        with other.placing("fr"):
            meeting.wait()
            met.append("fr")

    thread = threading.Thread(target=place)
    thread.start()
    with one.placing("en"):
        meeting.wait()
        met.append("en")
    thread.join()
    assert sorted(met) == ["en", "fr"]
    one.close()
    other.close()


def test_the_stories_of_a_language_are_placed_by_one_at_a_time(postgres: str) -> None:
    """Who comes second waits until the first is done."""
    one, other = open_store(postgres), open_store(postgres)
    order: list[str] = []
    waiting = threading.Event()

    def place() -> None:
        waiting.set()
        with other.placing():
            order.append("second")

    with one.placing():
        thread = threading.Thread(target=place)
        thread.start()
        waiting.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    one.close()
    other.close()
