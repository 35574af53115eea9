"""Ticking: running tasks at intervals. What is due is decided elsewhere."""

from bot.jobs.local import LocalJobs, Tick

__all__ = ["LocalJobs", "Tick"]
