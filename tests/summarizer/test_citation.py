"""Citations: what a link that opens an article at a passage must look like."""

from __future__ import annotations

import re
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from summarizer.citation import cite, link_to, text_fragment
from summarizer.model import Article, Span

TEXT = (
    "The harbour board met on Tuesday. It voted 7-2, with Smith & Sons abstaining.\n\n"
    "The harbour board met on Tuesday. The mayor of Port Ellery said after the long meeting "
    "that the second pier would be closed to freight, to ferries and to anglers until the "
    "engineers had looked at every pile of it.\n\n"
    "It voted again later."
)


def article(url: str) -> Article:
    return Article("a1", TEXT, "Pier closed", "The Ellery Post", url=url)


def span_of(words: str, nth: int = 0) -> Span:
    start = [found.start() for found in re.finditer(re.escape(words), TEXT)][nth]
    return Span(start, start + len(words))


def resolve(text: str, fragment: str) -> Span | None:
    """Find the first place a browser would take: a plain reading of the draft."""
    parts = fragment.removeprefix("text=").split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, *rest = map(unquote, parts)
    for opening in re.finditer(r"\s+".join(map(re.escape, start.split())), text):
        end = opening.end()
        if rest:
            closing = re.compile(r"\s+".join(map(re.escape, rest[0].split()))).search(text, end)
            if closing is None:
                return None
            end = closing.end()
        before, after = " ".join(text[: opening.start()].split()), " ".join(text[end:].split())
        if before.endswith(prefix) and after.startswith(suffix):
            return Span(opening.start(), end)
    return None


def test_quotes_the_article_and_links_to_the_sentence() -> None:
    """The quotation is a slice of the text, and the link names the same words."""
    citation = cite(article("https://post.example/pier"), span_of("It voted again later."))
    assert citation.quote == "It voted again later."
    assert citation.link == "https://post.example/pier#:~:text=It%20voted%20again%20later."


def test_without_an_address_the_link_is_empty() -> None:
    """A file that was read from disk can be quoted, but not linked to."""
    assert cite(article(""), span_of("It voted again later.")).link == ""


def test_dash_comma_and_ampersand_are_encoded() -> None:
    """The characters that part a directive never stand in its words."""
    fragment = text_fragment(TEXT, span_of("It voted 7-2, with Smith & Sons abstaining."))
    words = fragment.removeprefix("text=")
    assert not set(words) & set(",-&")
    assert unquote(words) == "It voted 7-2, with Smith & Sons abstaining."


def test_a_fragment_of_the_page_is_kept() -> None:
    """A place named in the address stays; an older text directive goes."""
    link = link_to("https://post.example/pier#live", TEXT, span_of("It voted again later."))
    assert link.startswith("https://post.example/pier#live:~:text=")
    assert link_to(link, TEXT, span_of("It voted again later.")) == link


def test_repeated_words_get_words_around_them() -> None:
    """The second of two equal sentences is told from the first by what stands before it."""
    second = span_of("The harbour board met on Tuesday.", 1)
    fragment = text_fragment(TEXT, second)
    assert "-," in fragment or ",-" in fragment
    assert resolve(TEXT, fragment) == second


def test_long_sentences_are_named_by_their_ends() -> None:
    """A long sentence takes its first and last words, so that the link stays short."""
    start = TEXT.index("The mayor")
    span = Span(start, TEXT.index("every pile of it.") + len("every pile of it."))
    fragment = text_fragment(TEXT, span)
    assert fragment.count(",") == 1
    assert len(fragment) < 140
    assert resolve(TEXT, fragment) == span


def test_a_passage_over_two_paragraphs_is_named_by_its_ends() -> None:
    """Browsers look for each part within one paragraph only."""
    span = Span(TEXT.index("It voted 7-2"), TEXT.index("It voted 7-2") + 90)
    fragment = text_fragment(TEXT, span)
    assert "%0A" not in fragment
    assert "," in fragment


def test_half_words_are_widened_to_whole_ones() -> None:
    """Browsers match whole words only."""
    start = TEXT.index("abstaining")
    assert text_fragment(TEXT, Span(start + 2, start + 5)) == "text=abstaining"


def test_a_span_without_a_word_links_to_the_page() -> None:
    """There is nothing to look for in a full stop."""
    dot = TEXT.index(".")
    assert link_to("https://post.example/", TEXT, Span(dot, dot + 1)) == "https://post.example/"


WORDS = st.lists(st.sampled_from(["one", "two", "Three", "3.5%", "a-b", "x&y", "end."]), min_size=3)


@given(WORDS, st.data())
def test_any_run_of_words_is_found_where_it_stands_or_said_twice(
    words: list[str], data: st.DataObject
) -> None:
    """A link leads to the passage, or to the same words elsewhere, never to other words."""
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + (1 if first else 0)
    span = Span(start, start + len(" ".join(words[first : last + 1])))
    found = resolve(text, text_fragment(text, span))
    assert found is None or found.of(text).split()[0] == words[first]
