"""How much memory a compressed bomb takes before it is cut.

    python -m benchmarks.bombs

Each bomb unpacks to 1,000 MB of zeros. Each is unpacked in a process of its own with the limit that
polling has; printed is by how much its peak resident memory grew, and what became of it.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli

from bot.errors import FetchError
from bot.feeds.fetch import LARGEST_BODY
from bot.feeds.unpack import Unpacker

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MEGABYTES = 1_000
CHUNK = bytes(2**20)


def zeros() -> Iterator[bytes]:
    for _ in range(MEGABYTES):
        yield CHUNK


def gzipped(target: Path) -> None:
    with gzip.open(target, "wb", 9) as file:
        for part in zeros():
            file.write(part)


def deflated(target: Path) -> None:
    press = zlib.compressobj(9)
    parts = [press.compress(part) for part in zeros()]
    target.write_bytes(b"".join([*parts, press.flush()]))


def brotlied(target: Path) -> None:
    press = brotli.Compressor(quality=9, lgwin=24)
    parts = [press.process(part) for part in zeros()]
    target.write_bytes(b"".join([*parts, press.finish()]))


def zstandard(window: int) -> Callable[[Path], None]:
    def write(target: Path) -> None:
        press = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: window})
        parts = [press.compress(part) for part in zeros()]
        target.write_bytes(b"".join([*parts, press.flush()]))

    return write


BOMBS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "gzip": ("gzip", gzipped),
    "deflate": ("deflate", deflated),
    "brotli, 16 MB window": ("br", brotlied),
    "zstd": ("zstd", zstandard(21)),
    "zstd, 128 MB window": ("zstd", zstandard(27)),
    "zstd, 1 GB window": ("zstd", zstandard(30)),
}


def peak() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def unpack(encoding: str, bomb: Path) -> None:
    """Unpack as a fetch does, in pieces as they come from a socket, and tell the growth."""
    with bomb.open("rb") as file:
        pieces = iter(lambda: file.read(65536), b"")
        before, outcome = peak(), "unpacked whole"
        try:
            unpacker = Unpacker(encoding, limit=LARGEST_BODY, url="bomb")
            for piece in pieces:
                unpacker.feed(piece)
        except FetchError as fault:
            outcome = fault.outcome
    print(f"{peak() - before:.0f} MB | {outcome} |")


def main() -> None:
    if len(sys.argv) == 3:
        unpack(sys.argv[1], Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, (encoding, write) in BOMBS.items():
            bomb = Path(folder, "bomb")
            write(bomb)
            size = bomb.stat().st_size
            print(f"| {name} | {size / 1024:,.0f} KB | ", end="", flush=True)
            command = [sys.executable, "-m", "benchmarks.bombs", encoding, str(bomb)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
