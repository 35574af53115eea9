"""What the log looks like: one line a unit of work, without secrets and without article text.

::

    2026-03-12T07:00:03Z info bot.publish.outbox delivery key=slack:T1:C1@20260312T0700#0 ...

A fault is told by its kinds and the places where it arose, the outermost first; its own words
only where they are ours or the operating system's, since others may quote an article or a token.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from bot.errors import FaultElsewhere, WhosaidError

LIBRARIES = ("discord", "slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "alembic", "asyncio")
"""Loggers that speak up only for warnings."""

LONGEST = 1000
HIDDEN = "[hidden]"

_TOKENS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+"  # Slack
    r"|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # Discord
    r"|(?<=Bearer )\S+|(?<=Bot )[\w.-]{20,}|gAAAAA[\w=-]{20,}"
)
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")
_QUERY = re.compile(
    r"([?&](?:[\w.-]*(?:token|key|secret|sig|signature|auth|pass|password|code|access))=)[^&\s'\")]+",
    re.IGNORECASE,
)
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class OneLine(logging.Formatter):
    """Formats a record as one line."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        """Know the secrets that must not be shown, besides what looks like one."""
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """Return the record in one line."""
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        parts = [when, record.levelname.lower(), str(record.name), record.getMessage()]
        parts += [f"{name}={value}" for name, value in vars(record).items() if name not in _OWN]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append("fault=" + told(record.exc_info[1]))
        line = self.hide(" ".join(" ".join(parts).split()))
        return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"

    def hide(self, text: str) -> str:
        """Return the text without secrets and what looks like one."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        for pattern in (_TOKENS, _IN_ADDRESS):
            text = pattern.sub(HIDDEN, text)
        return _QUERY.sub(rf"\1{HIDDEN}", text)


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to the standard error as it is when something is written."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # logging keeps it in an attribute
        """The present standard error."""
        return sys.stderr


def set_up(level: str, *, secrets: Sequence[str] = (), stream: TextIO | None = None) -> None:
    """Send what is logged to the standard error (or ``stream``), from this level on."""
    handler = logging.StreamHandler(stream) if stream else _ToStandardError()
    handler.setFormatter(OneLine(secrets))
    root = logging.getLogger()
    for older in [one for one in root.handlers if isinstance(one.formatter, OneLine)]:
        root.removeHandler(older)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def told(fault: BaseException) -> str:
    """Return the kinds and places of a fault and of what it came from, without strangers' words."""
    return " < ".join(_told(fault))


def _told(fault: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    at: BaseException | None = fault
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        words = f" ({at})" if isinstance(at, (WhosaidError, OSError, FaultElsewhere)) else ""
        yield f"{type(at).__name__}{words}{_place(at)}"
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)


def _place(fault: BaseException) -> str:
    step = fault.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return ""
    return f" at {Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
