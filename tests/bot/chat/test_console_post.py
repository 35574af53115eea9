"""The console as a platform: digests are printed once, under the outbox's rules."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from fakes import FakeStore

from bot.chat.console_post import ConsolePost
from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Message, Paragraph, plain
from bot.model import CONSOLE, Channel, Schedule, Subscription
from bot.publish import Composed, Publisher

SEVEN = datetime(2024, 10, 21, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NEWS = Message((Paragraph(plain("The dam held.")),), "news")


def part(console: ConsolePost, minute: int = 0) -> Delivery:
    (payload,) = console.freeze(NEWS)
    return Delivery(CONSOLE, SEVEN + minute * MINUTE, 0, payload)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "console-posts.jsonl"


@pytest.mark.parametrize("kept", [True, False])
async def test_what_was_printed_is_found_again(place: Path, kept: bool) -> None:
    printed: list[str] = []
    console = ConsolePost(place if kept else None, show=printed.append)
    assert await console.find(part(console)) == ""
    sent = await console.send(part(console))
    assert printed == ["The dam held.\n"]
    assert await console.find(part(console)) == sent
    assert await console.find(part(console, 1)) == ""


async def test_the_next_life_finds_it_and_half_a_line_hides_nothing(place: Path) -> None:
    """A kill in the middle of writing leaves half a line: that part was not posted."""
    console = ConsolePost(place, show=lambda _: None)
    first, second, third = (part(console, minute) for minute in range(3))
    await console.send(first)
    with place.open("a") as transcript:
        transcript.write('\n{"key": "' + second.key)
    again = ConsolePost(place, show=lambda _: None)
    assert await again.find(first)
    assert await again.find(second) == ""
    await again.send(third)
    assert await again.find(third)


async def test_where_nothing_can_be_written_nothing_is_printed(tmp_path: Path) -> None:
    printed: list[str] = []
    console = ConsolePost(tmp_path / "none" / "posts.jsonl", show=printed.append)
    with pytest.raises(ChatError, match="cannot be written"):
        await console.send(part(console))
    assert printed == []


class TornError(Exception):
    """The process ends here."""


def shows(printed: list[str], *, torn: bool) -> Callable[[str], None]:
    def show(text: str) -> None:
        printed.append(text)
        if torn:
            raise TornError

    return show


async def test_a_digest_of_the_console_comes_once_though_a_stop_cut_it_off(place: Path) -> None:
    store = FakeStore()
    wanted = Subscription(Channel(CONSOLE), Schedule((time(7),)), since=SEVEN - MINUTE)
    store.save_subscription(wanted)
    printed: list[str] = []

    def publisher(*, torn: bool) -> Publisher:
        console = ConsolePost(place, show=shows(printed, torn=torn))
        return Publisher(store, [console], lambda *_: Composed(NEWS))

    await publisher(torn=True).tick(SEVEN)
    for minutes in range(5):
        await publisher(torn=False).tick(SEVEN + minutes * MINUTE)
    assert len(printed) == 1
    assert store.unfinished() == []
