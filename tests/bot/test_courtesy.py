"""What stores news waits while somebody is being answered, and never for long."""

import asyncio

from bot import courtesy
from bot.courtesy import Courtesy


async def test_nobody_waits_where_nothing_is_asked() -> None:
    """Without an answer in the making it goes on at once."""
    waiting = asyncio.create_task(Courtesy().give_way())
    await asyncio.sleep(0)
    assert waiting.done()


async def test_storing_goes_on_when_the_answer_is_there(monkeypatch) -> None:
    """It waits as long as the answer takes."""
    monkeypatch.setattr(courtesy, "MOST_SECONDS", 3600)
    manners = Courtesy()
    with manners.answering(), manners.answering():
        waiting = asyncio.create_task(manners.give_way())
        await asyncio.sleep(0)
        assert not waiting.done()
    await waiting


async def test_it_is_tidied_up_when_the_last_answer_is_given(monkeypatch) -> None:
    """Not between two that overlap, nor before the answer is on its way."""
    monkeypatch.setattr(courtesy, "REST_SECONDS", 0.0)
    tidied = asyncio.Event()
    manners = Courtesy(tidied.set)
    with manners.answering():
        with manners.answering():
            pass
        for _ in range(3):
            await asyncio.sleep(0)
        assert not tidied.is_set()
    assert not tidied.is_set()
    await tidied.wait()


async def test_endless_questions_do_not_keep_news_out(monkeypatch) -> None:
    """After the longest wait it goes on beside them."""
    monkeypatch.setattr(courtesy, "MOST_SECONDS", 0.0)
    manners = Courtesy()
    with manners.answering():
        await manners.give_way()
