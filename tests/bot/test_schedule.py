"""The slot rule, and schedules as people type them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.model import Channel, Schedule, Subscription
from bot.schedule import due, in_quiet, next_slot, next_slots, slots
from bot.timetable import parse_schedule, schedule_in_words

ZONES = sorted(available_timezones())
DAY = timedelta(days=1)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_one_run_for_each_local_date_and_time() -> None:
    schedule = Schedule((time(9), time(18, 30)), "Asia/Seoul")
    assert slots(schedule, utc(2024, 10, 20), utc(2024, 10, 21)) == [
        utc(2024, 10, 20, 0, 0) + timedelta(hours=9, minutes=30),
        utc(2024, 10, 21),
    ]


def test_the_beginning_is_left_out_and_the_end_is_in() -> None:
    schedule = Schedule((time(7),))
    assert slots(schedule, utc(2024, 1, 1, 7), utc(2024, 1, 2, 7)) == [utc(2024, 1, 2, 7)]


def test_weekdays_are_those_of_the_channels_zone() -> None:
    """Monday 07:00 in Auckland is Sunday in UTC."""
    schedule = Schedule((time(7),), "Pacific/Auckland", (0,))
    assert slots(schedule, utc(2024, 10, 18), utc(2024, 10, 25)) == [utc(2024, 10, 20, 18)]


@pytest.mark.parametrize(
    ("zone", "day", "at", "slot"),
    [
        ("America/New_York", date(2024, 3, 10), time(2, 30), utc(2024, 3, 10, 7)),
        ("Australia/Lord_Howe", date(2024, 10, 6), time(2, 10), utc(2024, 10, 5, 15, 30)),
        ("America/Sao_Paulo", date(2018, 11, 4), time(0), utc(2018, 11, 4, 3)),
        ("Pacific/Apia", date(2011, 12, 30), time(9), utc(2011, 12, 30, 10)),
    ],
)
def test_a_skipped_time_runs_at_the_first_moment_after_the_gap(
    zone: str, day: date, at: time, slot: datetime
) -> None:
    schedule = Schedule((at,), zone, (day.weekday(),))
    assert slot in slots(schedule, slot - DAY, slot + DAY)


def test_a_time_that_comes_twice_runs_once_the_first_time() -> None:
    schedule = Schedule((time(1, 30),), "America/New_York")
    assert slots(schedule, utc(2024, 11, 3), utc(2024, 11, 4)) == [utc(2024, 11, 3, 5, 30)]


def test_two_times_in_one_gap_are_one_run() -> None:
    schedule = Schedule((time(2, 15), time(2, 45)), "America/New_York")
    assert slots(schedule, utc(2024, 3, 10), utc(2024, 3, 11)) == [utc(2024, 3, 10, 7)]


@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2020, 1, 1), date(2035, 12, 1)),
    times=st.sets(TIMES, min_size=1, max_size=6),
    days=st.integers(1, 4),
)
def test_every_local_time_has_its_run_whatever_the_zone(
    zone: str, first: date, times: set[time], days: int
) -> None:
    """Each date's time runs once, never before its local time, and late by a gap at most."""
    schedule = Schedule(tuple(sorted(times)), zone)
    local = ZoneInfo(zone)
    start = datetime.combine(first, time(), local)
    dates = [first + DAY * step for step in range(days)]
    found = slots(schedule, start - DAY, start + DAY * (days + 2))
    assert found == sorted(set(found))
    for day in dates:
        for at in times:
            wanted = datetime.combine(day, at)
            fitting = [
                slot
                for slot in found
                if timedelta(0) <= slot.astimezone(local).replace(tzinfo=None) - wanted <= DAY
            ]
            reached = fitting[0].astimezone(local).replace(tzinfo=None)
            if reached != wanted:
                before = (fitting[0] - timedelta(seconds=1)).astimezone(local)
                assert before.replace(tzinfo=None) < wanted, "the slot is the end of a gap"
    expected = {(day, at) for day in dates for at in times}
    seen = [slot.astimezone(local).replace(tzinfo=None) for slot in found]
    plain = [moment for moment in seen if (moment.date(), moment.time()) in expected]
    assert len(plain) == len(set(plain)), "no local time runs twice"


