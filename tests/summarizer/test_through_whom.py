"""Who speaks through whom is read off a sentence as news copy words it, outermost first."""

from __future__ import annotations

import pytest

from summarizer.analysis import analyze_text


def told(text: str) -> list[tuple[str, list[str]]]:
    """Return each claim's content, without its outer marks, with the names of its chain."""
    return [
        (
            " ".join(span.of(text) for span in claim.content).strip('“”".,'),
            [link.name for link in claim.attribution.chain],
        )
        for claim in analyze_text(text, outlet="The Vale Bugle").claims
    ]


@pytest.mark.parametrize(
    ("text", "content", "chain"),
    [
        ("The pier was shut before the storm, the mayor said, according to the Skarvik Gazette.",
         "The pier was shut before the storm", ["Skarvik Gazette", "the mayor"]),
        ("The driver said she had not seen the barrier, according to police.",
         "she had not seen the barrier", ["police", "The driver"]),
        ("According to police, the driver said she had not seen the barrier.",
         "she had not seen the barrier", ["police", "the driver"]),
        ("The Skarvik Gazette said, citing two officials, that the pier was shut.",
         "that the pier was shut", ["Skarvik Gazette", "two officials"]),
        ("The pier was shut, the Skarvik Gazette reported on Monday, citing two officials.",
         "The pier was shut", ["Skarvik Gazette", "two officials"]),
        ("The pier was shut, according to the Skarvik Gazette, citing a police report.",
         "The pier was shut", ["Skarvik Gazette", "a police report"]),
        ("Reuters, citing the Skarvik Gazette, which quoted an official, reported that it sank.",
         "that it sank", ["Reuters", "Skarvik Gazette", "an official"]),
        ("“The pier is shut,” Ada Brandt was quoted as saying by Reuters.",
         "The pier is shut", ["Reuters", "Ada Brandt"]),
        ("“The pier is shut,” Reuters quoted Ada Brandt as saying.",
         "The pier is shut", ["Reuters", "Ada Brandt"]),
        ("An official quoted by the state news agency IRNA said the talks had failed.",
         "the talks had failed", ["IRNA", "An official"]),
        ("The pier is unsafe, according to engineers cited by Le Monde.",
         "The pier is unsafe", ["Le Monde", "engineers"]),
        ("A report by the audit office, seen by Reuters, says the pier was never inspected.",
         "the pier was never inspected", ["Reuters", "A report by the audit office"]),
        ("The pier was never inspected, according to a memo that Reuters has seen.",
         "The pier was never inspected", ["Reuters", "a memo"]),
        ("The talks have failed, Le Monde reported on Monday. It cited two diplomats.",
         "The talks have failed", ["Le Monde", "two diplomats"]),
        ("The figure was first published by Reuters, which attributed it to a hospital official.",
         "The figure", ["Reuters", "a hospital official"]),
        ("The Post reported last week that the governor had denied the charge.",
         "the charge", ["Post", "the governor"]),
        ("The pier was shut, the TASS news agency reported on Monday, citing the ministry.",
         "The pier was shut", ["TASS", "the ministry"]),
        ("Reuters reported that the BBC had said a minister told it that the talks had failed.",
         "that the talks had failed", ["Reuters", "BBC", "a minister"]),
    ],
)  # fmt: skip
def test_a_chain_is_the_order_of_the_mouths(text: str, content: str, chain: list[str]) -> None:
    assert (content, chain) in told(text)


def test_whom_an_outlet_cites_is_no_claim() -> None:
    """ "Citing two officials" says nothing by itself."""
    text = "The pier was shut, Reuters reported, citing two officials."
    assert [content for content, _ in told(text)] == ["The pier was shut"]


def test_an_attack_that_is_attributed_to_somebody_is_not_his_word() -> None:
    """Only what can be told is; a fall in prices is attributed to its cause."""
    assert all(
        chain != ["militants"] for _, chain in told("Police attributed the attack to militants.")
    )


def test_who_is_quoted_later_speaks_through_the_outlet_named_before() -> None:
    text = (
        "The captain was told to wait, two officials told the Skarvik Gazette on Monday. "
        "“She kept coming,” one of the officials was quoted as saying."
    )
    assert told(text)[-1] == ("She kept coming", ["Skarvik Gazette", "one of the officials"])
