"""A text that a glance sets aside has nothing of what is sought: reading it would tell no more."""

from itertools import product

import pytest

from summarizer import topic as room
from summarizer.bags import holds, read_bag
from summarizer.citation import cite
from summarizer.glance import Glance
from summarizer.model import Article, Finding, Span
from summarizer.opposition import contrary, opposed
from summarizer.terms import read_terms
from summarizer.topic import topic, turned

TEXTS = (
    "Tarsk moved some 8,000 troops to the Oru Gap.",
    "North Korea sent twelve thousand soldiers, the NIS said.",
    "The O'Neill firm's U.S. arm bought Acme-Foods for $3.2 bn.",
    "Us and them: the Tarskan garrison stayed, a clerk in Vienna wrote.",
    "The bridge at Pell was closed on Monday.",
    "The bridge was not shut, and nobody closed it; it stayed open.",
    "Orrugap residents marched; Saldara's mayor did not open the gates.",
    "Lorries and vehicles of the Austrian army were withdrawn.",
    "It rained.",
    "",
)


@pytest.mark.parametrize(("asked", "text"), [*product(TEXTS[:-1], TEXTS)])
def test_nothing_is_set_aside_that_holds_a_term(asked, text):
    """Not by a synonym, a kind, a name spelt otherwise, a place in other words, or a number."""
    glance, found = Glance(read_terms(asked)), read_bag(text)
    held = [term.text for term in read_terms(asked) if holds(found, term)]
    assert glance.found_in(text) or held == []
    assert glance.read(text) is found or held == []


def test_what_shares_no_word_is_set_aside():
    """A number is looked for only where one is sought."""
    assert not Glance(read_terms(TEXTS[4])).found_in(TEXTS[0])
    assert Glance(read_terms("8,000 litres")).found_in("Twelve bridges fell.")
    assert Glance(read_terms("the bridges of Pell")).count_in(TEXTS[4]) == 2


def claim(text):
    article = Article("a1", text, "", "Mast")
    return topic(Finding(cite(article, Span(0, len(text))), (Span(0, len(text)),), None, ()))


class Everything(Glance):
    """Sets nothing aside."""

    def __missing__(self, word):
        return True


@pytest.mark.parametrize(("said", "text"), [*product(TEXTS[:-1], TEXTS)])
def test_disputes_are_told_as_if_every_word_were_looked_at(monkeypatch, said, text):
    """The shortcuts of ``topic`` change nothing."""
    matter = claim(said)
    told = [opposed(matter, text), turned(matter, text), contrary(matter, text, None)]
    monkeypatch.setattr(room, "Glance", Everything)
    slow = claim(said)
    monkeypatch.setattr(room, "concepts_in", lambda _: (slow.opposites, frozenset()))
    assert told == [opposed(slow, text), turned(slow, text), contrary(slow, text, None)]
