"""What Slack allows, in one table, each with the page that states it. Nothing here acts.

Pages are below https://docs.slack.dev/ .
"""

from __future__ import annotations

# reference/block-kit/blocks
BLOCKS = 50
"""Blocks in a message; views may hold 100."""
VIEW_BLOCKS = 100
HEADER = 150
CONTEXT_TEXT = 2000

# reference/block-kit/block-elements/button-element
LABEL = 75
VALUE = 2000

# reference/block-kit/blocks/input-block, reference/views/modal-views
INPUT_LABEL = 2000

# reference/methods/chat.postMessage
TEXT = 4000
"""Characters of the top-level text that Slack calls best; it cuts at 40,000."""

# reference/methods/conversations.history
HISTORY_PAGE = 200

# apis/web-api/rate-limits
POST_SECONDS = 1.0
"""Pause between two posts to one channel."""

# Ours, inside theirs.
JSON = 10_000
"""Characters of all blocks of a message as JSON. No page says so, but Slack refuses a message
somewhere above 12,000 (bolt-js issues 2509 and 2867), and does not tell what it counts; all
that it may count is in here."""
LINK = 1500
"""Characters of an address."""
SEND_SECONDS = 30
"""The longest that one send may take, waiting for rate limits included."""
HISTORY_PAGES = 5
"""How many pages of history after a slot are looked at for a delivery of unknown outcome."""
ASKED = 2000
"""Characters of a pasted or shortcut message that are taken as the question."""
STATE = 700
"""The longest command that the controls below an answer carry along."""
