"""Which addresses are never fetched."""

import asyncio
import socket

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import FetchError
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import RefusedAddressError, check, guarded_socket, is_public

PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0.0.0.0/",
    "http://0/",
    "http://10.0.0.1/",
    "http://172.16.3.4/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.100.100.200/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://192.0.0.170/",
    "http://198.18.0.1/",
    "http://203.0.113.7/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[ff02::1]/",
    "http://localhost/",
    "http://feeds.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
]
REFUSED = [
    "http://user:pass@example.org/",
    "http://example.org:22/",
    "http://example.org:6379/",
    "ftp://example.org/feed",
    "file:///etc/passwd",
    "gopher://example.org/",
    "data:text/html,hello",
    "javascript:alert(1)",
    "http://",
    "http:///feed",
    "http://exa mple.org/",
    "http://example.org:99999/",
]
HOSTILE = PRIVATE + REFUSED


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_addresses_are_refused(url):
    with pytest.raises(FetchError) as fault:
        check(url)
    assert fault.value.outcome == ("private-address" if url in PRIVATE else "refused")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/feed.xml",
        "http://example.org:8080/",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/",
    ],
)
def test_public_addresses_pass(url):
    assert check(url) == url


def test_credentials_are_not_repeated_in_the_fault():
    with pytest.raises(FetchError) as fault:
        check("http://name:secret@example.org/")
    assert "secret" not in str(fault.value)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:10.0.0.1", "not an address", "fe80::1%eth0"]
)
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


def test_a_socket_to_a_private_address_is_never_opened():
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))
    with pytest.raises(RefusedAddressError):
        guarded_socket(info)


async def counting(hits: list[str], answer) -> TestServer:
    async def handle(request: web.Request) -> web.StreamResponse:
        hits.append(request.path)
        return answer(request)

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    server = TestServer(app)
    await server.start_server()
    return server


@pytest.mark.parametrize("target", HOSTILE)
async def test_redirects_to_hostile_addresses_are_not_followed(target):
    hits: list[str] = []

    def answer(_):
        return web.Response(status=302, headers={"Location": target})

    server = await counting(hits, answer)
    fetcher = Fetcher(allow_loopback=target not in LOOPBACK and "localhost" not in target)
    try:
        url = str(server.make_url("/start"))
        with pytest.raises(FetchError):
            await fetcher.get(url)
        assert len(hits) <= 1 or target in {"http:///feed", "http://"}
    finally:
        await fetcher.close()
        await server.close()


LOOPBACK = {
    url
    for url in HOSTILE
    if "127" in url or "::1]" in url or "7f" in url or "0177" in url or "2130706433" in url
}


async def test_a_name_that_resolves_to_this_machine_is_not_fetched(monkeypatch):
    hits: list[str] = []
    server = await counting(hits, lambda _: web.Response(text="secret"))
    loop = asyncio.get_running_loop()

    async def rebound(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]

    monkeypatch.setattr(loop, "getaddrinfo", rebound)
    fetcher = Fetcher()
    try:
        with pytest.raises(FetchError) as fault:
            await fetcher.get("http://news.example.org/feed")
        assert fault.value.outcome == "private-address"
        assert hits == []
    finally:
        await fetcher.close()
        await server.close()
