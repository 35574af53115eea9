"""The composition root: builds every part, hands it its doors, and alone reads the clock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot import config as configuration
from bot import machines, pauses
from bot.analysts import Analysts
from bot.answerers import Answerers
from bot.cards.analysis import analysis_card
from bot.chat.console import Console
from bot.chat.console_post import ConsolePost
from bot.chat.progress import Progress
from bot.clerks import Clerks
from bot.clockwork import Clockwork
from bot.commands import Command
from bot.config import DEMO, RANKERS, Config
from bot.courtesy import Courtesy
from bot.desks import Office
from bot.exporting import Form, Wanted, export
from bot.feeds.reader import NewsReader
from bot.gather import Gather, Report
from bot.indexing import indexing_over
from bot.jobs import Tick
from bot.keeping import InThreads
from bot.means import Means, beside, means_of, shows_demo
from bot.message import Message
from bot.model import Subscription
from bot.named import add_feeds, gather_files
from bot.pages import Pages
from bot.platforms import connected, freezer, serve
from bot.ports import Asker, Chat
from bot.publish import Composed, Press
from bot.renewed import Renewed
from bot.respond import Desk, Responder
from bot.respond.completion import Completer
from bot.store import SqlStore, can_be_shared, is_file, is_on_server, open_store
from bot.store.turn import Turn
from bot.tasks import Tasks, hand_over
from bot.turns import Role, taken, turn_of, while_ours

if TYPE_CHECKING:
    from bot.jobs.distributed import DistributedJobs

__all__ = ["RANKERS", "VERSION", "Application", "application", "configure"]

VERSION = version("whosaid")

EMBED_SECONDS = 20

log = logging.getLogger(__name__)


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock


def configure(path: Path | None, *, database: str | None) -> Config:
    """Load the config; ``database`` from the command line wins.

    Raises:
        ConfigError: faults, each on its own line.

    """
    config = configuration.load(path)
    return config.model_copy(update={"database": database}) if database else config


@asynccontextmanager
async def application(
    config: Config, *, answering: bool = True, apart: int = 0
) -> AsyncIterator[Application]:
    """Build all parts over an open store; close them in turn, whatever happens.

    Where nobody is answered meanwhile, analysts take every core. So many processes ``apart``
    answer at most, where others can open the database; with none this one does it in threads.
    """
    async with AsyncExitStack() as ending:
        store = open_store(config.database)
        ending.callback(store.close)
        reader = NewsReader(clock=now, contact=config.news.contact, version=VERSION)
        ending.push_async_callback(reader.close)
        analysts = Analysts(answering=answering)
        ending.callback(analysts.close)
        means, answerers = means_of(config, VERSION), None
        if apart and can_be_shared(config.database):
            answerers = Answerers(means, apart)
            ending.callback(answerers.close)
        built = Application(config, means, store, analysts, reader, answerers=answerers)
        ending.push_async_callback(built.close)
        await built.start()
        pauses.keep_short()
        yield built


class Application:
    """All parts of the bot, and its jobs: gather, answer, publish."""

    def __init__(  # noqa: PLR0913 - the parts of one bot
        self,
        config: Config,
        means: Means,
        store: SqlStore,
        analysts: Analysts,
        reader: NewsReader,
        *,
        answerers: Answerers | None = None,
    ) -> None:
        """Wire the parts together."""
        self._config = config
        self._means = means
        self._store = store
        self._reader = reader
        self._analysts = analysts
        self.answerers = answerers
        courtesy = Courtesy(pauses.tidy)
        here, clerks = InThreads(store, analysts, courtesy), Clerks(analysts.run, config.database)
        in_file = is_file(config.database)
        self._gather = Gather(store, reader, clerks if in_file else here)
        self._names = Renewed(clerks.starts)
        self._office = Office(means.without_models() if answerers else means, store)
        apart = partial(clerks.index, means.vectors)
        self._indexing = indexing_over(store, means, self._office.meaning, apart=apart)
        self.responder = Responder(self._desk, courtesy, self._elsewhere if answerers else None)
        self.complete = Completer(store, self._names) if in_file else Completer(store)

    async def start(self) -> None:
        """Let those who answer get ready, and the index by meaning know what is stored."""
        if self.answerers is None:
            await self._indexing.own()
        else:
            self.answerers.start()

    async def close(self) -> None:
        """Stop what is under way for later."""
        await self._names.close()

    def _desk(self, channel: str) -> Desk:
        """Return the desk that shows what the people of a channel may see."""
        desk = self._office.desk(channel, now)
        pages = Pages(desk.store, self._reader)
        return replace(
            desk,
            analyse=self._analysts,
            read=lambda place: pages.read(place, now()),
            feeds_at=self._reader.feeds_at,
            workers=partial(machines.workers_in_words, self._config),
        )

    async def _elsewhere(self, command: Command, asker: Asker) -> Message:
        assert self.answerers is not None, "it is asked where there are any"
        return await self.answerers(command, asker, now())

    async def ingest(self, places: Sequence[str]) -> Report:
        """Gather files, folders, pages, feeds and OPML, with a progress display."""
        with Progress() as progress:
            report = await self._gather.ingest(places, now=now(), progress=progress)
        await self._indexing.after(report.analysed)
        return report

    async def _poll(self, moment: datetime) -> None:
        report = await self._gather.poll_due(moment)
        await self._indexing.after(report.analysed)

    async def analyze_file(self, place: str) -> Message:
        """Analyse the article in a file or at an address; nothing is stored.

        Raises:
            InputError: it cannot be read as news.

        """
        article = (await self._reader.read(place))[0].article
        return analysis_card(await self._analysts(article), article)

    def export(self, out: TextIO, *, wanted: Wanted, form: Form) -> int:
        """Write claim records as they are read; return how many."""
        return export(self._store, out, wanted=wanted, form=form, owners=dict(self._means.owners))

    async def run(self) -> None:
        """Do the main job: with tokens serve the chat platforms, else the console."""
        if not self._config.has_token:
            await self.run_console()
            return
        await self.serve(Role())

    async def serve(self, role: Role) -> None:
        """Answer on the chat platforms, deliver to them, or both.

        Raises:
            TurnLost: another process took over while the database was away.

        """
        turn = turn_of(self._config, role)
        async with taken(turn), machines.engine(self._config, now) as engine:
            await self._serve(role, engine, turn)

    async def _serve(self, role: Role, engine: DistributedJobs | None, turn: Turn | None) -> None:
        asked = self.responder, self.complete
        chats = connected(self._config, *asked, self._store, clock=now, shards=role.shards)
        clockwork = self._clockwork(chats, engine, turn, delivers=role.delivers)
        await clockwork.start()
        gathering = asyncio.create_task(self._gather_all())
        try:
            work = serve(chats) if role.answers else asyncio.Event().wait()
            await while_ours(turn, work)
        finally:
            gathering.cancel()
            ending = (chat.close() for chat in chats)
            await asyncio.gather(gathering, clockwork.stop(), *ending, return_exceptions=True)

    async def work(self, queues: Sequence[str] | None, concurrency: int) -> None:
        """Be one of the workers that share a PostgreSQL database, until told to stop."""
        async with machines.engine(self._config, now) as engine:
            assert engine is not None, "the command line has looked"
            machines.tell_of_tokens(self._config)
            press = Press(self._store, self.scheduled)
            tasks = Tasks(self._store, self._gather, press, engine, freezer)
            indexing = self._indexing
            more = [Tick("meaning", EMBED_SECONDS, indexing.now)] if indexing.shared else []
            gathering = asyncio.create_task(self._gather_all())
            try:
                await machines.work(
                    engine, tasks, more=more, queues=queues, concurrency=concurrency
                )
            finally:
                gathering.cancel()
                await asyncio.gather(gathering, return_exceptions=True)

    async def run_console(self) -> None:
        """Gather, print today's digest, and answer at the prompt."""
        await self._gather_all()
        console = Console(
            self.responder, self.complete, history=beside(self._config, "console-history")
        )
        await console.answer("digest")
        clockwork = self._clockwork([ConsolePost(beside(self._config, "console-posts.jsonl"))])
        await clockwork.start()
        try:
            await console.run()
        finally:
            await clockwork.stop()

    async def _gather_all(self) -> None:
        """Gather what the config names: files now, feeds at their pace."""
        files = [*([DEMO] if shows_demo(self._config) else []), *self._config.news.files]
        await add_feeds(self._config.news, self._store, self._reader.feeds_at)
        await gather_files(files, self._store, self.ingest)

    def _clockwork(
        self,
        chats: Sequence[Chat],
        engine: DistributedJobs | None = None,
        turn: Turn | None = None,
        *,
        delivers: bool = True,
    ) -> Clockwork:
        """Return what this process does by the clock; where there are workers, they read."""
        shared = is_on_server(self._config.database)
        return Clockwork(
            self._store,
            chats,
            poll=self._indexing.own if shared else self._poll,
            compose=self.scheduled,
            alerts_per_hour=self._config.alerts.per_hour,
            listen=self._config.service.listen,
            clock=now,
            hand_over=hand_over(engine) if engine else None,
            turn=turn,
            delivers=delivers,
            workers=machines.watch_of(self._config),
        )

    def scheduled(self, wanted: Subscription, since: datetime, until: datetime) -> Composed | None:
        """Return the digest of a channel's slot; None when nothing is to be posted."""
        composer = self._desk(wanted.channel.key).composer
        made = composer.scheduled(wanted, since, until)
        return None if made is None else Composed(*made)
