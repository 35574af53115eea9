"""Tokens of workspaces, encrypted for the database and read back; it keeps nothing itself.

The keys come from the environment, newest first (Fernet: AES-128-CBC with HMAC-SHA256). What an
older key encrypted can still be read, and is written anew with the newest at the next start.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.chat.slack_setup import Memory
from bot.errors import ChatError

_log = logging.getLogger(__name__)


class Vault:
    """Encrypts with the newest key, and reads what any of the keys encrypted."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Keep the keys, at least one, each 32 bytes in URL-safe base64."""
        self._newest = Fernet(keys[0])
        self._all = MultiFernet([Fernet(key) for key in keys])

    def lock(self, token: str) -> str:
        """Return a token encrypted."""
        return self._all.encrypt(token.encode()).decode()

    def open(self, locked: str) -> str:
        """Return a token that was encrypted.

        Raises:
            ChatError: none of the keys reads it.

        """
        try:
            return self._all.decrypt(locked.encode()).decode()
        except InvalidToken:
            raise ChatError(
                "The token of this workspace was encrypted with another key: add the older key to "
                "WHOSAID_SLACK_TOKEN_KEY after a comma, or install the app there again.",
                permanent=True,
            ) from None

    def seal(self, words: str, now: datetime) -> str:
        """Return words and a moment in a form that nobody else can make."""
        return self._newest.encrypt_at_time(words.encode(), int(now.timestamp())).decode()

    def sealed_within(self, sealed: str, seconds: int, now: datetime) -> bool:
        """Tell whether this was sealed with the newest key, at most so many seconds ago."""
        try:
            self._newest.decrypt_at_time(sealed, seconds, int(now.timestamp()))
        except InvalidToken:
            return False
        return True

    def renew(self, memory: Memory) -> int:
        """Write anew what an older key encrypted; return how many tokens that were.

        What no key reads is left as it is, and told in the log.
        """
        renewed = 0
        for installed in memory.installations():
            if self._is_new(installed.token):
                continue
            try:
                token = self.lock(self.open(installed.token))
            except ChatError as fault:
                _log.error("%s: %s", installed.workspace, fault)
                continue
            memory.save_installation(replace(installed, token=token))
            renewed += 1
        return renewed

    def _is_new(self, locked: str) -> bool:
        try:
            self._newest.decrypt(locked.encode())
        except InvalidToken:
            return False
        return True