@given(
    zone=st.sampled_from(ZONES),
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    cut=st.integers(0, 5 * 24 * 60),
)
def test_slots_do_not_depend_on_where_the_window_is_cut(
    zone: str, moment: datetime, cut: int
) -> None:
    schedule = Schedule((time(0), time(2, 30), time(23, 59)), zone)
    middle, end = moment + timedelta(minutes=cut), moment + DAY * 5
    assert slots(schedule, moment, end) == [
        *slots(schedule, moment, middle),
        *slots(schedule, middle, end),
    ]


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the moments (UTC) in which a zone's clocks change, 2020 to 2035."""
    moment, week, second = utc(2020, 1, 1), 7 * DAY, timedelta(seconds=1)
    while moment < utc(2036, 1, 1):
        low, high = moment, moment + week
        if zone.utcoffset(low.astimezone(zone)) != zone.utcoffset(high.astimezone(zone)):
            while high - low > second:
                middle = low + (high - low) // second // 2 * second
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        moment += week


def test_every_change_of_every_zones_clocks_until_2035_keeps_the_rule() -> None:
    """Quarters of an hour around it run at their time, the skipped ones when the gap ends."""
    seen = 0
    for name in ZONES:
        zone = ZoneInfo(name)
        for change in changes(zone):
            before = (change - timedelta(seconds=1)).astimezone(zone).utcoffset()
            after = change.astimezone(zone).utcoffset()
            assert before is not None
            assert after is not None
            wall = change.replace(tzinfo=None) + before
            first = wall.replace(minute=0, second=0) - timedelta(hours=3)
            expected = set()
            walls = [first + timedelta(minutes=15 * step) for step in range(29)]
            for target in walls:
                by_old, by_new = target - before, target - after
                moment = by_old if target < wall else max(by_new, change.replace(tzinfo=None))
                expected.add(moment.replace(tzinfo=UTC))
            schedule = Schedule(tuple(sorted({one.time() for one in walls})), name)
            near = slots(schedule, change - DAY / 2, change + DAY / 2)
            inner = {one for one in near if min(expected) <= one <= max(expected)}
            assert inner == expected, f"{name} {change}"
            seen += 1
    assert seen > 5000


def test_next_slots_go_on_from_now_and_stop_while_paused() -> None:
    schedule = Schedule((time(7),), weekdays=(0, 2))
    assert next_slots(schedule, utc(2024, 10, 21, 7), 2) == [
        utc(2024, 10, 23, 7),
        utc(2024, 10, 28, 7),
    ]
    assert next_slot(Schedule(paused=True), utc(2024, 10, 21)) is None
    assert next_slot(Schedule(times=()), utc(2024, 10, 21)) is None


def subscribed(**changes: object) -> Subscription:
    schedule = Schedule((time(7),), **changes)  # type: ignore[arg-type]
    return Subscription(Channel("console"), schedule, since=utc(2024, 10, 1))


def test_the_last_missed_slot_is_due_once_and_older_ones_are_folded_into_it() -> None:
    found = due(subscribed(), utc(2024, 10, 17, 7), utc(2024, 10, 20, 9))
    assert found is not None
    assert (found.slot, found.late, found.folded) == (utc(2024, 10, 20, 7), timedelta(hours=2), 2)
    assert due(subscribed(), found.slot, utc(2024, 10, 20, 9)) is None


def test_nothing_is_due_from_before_the_subscription() -> None:
    assert due(subscribed(), None, utc(2024, 10, 1, 6)) is None
    assert due(Subscription(Channel("console")), None, utc(2024, 10, 1, 9)) is None
    first = due(subscribed(), None, utc(2024, 10, 1, 7))
    assert first is not None
    assert (first.late, first.folded) == (timedelta(0), 0)


