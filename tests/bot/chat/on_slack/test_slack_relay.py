"""The relay of ours, cross-checked with Slack's own JS client."""

import asyncio

from emulated import installed
from relay import APP_TOKEN


async def test_slacks_own_client_takes_what_the_relay_sends(relay, emulated):
    """Hello, envelopes, acknowledgements and a reconnect, as Slack's own client knows them."""
    process = await asyncio.create_subprocess_exec(
        "node", "listener.cjs", relay.base_url, APP_TOKEN, cwd=installed()
    )
    try:
        slash = {"command": "/source", "text": "a", "trigger_id": "1"}
        answer = await relay.send("slash_commands", slash)
        assert answer == {"text": "slash_commands /source 0"}
        await relay.disconnect()
        answer = await relay.send("interactive", {"type": "message_action", "callback_id": "x"})
        assert answer == {"text": "interactive message_action 0"}
        event = {"type": "event_callback", "event": {"type": "app_mention", "text": "x"}}
        answer = await relay.send("events_api", event, retry_attempt=2, retry_reason="timeout")
        assert answer == {"text": "app_mention event_callback 2"}
    finally:
        process.kill()
        await process.wait()
