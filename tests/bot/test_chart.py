"""The chart of mentions is a valid picture, and its words say the same."""

import struct
import zlib
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.chart import HEIGHT, WIDTH, draw, mentions_chart

START = date(2026, 3, 1)


def days(*counts: int) -> list[tuple[date, int]]:
    return [(START + timedelta(days=number), count) for number, count in enumerate(counts)]


def pixels(png: bytes) -> list[bytes]:
    """Decode the one IDAT chunk into rows of palette numbers."""
    at, rows = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(
            name + data
        )
        rows = zlib.decompress(data) if name == b"IDAT" else rows
        at += 12 + length
    return [rows[n * (WIDTH + 1) + 1 : (n + 1) * (WIDTH + 1)] for n in range(HEIGHT)]


def test_a_bar_is_as_high_as_its_count() -> None:
    """Twice the count, twice the blue."""
    rows = pixels(draw(days(2, 4)))
    middle = WIDTH // 2
    left = sum(row[:middle].count(2) for row in rows)
    right = sum(row[middle:].count(2) for row in rows)
    assert 1.9 < right / left < 2.1


def test_the_words_say_what_the_picture_shows() -> None:
    """Total, span and peak are in the alt text; every day is in the bars."""
    picture = mentions_chart("Finch", days(1, 5, 0))
    assert picture is not None
    assert picture.alt == (
        "Finch: 6 sentences from 1 March 2026 to 3 March 2026; "
        "most on 2 March 2026 (5), 0 on the last day."
    )
    assert picture.bars == (("01 Mar", 1), ("02 Mar", 5), ("03 Mar", 0))


def test_no_days_make_no_picture() -> None:
    """Nothing is drawn of nothing."""
    assert mentions_chart("Finch", ()) is None


@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=60))
def test_any_counts_can_be_drawn(counts: list[int]) -> None:
    """The picture always has its full size."""
    assert all(len(row) == WIDTH for row in pixels(draw(days(*counts))))