def test_a_new_or_resumed_schedule_does_not_run_its_past_slots() -> None:
    resumed = subscribed(since=utc(2024, 10, 20, 8))
    assert due(resumed, utc(2024, 10, 10, 7), utc(2024, 10, 20, 9)) is None
    assert due(resumed, utc(2024, 10, 10, 7), utc(2024, 10, 21, 7)) is not None


def test_a_paused_channel_is_never_due() -> None:
    assert due(subscribed(paused=True), None, utc(2025, 1, 1)) is None


def test_a_clock_that_leaps_far_ahead_gives_one_run_and_an_end() -> None:
    found = due(subscribed(), utc(2024, 10, 20, 7), utc(2299, 1, 1))
    assert found is not None
    assert found.slot == utc(2298, 12, 31, 7)
    assert found.folded < 400


@pytest.mark.parametrize(
    ("typed", "schedule"),
    [
        (
            "09:00 18:30 Asia/Seoul weekdays",
            Schedule((time(9), time(18, 30)), "Asia/Seoul", (0, 1, 2, 3, 4)),
        ),
        ("18:30, 9am seoul", Schedule((time(9), time(18, 30)), "Asia/Seoul")),
        ("every monday at 6:30 pm", Schedule((time(18, 30),), "UTC", (0,))),
        ("weekdays-free", None),
        ("fri-mon 7:00", Schedule((time(7),), "UTC", (0, 4, 5, 6))),
        ("noon tue thurs new_york", Schedule((time(12),), "America/New_York", (1, 3))),
        ("12am weekends", Schedule((time(0),), "UTC", (5, 6))),
        ("weekly on fridays 16:00", Schedule((time(16),), weekdays=(4,))),
        (
            "07:00 18:00 paris quiet 22:00-06:30",
            Schedule((time(7), time(18)), "Europe/Paris", quiet=(time(22), time(6, 30))),
        ),
        (
            "quiet hours from 10 pm to 6am mon 9:00",
            Schedule((time(9),), weekdays=(0,), quiet=(time(22), time(6))),
        ),
        ("quiet 12:00 until noon 9:00", None),
        (
            "aloud 9:00 quiet noon to 14.30",
            Schedule((time(9),), quiet=(time(12), time(14, 30)), silent=False),
        ),
        ("9:00 Aloud, silent", Schedule((time(9),))),
        ("quiet noon to 14.30, 9:00", Schedule((time(9),), quiet=(time(12), time(14, 30)))),
    ],
)
def test_schedules_are_read_as_people_type_them(typed: str, schedule: Schedule | None) -> None:
    if schedule is None:
        with pytest.raises(UsageError):
            parse_schedule(typed)
    else:
        assert parse_schedule(typed) == schedule


def test_without_a_zone_the_channels_own_is_kept() -> None:
    assert parse_schedule("8:00", zone="Asia/Seoul").zone == "Asia/Seoul"
    current = Schedule(zone="Europe/Paris")
    assert parse_schedule("8:00", zone="UTC", current=current).zone == "Europe/Paris"


def test_pause_and_resume_keep_the_times() -> None:
    current = Schedule((time(5),), "Europe/Paris", (1,))
    paused = parse_schedule(" Pause ", current=current)
    assert paused.paused
    assert parse_schedule("resume", current=paused) == current


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("", "at least one time"),
        ("weekdays Asia/Seoul", "at least one time"),
        ("25:00", "18:30"),
        ("9", "09:00"),
        ("09:75", "09:00"),
        ("13pm", "6:30pm"),
        ("07:00 Asia/Seol", "did you mean Asia/Seoul?"),
        ("07:00 kst", "write a zone like Asia/Seoul"),
        ("07:00 Asia/Seoul Europe/Paris", "Two time zones"),
        ("weekly 07:00", "weekly monday 09:00"),
        ("07:00 quiet", "quiet 22:00-07:00"),
        ("07:00 quiet 22:00", "quiet 22:00-07:00"),
        ("07:00 quiet 22:00-25:00", "18:30"),
        ("06:30 quiet 22:00-07:00", "06:30 lies in the quiet hours 22:00-07:00"),
        ("13:00 quiet 12:00-14:00", "13:00 lies in the quiet hours"),
        ("07:00 quiet 22:00-22:00", "schedule pause"),
        (" ".join(f"{hour}:{minute:02}" for hour in range(13) for minute in (0, 30)), "At most 24"),
    ],
)
def test_what_is_not_understood_says_what_to_type(typed: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice.replace("?", r"\?")):
        parse_schedule(typed)


