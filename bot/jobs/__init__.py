"""Running tasks: at intervals in one process, or as jobs of many. What is due is decided elsewhere.

``bot.jobs.distributed`` is imported by those alone who work over PostgreSQL.
"""

from bot.jobs.local import LocalJobs
from bot.jobs.work import MOST_TRIES, Clock, SetAside, Task, Tick

__all__ = ["MOST_TRIES", "Clock", "LocalJobs", "SetAside", "Task", "Tick"]
