"""What becomes of jobs that fail, and of those whose worker died.

procrastinate leaves a job of a killed worker as being done for ever, and its own retries trip
over the job of the same key that waits already. A job's tries and the last cause are kept in its
arguments, and a job that waits takes them over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from procrastinate import exceptions
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from procrastinate.types import JSONValue

from bot.jobs.work import MOST_TRIES

DIED = "the worker at it died"

Told = dict[str, JSONValue]
"""Tries, and the cause of the last failure."""

ASIDE = """
SELECT count(*) AS failed,
    coalesce(bool_or(args->>'cause' IS DISTINCT FROM %(died)s
        OR ended > now() - make_interval(secs => %(seconds)s)), false) AS aside
FROM procrastinate_jobs CROSS JOIN LATERAL (
    SELECT max(at) AS ended FROM procrastinate_events WHERE job_id = procrastinate_jobs.id
) AS events
WHERE lock = %(lock)s AND status = 'failed'
"""
TAKE_OVER = """
UPDATE procrastinate_jobs SET args = args || %(told)s::jsonb
WHERE queueing_lock = %(lock)s AND status = 'todo' RETURNING id
"""
TELL = "UPDATE procrastinate_jobs SET args = args || %(told)s::jsonb WHERE id = %(id)s"


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon things are noticed, in seconds."""

    beat_seconds: float = 2.0
    """Between two heartbeats of a worker."""

    dead_seconds: float = 10.0
    """Without a heartbeat: its jobs are given to others."""

    reap_seconds: float = 5.0
    look_seconds: float = 5.0
    """Between two looks for jobs where no notification came."""

    first_pause_seconds: float = 5.0
    """Before the second try of a job that failed; doubles with each further one."""

    after_deaths_seconds: float = 60.0
    """How long a job is set aside whose workers died; those may have been killed for no fault
    of its. Then it is tried once at a time."""


class Mending:
    """Takes up what failed or was left lying."""

    def __init__(self, manager: JobManager, pace: Pace) -> None:
        """Keep procrastinate's manager of jobs."""
        self._manager = manager
        self._pace = pace

    async def failed(self, job: Job, cause: str, *, counts: bool = True) -> bool:
        """See to it that a job that failed is tried again; True when it is to be set aside.

        The job itself is done with: another one carries its tries on. A failure that is not the
        job's (the database went away) is no try.
        """
        tries = _tries(job) + counts
        told: Told = {"tries": tries, "cause": cause}
        if tries >= MOST_TRIES:
            await self._tell(job, told)
            return True
        if not await self._taken_over(job, told):
            await self._again(job, told)
        return False

    async def reap(self) -> list[Job]:
        """Take up the jobs of dead workers: tried again by others, or set aside."""
        stalled = await self._manager.get_stalled_jobs(
            seconds_since_heartbeat=self._pace.dead_seconds
        )
        taken = []
        for job in stalled:
            try:
                await self._take_up(job)
            except exceptions.ConnectorException:
                continue  # another reaper was faster, or an equal job came in between
            taken.append(job)
        await self._manager.prune_stalled_workers(self._pace.dead_seconds)
        return taken

    async def told_before(self, lock: str) -> Told | None:
        """Return what a new job of this lock is to know; None while one is set aside."""
        seconds = self._pace.after_deaths_seconds
        (found,) = await self._ask(ASIDE, lock=lock, died=DIED, seconds=seconds)
        if found["aside"]:
            return None
        return {"tries": MOST_TRIES - 1, "cause": DIED} if found["failed"] else {}

    async def _take_up(self, job: Job) -> None:
        """Give the job of a dead worker to another."""
        tries = _tries(job) + 1
        told: Told = {"tries": tries, "cause": DIED}
        if job.lock is None:  # a tick: the next one comes by itself
            await self._manager.finish_job(job, Status.FAILED, delete_job=True)
        elif tries >= MOST_TRIES:
            await self._tell(job, told)
            await self._manager.finish_job(job, Status.FAILED, delete_job=False)
        elif await self._taken_over(job, told):
            await self._manager.finish_job(job, Status.FAILED, delete_job=True)
        else:
            await self._tell(job, told)
            await self._manager.retry_job(job)

    async def _again(self, job: Job, told: Told) -> None:
        wanted = configure_task(
            name=job.task_name,
            job_manager=self._manager,
            queue=job.queue,
            lock=job.lock,
            queueing_lock=job.queueing_lock,
            task_kwargs={**job.task_kwargs, **told},
            schedule_in={"seconds": self._pace.first_pause_seconds * 2 ** _tries(job)},
        )
        try:
            await wanted.defer_async()
        except exceptions.AlreadyEnqueued:
            await self._taken_over(job, told)

    async def _taken_over(self, job: Job, told: Told) -> bool:
        return bool(await self._ask(TAKE_OVER, lock=job.queueing_lock, told=json.dumps(told)))

    async def _tell(self, job: Job, told: Told) -> None:
        connector = self._manager.connector
        await connector.execute_query_async(TELL, id=job.id, told=json.dumps(told))

    async def _ask(self, question: str, **values: object) -> list[dict[str, Any]]:
        return await self._manager.connector.execute_query_all_async(question, **values)


def _tries(job: Job) -> int:
    return int(job.task_kwargs.get("tries", 0))  # type: ignore[arg-type]  # a JSON number