@given(
    times=st.sets(TIMES, min_size=1, max_size=24),
    zone=st.sampled_from(ZONES),
    days=st.sets(st.integers(0, 6), min_size=1),
    quiet=st.none() | st.tuples(TIMES, TIMES),
    silent=st.booleans(),
)
def test_a_schedule_in_words_can_be_typed_back(
    times: set[time],
    zone: str,
    days: set[int],
    quiet: tuple[time, time] | None,
    silent: bool,
) -> None:
    """Or its quiet hours hold one of its times, which cannot be typed at all."""
    schedule = Schedule(tuple(sorted(times)), zone, tuple(sorted(days)), quiet=quiet, silent=silent)
    noisy = quiet is None or (quiet[0] != quiet[1] and not any(quiet_at(quiet, at) for at in times))
    try:
        assert parse_schedule(schedule_in_words(schedule)) == schedule
        assert noisy
    except UsageError:
        assert not noisy


def quiet_at(quiet: tuple[time, time], at: time) -> bool:
    """Go from the begin minute by minute to the end: is the time met?"""
    minute = quiet[0].hour * 60 + quiet[0].minute
    while divmod(minute, 60) != (quiet[1].hour, quiet[1].minute):
        if divmod(minute, 60) == (at.hour, at.minute):
            return True
        minute = (minute + 1) % 1440
    return False


@given(
    zone=st.sampled_from(ZONES),
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    quiet=st.tuples(TIMES, TIMES),
)
def test_quiet_hours_go_by_the_channels_own_clocks(
    zone: str, moment: datetime, quiet: tuple[time, time]
) -> None:
    at = moment.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0)
    expected = quiet[0] != quiet[1] and quiet_at(quiet, at)
    if quiet[0] != quiet[1]:
        assert in_quiet(Schedule(zone=zone, quiet=quiet), moment) == expected


def test_quiet_hours_alone_keep_the_times_and_new_times_keep_the_quiet_hours() -> None:
    current = Schedule((time(5),), "Europe/Paris", (1,))
    quiet = parse_schedule("quiet 22:00-04:00", current=current)
    assert quiet == replace(current, quiet=(time(22), time(4)))
    assert parse_schedule("06:00", current=quiet).quiet == (time(22), time(4))
    aloud = parse_schedule("aloud", current=quiet)
    assert aloud == replace(quiet, silent=False)
    assert not parse_schedule("06:00", current=aloud).silent
    assert parse_schedule("silent", current=aloud) == quiet
    assert parse_schedule("quiet off", current=quiet) == current
    with pytest.raises(UsageError, match="05:00 lies in the quiet hours"):
        parse_schedule("quiet 04:00-06:00", current=current)


def test_what_was_missed_before_quiet_hours_is_due_after_them() -> None:
    wanted = subscribed(quiet=(time(22), time(6)))
    assert due(wanted, utc(2024, 10, 19, 7), utc(2024, 10, 20, 23)) is None
    assert due(wanted, utc(2024, 10, 19, 7), utc(2024, 10, 21, 5, 59)) is None
    found = due(wanted, utc(2024, 10, 19, 7), utc(2024, 10, 21, 6))
    assert found is not None
    assert (found.slot, found.folded) == (utc(2024, 10, 20, 7), 0)
