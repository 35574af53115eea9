"""How long people wait at 10k, 100k and 1M stored sentences: p50, p99, worst, memory.

    python -m benchmarks.latency [--folder DIR] [--sentences 10000 100000 1000000] [--asked 120]
        [--reader] [--answerers N]

The whole bot is built as for its main job, over a database of made-up news (see
``benchmarks.made_up_news``), which is kept in DIR and built once: a million sentences take some
ten minutes and 3 GB. Then people ask: every 120 ms one question, one entity, one completion,
whether the last was answered or not, first idle, then while the bot ingests made-up articles
as fast as it can: files are read here, questions answered in some of its other processes, and
articles stored, analysed and made into stories in others, as in the bot itself. How many articles
a minute that were is printed too. Nothing slows it down but what the bot does for the answers'
sake: those that store stand back (nice).

Questions are four to ten words of a stored sentence, what a name said, or words of two
sentences that nobody said together; entities are drawn as often as they are mentioned, and the
ten most mentioned are all asked for. A wait is counted from when a question was due, so
that a loop that was busy elsewhere counts too. Memory is the highest so far of the main process,
of those that answer, and of those that analyse, which hold the language model (Linux).
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from benchmarks.made_up_news import DAYS, PER_ARTICLE, START, stories
from benchmarks.memory import peak
from bot.answerers import MOST_PROCESSES
from bot.app import Application, application, configure
from bot.chat.console import Sitter
from bot.model import Item
from bot.store import SqlStore, open_store
from bot.store.sqlite import SqliteDatabase
from summarizer.model import ANALYSIS_VERSION, Analysis, Article, Story

EVERY_SECONDS = 0.12
BATCH_STORIES = 200
FILES_AT_ONCE = 40
Waits = dict[str, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, help="keeps the databases; else they are thrown")
    parser.add_argument("--sentences", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--asked", type=int, default=120, help="questions of each kind")
    parser.add_argument("--reader", action="store_true", help="with the reader of the extra embed")
    parser.add_argument("--answerers", type=int, default=MOST_PROCESSES, help="0: threads answer")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as thrown:
        folder = options.folder or Path(thrown)
        folder.mkdir(parents=True, exist_ok=True)
        for count in options.sentences:
            path = folder / f"made-up-{count}-v{ANALYSIS_VERSION}.sqlite3"
            if not path.exists():
                build(path, count)
            apart = options.answerers
            asyncio.run(measure(path, options.asked, reader=options.reader, apart=apart))


def build(path: Path, count: int) -> None:
    """Fill a database through the store, a commit for many stories; go on with a half-built one."""
    began, unfinished = time.perf_counter(), path.with_suffix(".unfinished")
    database = SqliteDatabase(str(unfinished))
    store, news, stored = SqlStore(database), stories(7, "a"), 0
    there = store.searched().articles * PER_ARTICLE
    while stored < count:
        with database.writing(derived=True):
            for story, told in islice(news, BATCH_STORIES):
                stored += len(told) * PER_ARTICLE
                if stored > there:
                    keep(store, story, told)
                if stored >= count:
                    break
        print(f"\r{stored:>9,} sentences", end="", file=sys.stderr, flush=True)
    store.close()
    unfinished.rename(path)
    size = path.stat().st_size / 1e9
    print(f"\n{stored:,} sentences built in {time.perf_counter() - began:.0f} s, {size:.1f} GB")


def keep(store: SqlStore, story: Story, told: list[tuple[Article, Analysis]]) -> None:
    for article, analysis in told:
        store.add(Item(article), seen=article.published or START)
        store.save_analysis(article.id, analysis)
    store.save_stories([story])


async def measure(path: Path, asked: int, *, reader: bool, apart: int) -> None:
    config = configure(None, database=str(path))
    answers = config.answers.model_copy(update={"reader": reader})
    config = config.model_copy(update={"answers": answers})
    questions, names = asked_for(path, asked)
    async with application(config, apart=apart) as app:
        print(f"{path.stem.split(chr(45))[2]:>9} sentences")
        await warmed(app, questions, names, apart)
        report("idle", await wait_for(app, questions, names))
        stored = open_store(str(path))
        with tempfile.TemporaryDirectory() as drop:
            begun = asyncio.Event()
            ingesting = asyncio.create_task(ingest(app, Path(drop), begun))
            loading = asyncio.create_task(begun.wait())
            await asyncio.wait({ingesting, loading}, return_when=asyncio.FIRST_COMPLETED)
            before, began = stored.searched().articles, time.perf_counter()
            waits = await wait_for(app, questions, names)
            came, took = stored.searched().articles - before, time.perf_counter() - began
            ingesting.cancel()
            counted = await asyncio.gather(ingesting, return_exceptions=True)
        others = peaks()
        answering = [others.pop(number) for number in answerers_of(app)]
        stored.close()
        report("ingesting", waits)
        print(f"  {came} articles came meanwhile, {60 * came / took:.0f} a minute")
        if not isinstance(counted[0], asyncio.CancelledError):
            raise SystemExit(f"ingesting ended by itself: {counted[0]!r}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  main process at most {memory:.0f} MB", end="")
    print(f", those that answer {in_words(answering)}, others {in_words(others.values())}")


async def warmed(app: Application, questions: list[str], names: list[str], apart: int) -> None:
    """Ask until all processes that answer have loaded what they need, and grow no more."""
    before: list[float] = []
    while True:
        await wait_for(app, questions[:5], names[:5])
        now = [round(peak(number), -1) for number in answerers_of(app)]
        if now == before and len(now) == apart:
            return
        before = now


def answerers_of(app: Application) -> list[int]:
    return app.answerers.numbers() if app.answerers else []


def peaks() -> dict[int, float]:
    """Return the number of each other process, and the most MB that it has held so far."""
    children = multiprocessing.active_children()
    return {child.pid: peak(child.pid) for child in children if child.pid}


def in_words(sizes: Iterable[float]) -> str:
    return " and ".join(f"{size:.0f} MB" for size in sizes) or "none"


def asked_for(path: Path, count: int) -> tuple[list[str], list[str]]:
    """Return questions and entities' names, from what is stored."""
    store, chance = open_store(str(path)), random.Random(3)
    articles = drawn(store, chance, 3 * count)
    common = [entity.name for entity in store.entities("", limit=10)]
    store.close()
    questions = [question(chance, articles) for _ in range(count)]
    names = common + [named(chance, articles) for _ in range(count - len(common))]
    chance.shuffle(names)
    return questions, names


