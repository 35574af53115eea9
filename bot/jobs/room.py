"""Where procrastinate's tables are: a PostgreSQL schema of its own, named after its version."""

from importlib.metadata import version

ROOM = f"jobs_{version('procrastinate').replace('.', '_')}"
"""Nothing in it is precious, so another version of the library begins with an empty one."""
