"""Fetching: what is asked for, how much is read, and how faults are told."""

import asyncio
import gzip

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import FetchError
from bot.feeds.fetch import Fetcher
from bot.feeds.robots import Robots


@pytest.fixture
async def site():
    """A site whose answers a test fills in: path -> handler."""
    handlers = {}

    async def handle(request: web.Request) -> web.StreamResponse:
        handler = handlers.get(request.path)
        return await handler(request) if handler else web.Response(status=404)

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    server = TestServer(app)
    await server.start_server()
    server.handlers = handlers
    yield server
    await server.close()


@pytest.fixture
async def fetcher():
    made = Fetcher(
        contact="https://example.org/contact", version="1.2", allow_loopback=True, deadline=5
    )
    yield made
    await made.close()


def url(site, path):
    return str(site.make_url(path))


async def test_the_project_and_a_contact_are_named(site, fetcher):
    seen = {}

    async def answer(request):
        seen.update(request.headers)
        return web.Response(text="hello")

    site.handlers["/feed"] = answer
    response = await fetcher.get(url(site, "/feed"))
    assert response.body == b"hello"
    assert seen["User-Agent"] == "Whosaid/1.2 (+https://example.org/contact)"
    assert {"gzip", "br", "zstd"} <= {one.strip() for one in seen["Accept-Encoding"].split(",")}


async def test_redirects_are_followed_by_hand_and_permanent_ones_told(site, fetcher):
    async def moved(request):
        return web.Response(status=301, headers={"Location": "/b"})

    async def again(request):
        return web.Response(status=302, headers={"Location": "/c"})

    async def end(request):
        return web.Response(text="here")

    site.handlers.update({"/a": moved, "/b": again, "/c": end})
    response = await fetcher.get(url(site, "/a"))
    assert response.url == url(site, "/c")
    assert response.moved_to == url(site, "/b")


async def test_redirects_in_circles_end(site, fetcher):
    hits = []

    async def around(request):
        hits.append(request.path)
        return web.Response(status=302, headers={"Location": "/a"})

    site.handlers["/a"] = around
    with pytest.raises(FetchError) as fault:
        await fetcher.get(url(site, "/a"))
    assert fault.value.outcome == "redirect-loop"
    assert len(hits) <= 6


async def test_an_endless_body_is_cut(site, fetcher):
    async def endless(request):
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    site.handlers["/feed"] = endless
    with pytest.raises(FetchError) as fault:
        await fetcher.get(url(site, "/feed"), limit=10**6)
    assert fault.value.outcome == "too-large"


async def test_a_bomb_is_cut(site, fetcher):
    bomb = gzip.compress(bytes(50 * 2**20))

    async def answer(request):
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    site.handlers["/feed"] = answer
    with pytest.raises(FetchError) as fault:
        await fetcher.get(url(site, "/feed"), limit=2**20)
    assert fault.value.outcome == "too-large"


async def test_a_body_that_never_ends_to_come_is_given_up(site):
    stuck = asyncio.Event()

    async def slow(request):
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"x")
        await stuck.wait()
        return response

    site.handlers["/feed"] = slow
    fetcher = Fetcher(allow_loopback=True, deadline=0.2)
    try:
        with pytest.raises(FetchError) as fault:
            await fetcher.get(url(site, "/feed"))
        assert fault.value.outcome == "timeout"
    finally:
        stuck.set()
        await fetcher.close()


async def test_one_thing_at_a_time_is_asked_of_a_host(site, fetcher):
    now, most = 0, 0

    async def answer(request):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        return web.Response(text="x")

    site.handlers["/feed"] = answer
    await asyncio.gather(*(fetcher.get(url(site, "/feed")) for _ in range(10)))
    assert most == 1


async def test_a_server_that_is_not_there_is_told(fetcher, unused_tcp_port):
    with pytest.raises(FetchError) as fault:
        await fetcher.get(f"http://127.0.0.1:{unused_tcp_port}/")
    assert fault.value.outcome == "unreachable"


async def test_robots_rules_are_kept_and_asked_for_once(site, fetcher):
    hits = []

    async def rules(request):
        hits.append(request.path)
        return web.Response(text="User-agent: *\nDisallow: /private\n")

    site.handlers["/robots.txt"] = rules
    robots = Robots(fetcher)
    await robots.allow(url(site, "/news"))
    with pytest.raises(FetchError) as fault:
        await robots.allow(url(site, "/private/page"))
    assert fault.value.outcome == "robots"
    assert hits == ["/robots.txt"]


async def test_a_site_that_cannot_be_reached_is_told_by_the_page_that_was_asked_for(
    fetcher, unused_tcp_port
):
    page = f"http://127.0.0.1:{unused_tcp_port}/news"
    with pytest.raises(FetchError) as fault:
        await Robots(fetcher).allow(page)
    assert fault.value.outcome == "unreachable"
    assert page in str(fault.value)


async def test_robots_rules_are_asked_for_again_after_a_day(site, fetcher):
    hits, clock = [], [0.0]

    async def rules(request):
        hits.append(request.path)
        return web.Response(text="User-agent: *\nDisallow: /private\n")

    site.handlers["/robots.txt"] = rules
    robots = Robots(fetcher, clock=lambda: clock[0])
    for clock[0] in (0.0, 86000.0, 87000.0):
        await robots.allow(url(site, "/news"))
    assert len(hits) == 2


@pytest.mark.parametrize(("asked", "waited"), [("2", [2.0, 3.5]), ("600", [5.0, 9.5]), ("x", [])])
async def test_a_sites_delay_is_kept_between_pages_within_bounds(site, fetcher, asked, waited):
    """The third page is asked for half a second after the second, and waits for both."""
    clock, slept = [0.0], []

    async def rules(request):
        return web.Response(text=f"User-agent: *\nCrawl-delay: {asked}\n")

    async def sleep(seconds):
        slept.append(seconds)

    site.handlers["/robots.txt"] = rules
    robots = Robots(fetcher, clock=lambda: clock[0], sleep=sleep)
    for clock[0] in (0.0, 0.0, 0.5):
        await robots.allow(url(site, "/news"))
    assert slept == waited


async def test_robots_rules_hold_where_a_redirect_leads_too(site, fetcher):
    read = []

    async def rules(request):
        return web.Response(text="User-agent: *\nDisallow: /private\n")

    async def moved(request):
        return web.Response(status=302, headers={"Location": "/private/page"})

    async def private(request):
        read.append(request.path)
        return web.Response(text="secret")

    site.handlers |= {"/robots.txt": rules, "/news": moved, "/private/page": private}
    with pytest.raises(FetchError) as fault:
        await fetcher.get(url(site, "/news"), allow=Robots(fetcher).allow)
    assert fault.value.outcome == "robots"
    assert read == []


async def test_a_site_without_robots_rules_may_be_read(site, fetcher):
    await Robots(fetcher).allow(url(site, "/private/page"))


async def test_a_site_whose_rules_broke_is_left_alone(site, fetcher):
    async def broken(request):
        return web.Response(status=503)

    site.handlers["/robots.txt"] = broken
    with pytest.raises(FetchError):
        await Robots(fetcher).allow(url(site, "/news"))