def drawn(store: SqlStore, chance: random.Random, count: int) -> list[Article]:
    """Return articles from all over the store."""
    found: list[Article] = []
    while len(found) < count:
        since = START + timedelta(days=chance.uniform(0, DAYS))
        near = store.published_between(since, since + timedelta(hours=6))
        found += chance.sample(near, min(len(near), max(1, count // 50)))
    return found


def question(chance: random.Random, articles: list[Article]) -> str:
    one, other = (words_of(chance, chance.choice(articles)) for _ in range(2))
    kind = chance.random()
    if kind < 0.6:
        return " ".join(one)
    if kind < 0.75:
        return f"did {named(chance, articles)} say that {' '.join(one[:5])}?"
    if kind < 0.85:
        return f"what does {named(chance, articles)} say about {one[0]}?"
    return " ".join(one[:4] + other[:4])


def words_of(chance: random.Random, article: Article) -> list[str]:
    words = chance.choice(article.text.replace("\n", " ").split(". ")).split()
    start = chance.randrange(max(1, len(words) - 8))
    return words[start : start + chance.randint(4, 10)]


def named(chance: random.Random, articles: list[Article]) -> str:
    words = chance.choice(articles).text.split()
    titled = [word.strip(",.") for word in words if word[:1].isupper()]
    return chance.choice(titled)


async def wait_for(app: Application, questions: list[str], names: list[str]) -> Waits:
    """Ask on time, whatever is still being answered; return how long each kind took."""
    waits: Waits = defaultdict(list)
    loop, sitter = asyncio.get_running_loop(), Sitter()

    async def answer(kind: str, words: str, due: float) -> None:
        if kind == "complete":
            app.complete("entity", words)
        else:
            message = await app.responder(f"{kind} {words}", sitter)
            assert "Something went wrong" not in message.summary, message.summary
        waits[kind].append(loop.time() - due)

    tasks, due = [], loop.time()
    for claim, name in zip(questions, names, strict=True):
        for kind, words in (("source", claim), ("entity", name), ("complete", name[:2])):
            due += EVERY_SECONDS
            await asyncio.sleep(max(0.0, due - loop.time()))
            tasks.append(asyncio.create_task(answer(kind, words, due)))
    await asyncio.gather(*tasks)
    return waits


async def ingest(app: Application, folder: Path, begun: asyncio.Event) -> None:
    """Write files of articles nobody has seen, and have them ingested, without end.

    ``begun`` is set after the first round: the other processes have loaded the language model.
    """
    seed = time.time_ns() % 2**32
    for round_, news in enumerate(cycle([stories(seed, f"b{seed}-")])):
        place = folder / str(round_)
        place.mkdir()
        articles = [article for _ in range(FILES_AT_ONCE // 3) for article, _ in next(news)[1]]
        for article in articles:
            body = f"{article.title}\n\nBy {article.outlet}\n\n{article.text}\n"
            (place / f"{article.id}.txt").write_text(body)
        await app.ingest([str(place)])
        begun.set()


def report(state: str, waits: Waits) -> None:
    for kind, times in waits.items():
        ranked = sorted(times)
        p50, p99 = ranked[len(ranked) // 2], ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)]
        print(
            f"  {state:10}{kind:9} p50 {p50 * 1e3:7.1f} ms   p99 {p99 * 1e3:7.1f} ms"
            f"   worst {ranked[-1] * 1e3:7.1f} ms"
        )


if __name__ == "__main__":
    main()
