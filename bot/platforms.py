"""The chat platforms of one process: which are built, and how they are served side by side."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.chat.slack_setup import Memory, Setup
from bot.config import Config
from bot.errors import ChatError
from bot.message import Message
from bot.ports import Chat, Complete, Respond

Freeze = Callable[[Message], tuple[str, ...]]
"""A message -> the payloads of its parts, as one platform takes them (pure)."""

log = logging.getLogger(__name__)


def connected(  # noqa: PLR0913 - the parts of one machine
    config: Config,
    respond: Respond,
    complete: Complete,
    store: Memory,
    *,
    clock: Callable[[], datetime],
    shards: Sequence[int] = (),
) -> list[Chat]:
    """Build the adapters of the platforms that have a token; their libraries load late.

    ``clock`` returns the present in UTC; ``shards`` are those of Discord's that are answered here.
    """
    chats: list[Chat] = []
    if config.discord_token:
        from bot.chat.discord import Discord  # noqa: PLC0415 - half a second that a console need not pay

        chats.append(
            Discord(
                config.discord_token,
                respond,
                complete,
                manager_roles=config.discord.manager_roles,
                shards=config.discord.shards,
                shard_ids=shards,
                guilds=config.discord.guilds,
            )
        )
    if config.has_slack:
        from bot.chat.slack import Slack  # noqa: PLC0415 - the same

        chats.append(Slack(slack_setup(config), respond, complete, store, clock=clock))
    return chats


def slack_setup(config: Config) -> Setup:
    """Return what the Slack adapter is told of the config."""
    section = config.slack
    host, port = section.address
    many = section.workspaces == "many"
    return Setup(
        bot_token="" if many else config.slack_bot_token,
        app_token=config.slack_app_token,
        signing_secret=config.slack_signing_secret,
        client_id=config.slack_client_id if many else "",
        client_secret=config.slack_client_secret,
        token_keys=config.token_keys,
        http=section.mode == "http",
        host=host,
        port=port,
        public_url=section.public_url,
        manager_group=section.manager_group,
    )


def freezer(platform: str) -> Freeze | None:
    """Return how a platform's adapter renders a message, for those who have no token of it."""
    if platform == "discord":
        from bot.chat.discord_answers import frozen  # noqa: PLC0415 - the same

        return frozen
    if platform == "slack":
        from bot.chat.slack_blocks import frozen as for_slack  # noqa: PLC0415 - the same

        return for_slack
    return None


async def serve(chats: Sequence[Chat]) -> None:
    """Serve platforms until cancelled. One that refuses us is left out while another serves.

    Raises:
        ChatError: all of them refuse us; the texts say what to do.

    """
    refusals: list[str] = []

    async def run(chat: Chat) -> None:
        try:
            await chat.run()
        except ChatError as refusal:
            log.error("%s: %s", chat.platform, refusal)  # noqa: TRY400 - the sentence says it all
            refusals.append(f"{chat.platform}: {refusal}")

    await asyncio.gather(*map(run, chats))
    if refusals:
        raise ChatError("; ".join(refusals), permanent=True)
