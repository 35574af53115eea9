"""Numbers in words of any style, and when two of them agree."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.numbers import NumberRole, agree, forms, read_numbers, show


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12k soldiers", 12_000, ""),
        ("twelve thousand soldiers", 12_000, ""),
        ("about 12,000 men", 12_000, ""),
        ("12 thousand", 12_000, ""),
        ("two hundred and fifty people", 250, ""),
        ("half a million crowns", 500_000, ""),
        ("a dozen boats", 12, ""),
        ("3.5 million tonnes", 3_500_000, ""),
        ("$3.2bn", 3_200_000_000, "$"),
        ("38.5 mil for a striker", 38_500_000, ""),
        ("£12m", 12_000_000, "£"),
        ("a 12m wave", 12, ""),
        ("forty-two per cent", 42, "%"),
        ("40% of them", 40, "%"),
        ("half of the crew", 50, "%"),
    ],
)
def test_a_number_is_read_in_any_style(text: str, value: float, unit: str) -> None:
    """Digits, words, scales and shares all become a value with a unit."""
    (number,) = read_numbers(text)
    assert (number.value, number.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("in 2024 they left", NumberRole.YEAR),
        ("warned in 2023 that gates leaked", NumberRole.YEAR),
        ("2024 soldiers left", NumberRole.QUANTITY),
        ("on March 8 they left", NumberRole.DAY),
        ("the third boat", NumberRole.ORDINAL),
        ("at 7:15 p.m. it rang", NumberRole.CLOCK),
    ],
)
def test_what_a_number_does_is_told(text: str, role: NumberRole) -> None:
    """Years, days, hours and ordinals are no quantities."""
    assert read_numbers(text)[0].role is role


def test_a_scale_is_shared_by_two_numbers() -> None:
    """ "5 or 8 thousand" are two numbers of thousands."""
    assert [number.value for number in read_numbers("it is 5 or 8 thousand")] == [5000, 8000]


def test_one_alone_is_no_number() -> None:
    """ "One of them" counts nothing."""
    assert read_numbers("one of them said so") == ()


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        ("12k", "about 12,000", True),
        ("12,000", "1,200", False),
        ("12 percent", "12 boats", False),
        ("more than 10,000", "12,000", True),
        ("more than 10,000", "9,000", False),
        ("fewer than 20", "17", True),
        ("$5", "5", True),
        ("$5", "€5", False),
    ],
)
def test_numbers_agree_by_value_unit_and_bound(asked: str, found: str, *, expected: bool) -> None:
    """Equal values agree, and those within a bound that was asked; units must not clash."""
    assert agree(read_numbers(asked)[0], read_numbers(found)[0]) is expected


@given(st.integers(min_value=2, max_value=10**11))
def test_a_shown_number_reads_back(value: int) -> None:
    """What is shown differs from the value by its rounding to four digits at most."""
    (number,) = read_numbers(show(value))
    assert number.value == pytest.approx(value, rel=1e-3)


@given(st.integers(min_value=2, max_value=10**9))
def test_every_form_means_the_value(value: int) -> None:
    """All forms to search for stand for the same number."""
    for form in forms(value):
        assert sum(number.value for number in read_numbers(form)) == pytest.approx(value, rel=1e-3)


@given(st.text(max_size=80))
def test_spans_point_into_any_text(text: str) -> None:
    """Whatever is typed, spans lie in it, in order, without overlap."""
    spans = [number.span for number in read_numbers(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
