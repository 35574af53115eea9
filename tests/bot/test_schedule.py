"""The slot rule, and schedules as people type them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.model import Channel, Schedule, Subscription
from bot.schedule import due, next_slot, next_slots, parse_schedule, schedule_in_words, slots

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
)
def test_a_schedule_in_words_can_be_typed_back(times: set[time], zone: str, days: set[int]) -> None:
    schedule = Schedule(tuple(sorted(times)), zone, tuple(sorted(days)))
    assert parse_schedule(schedule_in_words(schedule)) == schedule
