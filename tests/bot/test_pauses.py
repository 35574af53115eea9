"""The settings of a process that answers."""

import gc
import sys
from collections.abc import Iterator

import pytest

from bot import pauses


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.set_threshold(*before)
    sys.setswitchinterval(turn)
    gc.unfreeze()


def test_what_is_loaded_is_not_looked_through_again() -> None:
    """Everything that lives when the bot is built is left out of all later looks."""
    pauses.keep_short()
    assert gc.get_freeze_count() > 0
    assert gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(pauses.TURN_SECONDS)


def test_dead_circles_are_still_found() -> None:
    """Memory does not leak: what refers to itself is freed."""

    class Circle:
        alive = 0

        def __init__(self) -> None:
            Circle.alive += 1
            self.itself = self

        def __del__(self) -> None:
            Circle.alive -= 1

    pauses.keep_short()
    kept = [Circle() for _ in range(10 * pauses.COLLECT_AFTER[0])]
    del kept

    gc.collect()
    assert Circle.alive == 0
