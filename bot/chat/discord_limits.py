"""What Discord allows, in one table, each with the page that states it. Nothing here acts.

Pages are below https://docs.discord.com/developers/ . Text is counted in UTF-16 units, which
is never less than what Discord counts.
"""

from __future__ import annotations

# components/reference
TEXT = 4000
"""Characters in all text of one message made of components."""
COMPONENTS = 40
"""Components in one message, nested ones included."""
ROW_BUTTONS = 5
CUSTOM_ID = 100
LABEL = 80
SELECT_OPTIONS = 25
OPTION = 100
GALLERY_PICTURES = 10
ALT_TEXT = 1024

# resources/message
FILES = 10
NONCE = 25
HISTORY_PAGE = 100

# interactions/application-commands
SLASH_COMMANDS = 100
DESCRIPTION = 100
CHOICES = 25
CHOICE = 100

# resources/channel
THREAD_NAME = 100

# reference (message formatting): a moment must be one that a JavaScript Date can hold
MOMENT = 8_640_000_000_000

# Ours, inside theirs.
SEND_SECONDS = 30
"""The longest that one send may take, the library's own retries included: the nonce protects
against a second post for some minutes only."""
LINK = 1500
"""Characters of an address; no page states a limit, but it counts as text."""
HISTORY_MESSAGES = 1000
"""How many messages after a slot are looked at for a delivery of unknown outcome."""


def size(text: str) -> int:
    """Return the length of text in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)
