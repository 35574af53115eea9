"""Places are read as what they are; strangers' bytes are parsed in a pen."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import InputError
from bot.feeds.opml import write_opml
from bot.feeds.pen import Pen
from bot.feeds.reader import NewsReader
from bot.feeds.tasks import Task
from bot.feeds.worker import answer
from bot.model import Feed, FeedState

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
DROP = "A title\nPosted : March 4, 2024, 09:15\nThe bridge was closed on {day}, the police said.\n"
RSS = b"""<rss version="2.0"><channel><title>The Mast</title><item><title>Barges</title><link>https://mast.example/1</link>
<description>The union said on Monday that three barges are missing.</description></item></channel></rss>"""
STORY = "".join(
    f"<p>The union said on Monday that barge number {n} is missing from the inner harbour of Port Marl.</p>"
    for n in range(6)
)
PAGE = f"""<html><head><title>Barges</title><link rel="alternate" type="application/rss+xml" href="/feed"></head>
<body><article><h1>Barges</h1>{STORY}</article></body></html>"""


@pytest.fixture
async def reader(monkeypatch):
    """A reader that parses in this process; the pen has its own tests."""

    async def here(task):
        told = answer(task)
        if isinstance(told, InputError):
            raise told
        return told

    made = NewsReader(clock=lambda: NOW, allow_loopback=True)
    monkeypatch.setattr(made._pen, "do", here)
    yield made
    await made.close()


@pytest.fixture
async def site():
    plain = b"<html><body><p>Hello.</p></body></html>"
    kinds: dict[str, str] = {}
    bodies = {"/feed": RSS, "/page": PAGE.encode(), "/plain": plain}

    async def handle(request: web.Request) -> web.Response:
        body = bodies.get(request.path)
        if body is None:
            return web.Response(status=404)
        return web.Response(body=body, headers={"Content-Type": kinds.get(request.path, "")})

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    server = TestServer(app)
    await server.start_server()
    server.bodies, server.kinds = bodies, kinds
    yield server
    await server.close()


async def test_a_folder_is_read_with_its_outlets_and_its_faults(reader, tmp_path):
    folder = tmp_path / "mast"
    folder.mkdir()
    (folder / "b.txt").write_text(DROP.format(day="Monday"))
    (folder / "a.html").write_text(PAGE)
    (folder / "empty.txt").write_text("")
    (folder / "feed.xml").write_bytes(RSS)
    (folder / ".hidden.txt").write_text(DROP)
    (tmp_path / "README.md").write_text("Not news, the reader said.")
    (tmp_path / "outlets.toml").write_text(
        '[[outlet]]\nname = "The Mast"\nfolder = "mast"\nzone = "Asia/Seoul"\n'
    )
    items, faults = await reader.read_all(str(tmp_path))
    assert sorted(item.article.title for item in items) == ["A title", "Barges", "Barges"]
    assert {item.article.outlet for item in items} == {"The Mast"}
    assert [fault.outcome for fault in faults] == ["empty"]
    assert items[-1].article.published.isoformat() == "2024-03-04T09:15:00+09:00"


async def test_a_place_that_is_not_there_is_told(reader, tmp_path):
    with pytest.raises(InputError) as fault:
        await reader.read(str(tmp_path / "none.txt"))
    assert fault.value.outcome == "no-such-path"


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [(b"", "empty"), (b"%PDF-1.4", "pdf"), (b"\x89PNG\r\n", "binary"), (b"milk\n", "no-article")],
)
async def test_a_file_that_is_no_news_is_told(reader, tmp_path, raw, outcome):
    path = tmp_path / "news.txt"
    path.write_bytes(raw)
    with pytest.raises(InputError) as fault:
        await reader.read(str(path))
    assert fault.value.outcome == outcome


async def test_addresses_of_pages_and_feeds_are_read(reader, site):
    page = (await reader.read(str(site.make_url("/page"))))[0]
    feed = (await reader.read(str(site.make_url("/feed"))))[0]
    assert page.article.text.startswith("The union said on Monday that barge number 0")
    assert feed.article.url == "https://mast.example/1"


async def test_an_address_that_is_not_there_is_told(reader, site):
    with pytest.raises(InputError) as fault:
        await reader.read(str(site.make_url("/none")))
    assert fault.value.outcome == "not-found"


@pytest.mark.parametrize(
    ("body", "kind", "outcome"),
    [
        (b"", "text/html", "empty"),
        (b"%PDF-1.7 ...", "application/pdf", "pdf"),
        (b"GIF89a...", "image/gif", "binary"),
        (
            b'{"a": "The union said so on Monday, and the ministry did not."}',
            "application/json",
            "not-html",
        ),
        (b"body { color: red }", "text/css", "not-html"),
        (
            b"<html><title>Oops</title><p>Something went wrong.</p></html>",
            "text/html",
            "error-page",
        ),
        (b"<html><input type=password></html>", "text/html", "login"),
        (b"x" * 11_000_000, "text/plain", "too-large"),
    ],
)
async def test_a_page_that_is_none_has_a_named_outcome(reader, site, body, kind, outcome):
    site.bodies["/odd"] = body
    site.kinds["/odd"] = kind
    with pytest.raises(InputError) as fault:
        await reader.read(str(site.make_url("/odd")))
    assert fault.value.outcome == outcome
    assert "/odd" in str(fault.value)


async def test_a_plain_text_at_an_address_is_read(reader, site):
    site.bodies["/drop"] = DROP.format(day="Monday").encode()
    site.kinds["/drop"] = "text/plain; charset=utf-8"
    (item,) = await reader.read(str(site.make_url("/drop")))
    assert item.article.text == "The bridge was closed on Monday, the police said."


async def test_the_feeds_of_a_page_are_found(reader, site):
    found = await reader.feeds_at(str(site.make_url("/page")), "console")
    assert found == [Feed(str(site.make_url("/feed")), "", channel="console")]
    found = await reader.feeds_at(str(site.make_url("/feed")))
    assert found == [Feed(str(site.make_url("/feed")), "The Mast")]


async def test_a_feed_that_no_page_names_is_found_where_sites_mostly_have_it(reader, site):
    found = await reader.feeds_at(str(site.make_url("/plain")), "console")
    assert found == [Feed(str(site.make_url("/feed")), "The Mast", channel="console")]


async def test_a_site_without_a_feed_is_told(reader, site):
    site.bodies.pop("/feed")
    with pytest.raises(InputError) as fault:
        await reader.feeds_at(str(site.make_url("/plain")))
    assert fault.value.outcome == "no-feeds"


async def test_a_list_of_feeds_is_read(reader, site, tmp_path):
    feeds = [
        Feed(str(site.make_url("/feed")), "The Mast", "News"),
        Feed(str(site.make_url("/none")), "Gone"),
    ]
    path = tmp_path / "feeds.opml"
    path.write_text(write_opml(feeds))
    assert set(await reader.feeds_at(str(path))) == set(feeds)
    items, faults = await reader.read_all(str(path))
    assert [item.article.title for item in items] == ["Barges"]
    assert [fault.outcome for fault in faults] == ["not-found"]


async def test_a_feed_is_polled(reader, site):
    url = str(site.make_url("/feed"))
    state, items = await reader.poll(Feed(url), FeedState(url))
    assert state.outcome == "ok"
    assert [item.article.title for item in items] == ["Barges"]


async def test_what_takes_too_long_is_killed_and_the_next_task_works(monkeypatch):
    started = asyncio.Event()
    pen = Pen(deadline=0.2)
    await pen.do(Task(RSS, "x", NOW))
    exchange = pen._exchange

    async def stuck(task):
        if task.place == "slow":
            pen._process.send_signal(19)  # stopped: it will never answer
            started.set()
        return await exchange(task)

    monkeypatch.setattr(pen, "_exchange", stuck)
    with pytest.raises(InputError) as fault:
        await pen.do(Task(RSS, "slow", NOW))
    assert fault.value.outcome == "too-slow"
    assert (await pen.do(Task(RSS, "x", NOW))).items
    await pen.close()


async def test_a_crashed_process_is_told_and_started_again():
    pen = Pen()
    await pen.do(Task(RSS, "x", NOW))
    pen._process.kill()
    outcomes = []
    for _ in range(2):
        try:
            outcomes.append(len((await pen.do(Task(RSS, "x", NOW))).items))
        except InputError as fault:
            outcomes.append(fault.outcome)
    assert outcomes[-1] == 1
    await pen.close()


def test_a_flood_of_attributes_is_refused_at_once():
    flood = (
        b"<rss><channel " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + b"></channel></rss>"
    )
    told = answer(Task(flood, "x", NOW))
    assert isinstance(told, InputError)
    assert told.outcome == "hostile"


def test_whatever_breaks_a_parser_becomes_a_fault(monkeypatch):
    def broken(task):
        raise ZeroDivisionError

    monkeypatch.setattr("bot.feeds.worker.do", broken)
    told = answer(Task(b"x", "news.txt", NOW))
    assert isinstance(told, InputError)
    assert "news.txt" in str(told)
