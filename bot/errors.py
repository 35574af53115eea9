"""The error tree. Every text says what happened and what to do next.

::

    WhosaidError            shown to people as one sentence, never as a stack trace
    ├── ConfigError         the config file or an environment variable is at fault
    ├── UsageError          the words of a command are at fault
    ├── InputError          a file, page or feed cannot be read as news
    │   └── FetchError      an address could not be fetched
    ├── StoreError          the database cannot be opened, read or written
    │   └── NewerDatabase   it was written by a newer version of this program
    ├── TurnLost            another process does now what this one did
    └── ChatError           a chat platform refused something

    FaultElsewhere          a bug that showed in another process, for the log alone
"""

from __future__ import annotations


class WhosaidError(Exception):
    """Base of all errors that are told to people in words."""


class ConfigError(WhosaidError):
    """The configuration is at fault; the text lists every fault, one a line."""


class UsageError(WhosaidError):
    """A command was not understood or lacks something."""


class InputError(WhosaidError):
    """A file, page or feed cannot be read as news.

    ``outcome`` names the case in one stable word (``empty``, ``binary``, ``no-article``, ...),
    so that ``why URL`` can tell it later.
    """

    def __init__(self, text: str, *, outcome: str = "unreadable") -> None:
        super().__init__(text)
        self.outcome = outcome


class FetchError(InputError):
    """An address could not be fetched."""


class StoreError(WhosaidError):
    """The database cannot be opened, read or written."""


class StoreAway(StoreError):  # noqa: N818 - the name says what is wrong with it
    """The database does not answer now, and may be back by itself."""


class NewerDatabase(StoreError):  # noqa: N818 - the name says what is wrong with it
    """The database was written by a newer version of this program."""


class TurnLost(WhosaidError):  # noqa: N818 - the name says what is wrong
    """Another process took over for the same token; this one is to end."""


class ChatError(WhosaidError):
    """A chat platform refused something; ``permanent`` when trying again cannot help."""

    def __init__(self, text: str, *, permanent: bool = False) -> None:
        super().__init__(text)
        self.permanent = permanent


class FaultElsewhere(Exception):  # noqa: N818 - the name says where
    """A fault of ours in another process; the text tells kinds and places as the log does.

    The fault itself may be of a kind that cannot be sent from one process to another.
    """
