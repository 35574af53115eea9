"""Undoing a response's compression bit by bit, never past a limit (pure).

Home of brotli and zstd.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

import brotli

from bot.errors import FetchError

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdDecompressor, ZstdError
else:
    from backports.zstd import ZstdDecompressor, ZstdError

ENCODINGS = "gzip, deflate, br, zstd"
_CHUNK = 65536


class _Step(Protocol):
    def __call__(self, raw: bytes, most: int, /) -> bytes:
        """Return up to about ``most`` more bytes."""


class Unpacker:
    """Collects a body as it comes in, unpacked, until a limit."""

    def __init__(self, encoding: str, *, limit: int, url: str) -> None:
        """Prepare for an encoding as the response's header names it."""
        self._limit = limit
        self._url = url
        self._parts: list[bytes] = []
        self._size = 0
        self._packed = 0
        names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
        self._step = _step(names[0] if names else "identity", url)
        if len(names) > 1:
            raise _broken(url)

    def feed(self, raw: bytes) -> None:
        """Take some more of the body.

        Raises:
            FetchError: it grew past the limit (``too-large``) or is broken (``broken-encoding``).

        """
        self._packed += len(raw)
        try:
            made = self._step(raw, _CHUNK)
            while made:
                self._size += len(made)
                self._parts.append(made)
                if self._size > self._limit:
                    raise _too_large(self._url, self._limit)
                made = self._step(b"", _CHUNK)
        except (zlib.error, brotli.error, ZstdError, EOFError) as error:
            raise _broken(self._url) from error
        if self._packed > self._limit:
            raise _too_large(self._url, self._limit)

    def body(self) -> bytes:
        """Return what was collected."""
        return b"".join(self._parts)


def _too_large(url: str, limit: int) -> FetchError:
    text = f"{url} is larger than {limit // 2**20} MiB unpacked. It is left alone."
    return FetchError(text, outcome="too-large")


def _broken(url: str) -> FetchError:
    text = f"{url} was sent in a compression that cannot be undone. Its server is at fault."
    return FetchError(text, outcome="broken-encoding")


def _step(name: str, url: str) -> _Step:
    if name in {"identity", "none", ""}:
        return lambda raw, _most: raw
    if name in {"gzip", "x-gzip"}:
        return _inflate(zlib.decompressobj(wbits=31))
    if name == "deflate":
        return _deflate()
    if name == "br":
        return _brotli(brotli.Decompressor())
    if name == "zstd":
        return _zstd(ZstdDecompressor())
    raise _broken(url)


def _inflate(stream: zlib._Decompress) -> _Step:
    def step(raw: bytes, most: int, /) -> bytes:
        return stream.decompress(stream.unconsumed_tail + raw, most)

    return step


def _deflate() -> _Step:
    """Some servers send bare deflate where zlib's is meant; the first two bytes tell."""
    chosen: list[_Step] = []
    held = bytearray()

    def step(raw: bytes, most: int, /) -> bytes:
        if chosen:
            return chosen[0](raw, most)
        held.extend(raw)
        if len(held) < 2:
            return b""
        zlibbed = held[0] & 15 == 8 and (held[0] * 256 + held[1]) % 31 == 0
        chosen.append(_inflate(zlib.decompressobj(wbits=15 if zlibbed else -15)))
        return chosen[0](bytes(held), most)

    return step


def _brotli(stream: brotli.Decompressor) -> _Step:
    process: Callable[..., bytes] = stream.process

    def step(raw: bytes, most: int, /) -> bytes:
        if stream.is_finished():
            return b""
        return process(raw, output_buffer_limit=most)

    return step


def _zstd(stream: ZstdDecompressor) -> _Step:
    def step(raw: bytes, most: int, /) -> bytes:
        if stream.eof or (not raw and stream.needs_input):
            return b""
        return bytes(stream.decompress(raw, max_length=most))

    return step
