"""Serving several platforms: one that refuses us does not take the others down."""

import asyncio

import pytest

from bot.errors import ChatError
from bot.platforms import serve


class Platform:
    def __init__(self, platform, *, refuses=False):
        self.platform = platform
        self.refuses = refuses
        self.served = asyncio.Event()

    async def run(self):
        if self.refuses:
            raise ChatError("the token does not work; copy it again", permanent=True)
        self.served.set()
        await asyncio.Event().wait()


async def test_a_platform_that_refuses_leaves_the_other_serving():
    """The good one is served until it is cancelled."""
    good, bad = Platform("discord"), Platform("slack", refuses=True)
    serving = asyncio.create_task(serve([bad, good]))
    await good.served.wait()
    assert not serving.done()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


async def test_when_all_refuse_it_is_told_in_words():
    """Nothing is left to serve: each refusal is named with its platform."""
    with pytest.raises(ChatError, match=r"slack: the token .*; discord: the token"):
        await serve([Platform("slack", refuses=True), Platform("discord", refuses=True)])
