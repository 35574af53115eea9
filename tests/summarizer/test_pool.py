"""Which passages are judged at all, where many were found."""

from dataclasses import replace

from summarizer.model import Analysis, Article, Sentence, Span
from summarizer.passages import Candidate
from summarizer.pool import MOST_JUDGED, Looked, Pool, most_promising, read_into
from summarizer.question import read_question
from summarizer.terms import TermKind


def candidate(number, text, before=""):
    article = Article(f"a{number}", f"{before}{text}", "", "Mast")
    start = len(before)
    spans = ([Span(0, start)] if before else []) + [Span(start, len(article.text))]
    sentences = tuple(Sentence(span, 0) for span in spans)
    return Candidate(article, Analysis(1, sentences), len(spans) - 1)


QUERY = read_question("the dredger Sorvane ran aground off Pell")


def kept(pool):
    affinity = {one.article.id: 0.0 for one in pool}
    return most_promising(QUERY, Pool(pool, Looked(QUERY)), pool, affinity)


def test_few_passages_are_all_judged():
    """However little they share with the question."""
    pool = [candidate(n, f"Number {n} of the crew is well.") for n in range(MOST_JUDGED)]
    assert kept(pool) == pool


def test_the_passage_that_holds_most_is_judged_wherever_it_was_found():
    """Also when it comes last of many, and so is one that goes on from a sentence that does."""
    idle = [candidate(n, f"The crew of ship {n} ran a race.") for n in range(3 * MOST_JUDGED)]
    says = candidate(998, "The dredger Sorvane ran aground off Pell at dawn.")
    goes_on = candidate(999, "Nobody was hurt.", before="The dredger Sorvane ran aground. ")
    chosen = kept([*idle, says, goes_on])
    assert len(chosen) == MOST_JUDGED
    assert chosen[-2:] == [says, goes_on]


def test_a_passage_that_is_near_by_meaning_is_judged_too():
    """It may say in other words what the question asks."""
    idle = [candidate(n, f"Dredger {n} ran off Pell.") for n in range(3 * MOST_JUDGED)]
    near = replace(candidate(999, "The dredger was stranded."), nearness=0.9)
    assert near in kept([*idle, near])
    assert replace(near, nearness=0.0) not in kept([*idle, replace(near, nearness=0.0)])


def names_in(question, *texts):
    """Return the words of a question that the passages make names of."""
    query = read_question(question)
    pool = Pool([candidate(n, text) for n, text in enumerate(texts)], Looked(query))
    return [term.text for term in read_into(query, pool).terms if term.kind is TermKind.NAME]


def test_a_word_that_others_write_as_a_name_is_one():
    """People type "sorvane"; the passages write "Sorvane"."""
    assert names_in("did sorvane sink", "On Monday Sorvane sank.", "So Sorvane is gone.") == [
        "sorvane"
    ]
    both = names_in("port pell is shut", "The quay of Port Pell is shut.")
    assert both == ["port", "pell"]


def test_a_word_inside_a_longer_name_is_no_name():
    """ "Foreign visitors" are not named by a text with a Foreign Ministry."""
    assert names_in("foreign visitors left", "The Foreign Ministry said that visitors left.") == []
