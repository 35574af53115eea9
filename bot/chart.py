"""Counts a day -> a bar chart: PNG bytes without any drawing library, bars for a terminal.

The picture tells nothing that its alt text does not say. What is counted is for the caller.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from datetime import date

from bot.message import Picture

MOST_BARS = 14
"""So many bars, a line each, are shown in a terminal."""

WIDTH, HEIGHT = 600, 180
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 10, 12, 22
_COLOURS = ((255, 255, 255), (70, 70, 80), (46, 110, 180), (222, 224, 230))
_INK, _BAR, _RULE = 1, 2, 3
_SCALE = 2
_ADVANCE = 4 * _SCALE

_ROWS = {
    "0": (7, 5, 5, 5, 7),
    "1": (2, 6, 2, 2, 7),
    "2": (7, 1, 7, 4, 7),
    "3": (7, 1, 7, 1, 7),
    "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7),
    "6": (7, 4, 7, 5, 7),
    "7": (7, 1, 1, 2, 2),
    "8": (7, 5, 7, 5, 7),
    "9": (7, 5, 7, 1, 7),
    "-": (0, 0, 7, 0, 0),
}
"""Digits of three by five dots; each row's bits from left to right."""

Canvas = list[bytearray]


def mentions_chart(name: str, by_day: Sequence[tuple[date, int]]) -> Picture | None:
    """Return a chart of mentions a day, or None when there is nothing to show.

    The picture has all days, the terminal's bars the newest.
    """
    if not by_day:
        return None
    bars = tuple((f"{day:%d %b}", count) for day, count in by_day[-MOST_BARS:])
    return Picture(draw(by_day), alt_text(name, by_day), "mentions.png", bars)


def alt_text(name: str, by_day: Sequence[tuple[date, int]]) -> str:
    """Say in words what the chart shows."""
    total = sum(count for _, count in by_day)
    top_day, top = max(by_day, key=lambda entry: entry[1])
    first, last = by_day[0][0], by_day[-1][0]
    if len(by_day) == 1:
        return f"{name}: {_sentences(total)} on {_day(first)}."
    return (
        f"{name}: {_sentences(total)} from {_day(first)} to {_day(last)}; "
        f"most on {_day(top_day)} ({top}), {by_day[-1][1]} on the last day."
    )


def draw(by_day: Sequence[tuple[date, int]]) -> bytes:
    """Draw bars over a ruled ground, the scale at the left, the first and last day below."""
    canvas: Canvas = [bytearray(WIDTH) for _ in range(HEIGHT)]
    top = _ceiling(max(count for _, count in by_day))
    floor = HEIGHT - _BOTTOM
    for part in (0, 0.5, 1):
        row = round(floor - part * (floor - _TOP))
        _fill(canvas, (_LEFT, row), (WIDTH - _RIGHT, row + 1), _RULE)
        if part * top == int(part * top):
            _write(canvas, str(int(part * top)), (_LEFT - 6, row - 5), right=True)
    step = (WIDTH - _LEFT - _RIGHT) / len(by_day)
    gap = 1 if step < 12 else round(step * 0.2)
    for number, (_, count) in enumerate(by_day):
        left = _LEFT + number * step
        high = round(count / top * (floor - _TOP))
        _fill(canvas, (round(left) + gap, floor - high), (round(left + step) - gap, floor), _BAR)
    _fill(canvas, (_LEFT, floor), (WIDTH - _RIGHT, floor + 1), _INK)
    _write(canvas, f"{by_day[0][0]:%m-%d}", (_LEFT, floor + 7))
    if len(by_day) > 1:
        _write(canvas, f"{by_day[-1][0]:%m-%d}", (WIDTH - _RIGHT, floor + 7), right=True)
    return _png(canvas)


def _sentences(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count:,} sentences"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _ceiling(most: int) -> int:
    """Return the next even number of one leading digit, at least 2: the top of the scale."""
    unit = int("1" + "0" * (len(str(most)) - 1))
    top = -(-most // unit) * unit
    return max(2, top + top % 2)


def _fill(canvas: Canvas, corner: tuple[int, int], opposite: tuple[int, int], colour: int) -> None:
    (left, upper), (right, lower) = corner, opposite
    for row in canvas[max(0, upper) : lower]:
        if right > left:
            row[left:right] = bytes([colour]) * (right - left)


def _write(canvas: Canvas, text: str, place: tuple[int, int], *, right: bool = False) -> None:
    """Write digits and dashes with their upper left (or right) corner at ``place``."""
    x = place[0] - (len(text) * _ADVANCE if right else 0)
    for glyph in text:
        for row, bits in enumerate(_ROWS[glyph]):
            for column in range(3):
                if bits >> (2 - column) & 1:
                    left, upper = x + column * _SCALE, place[1] + row * _SCALE
                    _fill(canvas, (left, upper), (left + _SCALE, upper + _SCALE), _INK)
        x += _ADVANCE


def _png(canvas: Canvas) -> bytes:
    """Encode rows of palette numbers (PNG, ISO/IEC 15948: colour type 3, 8 bits)."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = b"".join(bytes(colour) for colour in _COLOURS)
    rows = b"".join(b"\0" + bytes(row) for row in canvas)
    parts = (
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
