"""Moments of ours are shown in each reader's own zone where the platform can."""

from datetime import UTC, datetime, timedelta

from bot.cards.digest import digest_card
from bot.cards.status import Standing, status_card
from bot.chat.discord_components import payloads
from bot.chat.slack_blocks import payloads as slack_payloads
from bot.model import Schedule
from summarizer.model import Digest, Searched

UNTIL = datetime(2026, 3, 12, 7, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=1)


def unix(moment):
    return str(int(moment.timestamp()))


def test_the_window_of_a_digest_is_shown_in_the_readers_zone():
    """Discord and Slack get its moments, each in its own form."""
    card = digest_card(Digest(SINCE, UNTIL, (), 0, 0))
    discord, slack = repr(payloads(card)), repr(slack_payloads(card))
    for moment in (SINCE, UNTIL):
        assert f"<t:{unix(moment)}:f>" in discord
        assert f"<!date^{unix(moment)}^" in slack


def test_the_slots_of_a_status_are_shown_in_the_readers_zone():
    """The heartbeat, the newest article, the last digest and the next."""
    newest, following = UNTIL - timedelta(hours=2), UNTIL + timedelta(days=1)
    standing = Standing(
        searched=Searched(),
        states=[],
        newest=newest,
        schedule=Schedule(zone="Asia/Seoul"),
        last=SINCE,
        upcoming=following,
        workers="",
        version="1",
    )
    shown = repr(payloads(status_card(standing, now=UNTIL)))
    assert all(f"<t:{unix(one)}:f>" in shown for one in (UNTIL, newest, SINCE, following))
