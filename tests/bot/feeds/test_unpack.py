"""Compressed bodies are undone bit by bit, and never past the limit."""

import gzip
import sys
import tracemalloc
import zlib

import brotli
import pytest

from bot.errors import FetchError
from bot.feeds.unpack import Unpacker

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b"News of the harbour. " * 5000


def deflated_raw(raw: bytes) -> bytes:
    press = zlib.compressobj(wbits=-15)
    return press.compress(raw) + press.flush()


PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "": bytes,
}


@pytest.mark.parametrize("encoding", PACKERS)
@pytest.mark.parametrize("size", [1, 100, 10**6])
def test_what_was_packed_comes_out_whole(encoding, size):
    packed = PACKERS[encoding](TEXT)
    unpacker = Unpacker(encoding, limit=10**6, url="x")
    for start in range(0, len(packed), size):
        unpacker.feed(packed[start : start + size])
    assert unpacker.body() == TEXT


def test_bare_deflate_is_understood_too():
    unpacker = Unpacker("deflate", limit=10**6, url="x")
    unpacker.feed(deflated_raw(TEXT))
    assert unpacker.body() == TEXT


ZEROS = bytes(30 * 2**20)
BOMBS = {
    "gzip": gzip.compress(ZEROS, 1),
    "br": brotli.compress(ZEROS, quality=3),
    "zstd": zstd.compress(ZEROS),
    "deflate": zlib.compress(ZEROS, 1),
}


@pytest.mark.parametrize("encoding", BOMBS)
def test_bombs_are_cut_at_the_limit_without_growth(encoding):
    bomb = BOMBS[encoding]
    unpacker = Unpacker(encoding, limit=2 * 2**20, url="x")
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as fault:
            unpacker.feed(bomb)
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()
    assert fault.value.outcome == "too-large"


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_broken_stream_is_told(encoding):
    with pytest.raises(FetchError) as fault:
        Unpacker(encoding, limit=1000, url="x").feed(b"this was never compressed at all")
    assert fault.value.outcome == "broken-encoding"


@pytest.mark.parametrize("encoding", ["compress", "gzip, gzip", "snappy"])
def test_an_unknown_encoding_is_told(encoding):
    with pytest.raises(FetchError) as fault:
        Unpacker(encoding, limit=1000, url="x")
    assert fault.value.outcome == "broken-encoding"
