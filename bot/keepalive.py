"""Connections of which both ends notice within seconds that the other machine is gone.

A machine that loses its power says no goodbye: left to the system's own patience (two hours) the
server would keep its locks and half-done transactions, and a process would wait on a dead server.
"""

from typing import Any

IDLE_SECONDS = PROBE_SECONDS = 5
PROBES = 3
"""After so long without a word the other end is asked, so often, so long apart."""

DEAD_SECONDS = IDLE_SECONDS + PROBES * PROBE_SECONDS
"""Then it counts as gone."""

OF_CLIENT: dict[str, Any] = {
    "keepalives_idle": IDLE_SECONDS,
    "keepalives_interval": PROBE_SECONDS,
    "keepalives_count": PROBES,
    "tcp_user_timeout": 1000 * DEAD_SECONDS,
}
"""For libpq. How long a statement may take is nothing to these: a busy server answers them too."""

OF_SERVER = (
    f"-c tcp_keepalives_idle={IDLE_SECONDS} -c tcp_keepalives_interval={PROBE_SECONDS}"
    f" -c tcp_keepalives_count={PROBES} -c tcp_user_timeout={1000 * DEAD_SECONDS}"
)
"""For the ``options`` of a connection; without effect on a socket of the same machine."""
