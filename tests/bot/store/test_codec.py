"""Values survive being written and read exactly."""

import json
from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.model import Channel, Feed, FeedState, Schedule, Subscription
from bot.store.codec import decode, encode, read_time, write_time
from summarizer.model import (
    Analysis,
    Article,
    Attribution,
    Caption,
    Claim,
    Entity,
    EntityKind,
    LineKind,
    Quotation,
    Sentence,
    Source,
    SourceKind,
    Span,
    Stance,
    When,
)

NAIVE_BOUNDS = {"min_value": datetime(1900, 1, 1), "max_value": datetime(2200, 1, 1)}  # noqa: DTZ001 - hypothesis wants bounds without a zone
MOMENTS = st.datetimes(
    **NAIVE_BOUNDS,
    timezones=st.timezones() | st.sampled_from([UTC, timezone(timedelta(hours=9, minutes=30))]),
)
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(float, st.floats(allow_nan=False))  # no number equals that one
st.register_type_strategy(Span, st.builds(Span, st.integers(0, 9999), st.integers(0, 9999)))
KINDS = (Article, Analysis, Claim, Entity, FeedState, Feed, Subscription)


@settings(max_examples=60)
@given(value=st.one_of(*(st.from_type(kind) for kind in KINDS)))
def test_every_value_comes_back_equal(value: object) -> None:
    text = encode(value)
    assert text.isascii()
    assert decode(type(value), text) == value


@given(moment=MOMENTS)
def test_a_moment_keeps_its_zone_and_its_offset(moment: datetime) -> None:
    back = read_time(write_time(moment))
    assert back.replace(tzinfo=None) == moment.replace(tzinfo=None)
    assert back.utcoffset() == moment.utcoffset()
    if isinstance(moment.tzinfo, ZoneInfo) and moment.tzinfo.key:
        assert back.tzinfo is moment.tzinfo


def test_both_moments_of_an_hour_that_comes_twice_are_told_apart() -> None:
    zone = ZoneInfo("America/New_York")
    first = datetime(2024, 11, 3, 1, 30, tzinfo=zone)
    second = first.replace(fold=1)
    assert read_time(write_time(first)).utcoffset() == timedelta(hours=-4)
    assert read_time(write_time(second)).utcoffset() == timedelta(hours=-5)


def test_an_analysis_with_everything_in_it_comes_back_equal() -> None:
    source = Source((Span(1, 2),), "Ada Lind", SourceKind.PERSON, "harbour master", 0)
    attribution = Attribution(
        (Span(3, 4),),
        Stance.DENIES,
        Quotation.MIXED,
        source,
        (Source((), "reports", SourceKind.UNNAMED), source),
        negated=True,
        hedges=(Span(5, 6),),
        when=When("on Monday", Span(7, 8), datetime(2024, 10, 21, tzinfo=UTC).date()),
    )
    analysis = Analysis(
        3,
        (Sentence(Span(0, 9), 1, LineKind.CAPTION),),
        (Entity("Ada Lind", EntityKind.PERSON, ("Lind",), (Span(1, 2),), "master", (Span(2, 3),)),),
        (Claim((Span(0, 1), Span(2, 3)), attribution, 0),),
        "because",
    )
    assert decode(Analysis, encode(analysis)) == analysis


def test_fields_with_their_default_take_no_room() -> None:
    assert encode(Analysis(1)) == '{"version":1}'
    assert json.loads(encode(Feed("u", state_media=True))) == {"url": "u", "state_media": True}


def test_a_row_of_another_version_is_read_by_the_fields_it_has() -> None:
    assert decode(Caption, '{"text":"Dawn","colour":"red"}') == Caption("Dawn")
    subscription = Subscription(Channel("console"), Schedule((time(7, 30),)))
    assert decode(Subscription, '{"channel":{"key":"console"}}').schedule == Schedule()
    assert decode(Subscription, encode(subscription)) == subscription


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"title":1}', "null", '{"version":"x","sentences":[{"span":[1]}]}'],
)
def test_a_damaged_row_is_told_in_words(text: str) -> None:
    with pytest.raises(StoreError, match="restore it from a backup"):
        decode(Analysis, text)
