"""A simulated server, and what was sent to it held against Discord's own schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import discord
from peer import Peer
from simcord.env import Env

SCHEMAS = (
    ("POST", r"/channels/\d+/messages", "MessageCreateRequestSchema"),
    ("POST", r"/channels/\d+/messages/\d+/threads", "CreateTextThreadWithMessageRequestSchema"),
    ("PATCH", r"/webhooks/\d+/[^/]+/messages/.+", "IncomingWebhookUpdateRequestPartialSchema"),
    ("POST", r"/webhooks/\d+/[^/]+", "IncomingWebhookInteractionRequestSchema"),
)
CALLBACKS = {
    4: "CreateMessageInteractionCallbackRequestSchema",
    5: "CreateMessageInteractionCallbackRequestSchema",
    7: "UpdateMessageInteractionCallbackRequestSchema",
    8: "ApplicationCommandAutocompleteCallbackRequestSchema",
}


class Town:
    """One server: ``square`` is a channel, ``ann`` a member, ``mayor`` manages channels."""

    def __init__(self, env: Env, name: str = "town") -> None:
        self.env = env
        self.guild = env.create_guild(name)
        self.square = self.guild.create_text_channel("square")
        self.ann = self.guild.add_member(env.create_user(f"ann-of-{name}"))
        managing = discord.Permissions(manage_channels=True)
        role = self.guild.create_role("Mayors", permissions=managing)
        self.mayor = self.guild.add_member(env.create_user(f"mayor-of-{name}"), roles=[role])

    @property
    def key(self) -> str:
        return f"discord:{self.guild.id}:{self.square.id}"


def schema_faults(env: Env, peer: Peer) -> Iterator[tuple[Any, str]]:
    """What Discord's schema says against anything that was sent."""
    for sent in env.http_requests:
        for schema, value in _asked(sent):
            fault = peer.fault(schema, value)
            if fault:
                yield sent, fault


def _asked(sent: Any) -> Iterator[tuple[str, Any]]:
    if (
        re.fullmatch(r"/applications/\d+(/guilds/\d+)?/commands", sent.path)
        and sent.method == "PUT"
    ):
        for command in sent.json:
            yield "ApplicationCommandCreateRequestSchema", command
    if sent.path.endswith("/callback") and sent.json["type"] in CALLBACKS:
        yield CALLBACKS[sent.json["type"]], sent.json
    for method, path, schema in SCHEMAS:
        if sent.method == method and re.fullmatch(path, sent.path) and isinstance(sent.json, dict):
            yield schema, _with_text_ids(sent.json)
            return


def _with_text_ids(value: dict[str, Any]) -> dict[str, Any]:
    """discord.py sends some ids as integers, which Discord takes though its schema says text."""
    found = dict(value)
    if uploads := value.get("attachments"):
        found["attachments"] = [upload | {"id": str(upload["id"])} for upload in uploads]
    if reference := value.get("message_reference"):
        ids = {key: str(one) for key, one in reference.items() if key.endswith("_id")}
        found["message_reference"] = reference | ids
    return found
