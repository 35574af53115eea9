"""Briefings: verbatim, in reading order, no sentence twice, odd articles taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import brief, choose
from summarizer.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    LineKind,
    Quotation,
    Sentence,
    Span,
    Stance,
)
from summarizer.rankers import RANKERS
from summarizer.text import sentences

TEXT = (
    "The harbour of Port Ellery was closed on Monday after a crane fell into the main channel. "
    "Nobody was hurt, but the crane blocks the only channel for freighters.\n\n"
    "He said that it would take days. "
    "Engineers from the harbour board said that lifting the crane would take 3.5 days.\n\n"
    "The harbour of Port Ellery was closed on Monday after a crane fell into the main channel. "
    "Two freighters with grain wait outside the harbour for the channel to open."
)


def chosen(text: str, count: int = 3, ranker: str = "whosaid") -> list[str]:
    return [span.of(text) for span in choose(text, sentences(text), count=count, ranker=ranker)]


def test_chooses_whole_sentences_in_reading_order_and_none_twice() -> None:
    """What is shown are slices of the text, in its order; a repeated sentence is shown once."""
    quotes = chosen(TEXT, count=4)
    assert len(quotes) == len(set(quotes)) == 4
    places = [TEXT.index(quote) for quote in quotes]
    assert places == sorted(places)


def test_openings_that_point_back_are_passed_over() -> None:
    """A sentence that opens on an unresolved "He" is not chosen by any ranker."""
    for ranker in RANKERS:
        assert not any(quote.startswith("He said") for quote in chosen(TEXT, 6, ranker))


def test_only_body_lines_are_chosen() -> None:
    """Captions and bylines that the analysis marked are never shown."""
    cut = list(sentences(TEXT))
    cut[0] = Sentence(cut[0].span, cut[0].paragraph, LineKind.CAPTION)
    spans = choose(TEXT, cut, count=6)
    assert cut[0].span not in spans
    assert spans


def test_an_article_of_one_sentence_is_shown_whatever_it_opens_on() -> None:
    """When nothing is fit to be shown, what there is is shown rather than nothing."""
    assert chosen("He resigned.") == ["He resigned."]


def test_an_article_of_quotes_alone_is_shown() -> None:
    """Bare quotations are shown when the article has nothing else."""
    assert chosen('"We leave." "They stay." "Nobody knows."')


def test_no_text_gives_no_sentence() -> None:
    """Nothing comes of nothing."""
    assert chosen("") == []
    assert chosen("   \n\n ") == []


def test_near_copies_are_shown_once() -> None:
    """Three hundred wordings of one sentence brief to one of them."""
    text = "\n\n".join(
        f"The harbour of Port Ellery was closed on Monday after a crane fell in, witness {n} said."
        for n in range(300)
    )
    assert len(chosen(text)) == 1


def test_a_passage_carries_its_claims_and_its_citation() -> None:
    """Claims inside the sentence come with it, claims of other sentences do not."""
    article = Article("a", TEXT, "Crane closes harbour", "The Post", url="https://post.example/a")
    cut = sentences(TEXT)
    said = Attribution((), Stance.SAYS, Quotation.INDIRECT)
    claims = tuple(Claim((one.span,), said, number) for number, one in enumerate(cut))
    briefing = brief(article, Analysis(1, cut, claims=claims), sentences=2)
    assert briefing.title == "Crane closes harbour"
    assert len(briefing.passages) == 2
    for passage in briefing.passages:
        assert passage.citation.quote in TEXT
        assert passage.citation.link.startswith("https://post.example/a#:~:text=")
        assert [claim.content[0] for claim in passage.claims] == [passage.citation.span]


@given(st.text(alphabet=st.sampled_from("ab .,\"“”'\nHe?!3é한"), max_size=200), st.integers(0, 5))
def test_any_text_gives_slices_of_it(text: str, count: int) -> None:
    """Whatever the text, at most so many distinct spans of it come out, in order."""
    spans = choose(text, sentences(text), count=count)
    assert len(spans) <= count
    assert list(spans) == sorted(set(spans))
    assert all(isinstance(span, Span) and span.of(text).strip() for span in spans)


def test_a_sentence_that_the_title_has_told_gives_way() -> None:
    """A lede that repeats the headline is not shown below it."""
    title = "Crane falls into main channel of Port Ellery harbour on Monday morning"
    lede = "A crane falls into main channel of Port Ellery harbour on Monday morning. "
    spans = choose(lede + TEXT, sentences(lede + TEXT), count=2, title=title)
    assert lede.strip() not in [span.of(lede + TEXT) for span in spans]


def test_an_article_of_two_thousand_sentences_is_briefed() -> None:
    """Length makes no difference: three sentences, each a slice, none twice."""
    text = " ".join(
        f"The harbour board of town {n} voted on day {n} to close pier {n} to freight."
        for n in range(2000)
    )
    cut = sentences(text)
    assert len(cut) == 2000
    spans = choose(text, cut)
    assert len({span.of(text) for span in spans}) == 3


def test_an_article_in_two_languages_is_briefed_in_whole_sentences() -> None:
    """A paragraph in another script neither breaks a sentence nor becomes half of one."""
    text = (
        "The harbour board closed the second pier to freight on Tuesday, its chairman said.\n\n"
        "항만 위원회는 화요일에 두 번째 부두를 화물에 폐쇄했다고 의장이 말했다.\n\n"
        "Le conseil du port a fermé la deuxième jetée au fret mardi, a dit son président.\n\n"
        "Engineers will look at every pile of the pier before it is opened again, he added."
    )
    cut = sentences(text)
    for span in choose(text, cut, count=2):
        assert span in {sentence.span for sentence in cut}


def test_he_of_nobody_is_passed_over_and_named_where_it_must_be_shown() -> None:
    """“...,” he said does not stand alone: another sentence is chosen."""
    text = (
        "The harbour board closed the second pier to freight on Tuesday after a crack was found. "
        "“The pier and its freight harbour board crack was found on Tuesday,” he said."
    )
    (span,) = choose(text, sentences(text), count=1)
    assert span.of(text).startswith("The harbour board")
