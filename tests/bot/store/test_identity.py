"""When two items are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.identity import canonical, fold, same_text, wording
from summarizer.model import Article


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://post.example/a", "http://www.post.example/a/"),
        ("https://POST.example:443/a", "https://post.example/a#part"),
        ("https://post.example/a?id=2&utm_medium=rss&gclid=1", "https://post.example/a?id=2"),
        ("https://post.example/a?b=1&a=2", "https://post.example/a?a=2&b=1"),
        (" https://post.example/a ", "https://post.example/a"),
    ],
)
def test_one_address_written_in_two_ways(one: str, other: str) -> None:
    assert canonical(one) == canonical(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://post.example/a", "https://post.example/A"),
        ("https://post.example/a?id=1", "https://post.example/a?id=2"),
        ("https://post.example:8080/a", "https://post.example/a"),
        ("https://news.post.example/a", "https://post.example/a"),
    ],
)
def test_two_addresses_that_look_alike(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.text())
def test_any_text_has_a_canonical_form(url: str) -> None:
    assert isinstance(canonical(url), str)
    assert canonical(" ") == ""


def article(text: str, title: str = "Title") -> Article:
    return Article("a", text, title, "Outlet")


def test_the_wording_is_blind_to_case_points_and_spaces() -> None:
    one = "“The harbour closes,” said Ada Lind, its master, on Monday morning."
    other = "the harbour closes  said ADA Lind its\nmaster on Monday morning"
    assert wording(article(one)) == wording(article(other)) != ""
    assert wording(article(one + " Again.")) != wording(article(one))
    assert wording(article("  – ")) == ""


def test_the_same_text_may_be_wrapped_otherwise() -> None:
    assert same_text("The  harbour\ncloses.", "The harbour closes.")
    assert not same_text("The harbour closes.", "The harbour closes")


@given(st.text())
def test_a_folded_name_stays_as_it_is(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_names_fold_to_the_same_form_whatever_their_accents() -> None:
    assert fold("  José  NÚÑEZ ") == fold("jose nunez") == "jose nunez"
    assert fold("최선희") == "최선희"
