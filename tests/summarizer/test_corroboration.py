"""Corroboration: slots decide who carries a claim, and carriers are folded to origins."""

from __future__ import annotations

import pytest

from summarizer.citation import cite
from summarizer.corroboration import corroborate
from summarizer.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    Dissent,
    Finding,
    Quotation,
    Source,
    SourceKind,
    Span,
    Stance,
)
from summarizer.origins import publisher, state_media
from summarizer.slots import Verdict, compare
from summarizer.text import sentences

SAYS, OPPOSES, OTHER = Verdict.SAYS, Verdict.OPPOSES, Verdict.OTHER


@pytest.mark.parametrize(
    ("content", "passage", "verdict"),
    [
        ("Belgium sent 800 troops to Mali", "Belgium has deployed about 800 troops to Mali.", SAYS),
        ("Belgium sent 800 troops to Mali", "Belgium sent 300 troops to Mali.", OPPOSES),
        ("Belgium sent 800 troops to Mali", "Belgium did not send 800 troops to Mali.", OPPOSES),
        ("Belgium sent 800 troops to Mali", "Belgium sent troops to Mali.", OTHER),
        ("Belgium sent troops to Mali", "Mali sent troops to Belgium.", OTHER),
        ("Belgium sent troops to Mali", "Norway sent troops to Mali.", OTHER),
        ("Belgium sent troops to Mali", "Belgium sold beer.", OTHER),
        ("Hale sued Oakfield", "Oakfield was sued by Hale on Monday.", SAYS),
        ("Hale sued Oakfield", "Hale was sued by Oakfield on Monday.", OTHER),
        ("Not only Hale sued Oakfield", "Hale sued Oakfield.", SAYS),
    ],
)
def test_slots_decide(content: str, passage: str, verdict: Verdict) -> None:
    """Another number or a "not" opposes, another name or swapped roles say something else."""
    assert compare(content, passage).verdict is verdict


def test_a_refusal_has_its_reason_in_words() -> None:
    """What is not a match says why."""
    assert "300" in compare("Belgium sent 800 troops", "Belgium sent 300 troops").reason
    assert "swapped" in compare("Hale sued Oakfield", "Oakfield sued Hale").reason


WIRE = (
    "The Belgian army has sent 800 troops to the north of Mali, the defence ministry said. "
    "The troops left Ostend by ship on Monday with forty trucks and a field hospital. "
    "The ministry gave no date for their return to the barracks of the second brigade."
)


def told(
    name: str, outlet: str, text: str, source: str = "", stance: Stance = Stance.SAYS
) -> tuple[Article, Analysis]:
    """Make an article of which the first sentence is claimed by ``source`` if one is given."""
    cut = sentences(text)
    claims: tuple[Claim, ...] = ()
    if source:
        who = Source((), source, SourceKind.ORGANISATION)
        said = Attribution((), stance, Quotation.INDIRECT, who, (who,))
        claims = (Claim((cut[0].span,), said, 0),)
    return Article(name, text, name, outlet), Analysis(1, cut, claims=claims)


def finding(pair: tuple[Article, Analysis]) -> Finding:
    article, analysis = pair
    span = analysis.sentences[0].span
    content = (Span(0, article.text.index(", the") if ", the" in article.text else span.end),)
    claim = analysis.claims[0] if analysis.claims else None
    return Finding(cite(article, span), content, claim, ())


OWN = told("a", "Reuters", WIRE)


def test_wire_copy_is_one_origin() -> None:
    """An outlet that prints an agency's text with a cut adds an outlet and no origin."""
    copy = told("b", "BBC News", WIRE.rsplit(". ", 1)[0] + ".")
    found = corroborate(finding(OWN), [OWN, copy])
    assert found.outlets == ("Reuters", "BBC News")
    assert found.origins == 1


def test_own_words_of_another_publisher_are_a_second_origin() -> None:
    """Two known publishers that tell it in their own words are two."""
    other = told("b", "BBC News", "Belgium sent 800 troops to Mali this week, BBC News has seen.")
    assert corroborate(finding(OWN), [other]).origins == 2


def test_the_same_cited_source_is_one_origin() -> None:
    """Two outlets that cite one ministry are one origin, named after it."""
    one = told("a", "Reuters", "Belgium sent 800 troops to Mali.", "the Defence Ministry")
    other = told(
        "b", "BBC News", "Some 800 troops were sent to Mali by Belgium.", "Defence Ministry"
    )
    found = corroborate(finding(one), [other])
    assert found.origins == 1
    assert "Defence Ministry" in found.carriers[0].origin


def test_the_same_owner_is_one_origin() -> None:
    """The user's own table of owners folds outlets of one house."""
    one = told("a", "The Courier", "Belgium sent 800 troops to Mali.")
    other = told("b", "The Ledger", "Some 800 troops were sent to Mali by Belgium on Monday.")
    owners = {"The Courier": "Castellan", "The Ledger": "Castellan"}
    assert corroborate(finding(one), [other], owners=owners).origins == 1
    apart = {"The Courier": "Castellan", "The Ledger": "Brook"}
    assert corroborate(finding(one), [other], owners=apart).origins == 2


def test_unknown_outlets_make_no_origin_beside_a_known_one() -> None:
    """Outlets of which nothing is known corroborate only themselves."""
    blogs = [
        told(f"b{n}", f"Blog {n}", f"{start}Belgium sent 800 troops to Mali.")
        for n, start in enumerate(("Yes: ", "I hear that ", "My cousin says that "))
    ]
    found = corroborate(finding(OWN), blogs)
    assert len(found.outlets) == 4
    assert found.origins == 1
    assert corroborate(finding(blogs[0]), blogs).origins == 1


def test_denials_other_numbers_and_doubts_dispute() -> None:
    """Who denies it, gives another number or would not confirm it is listed, not counted."""
    denial = told("b", "TASS", "Belgium sent 800 troops to Mali.", "Brussels", Stance.DENIES)
    number = told("c", "BBC News", "Belgium sent 300 troops to Mali.")
    doubt = told(
        "d",
        "CNN",
        "Reports say that Belgium sent 800 troops to Mali. Hale said he cannot verify the reports.",
    )
    found = corroborate(finding(OWN), [denial, number, doubt])
    disputing = {carrier.citation.article.id: carrier.citation.quote for carrier in found.disputes}
    assert set(disputing) == {"b", "c", "d"}
    assert "cannot verify" in disputing["d"]
    assert "b" not in {carrier.citation.article.id for carrier in found.carriers}


def test_a_denial_is_carried_by_denials_and_disputed_by_those_who_say_it() -> None:
    """Who says it is no carrier of its denial, and who denies it too does not dispute it."""
    text = "Belgium sent 800 troops to Mali."
    denial = told("a", "TASS", text, "Brussels", Stance.DENIES)
    second = told("b", "CNN", text, "Bamako", Stance.DENIES)
    says = told("c", "BBC News", text, "Paris")
    found = corroborate(finding(denial), [denial, second, says])
    assert found.outlets == ("TASS", "CNN")
    assert [(one.origin, one.dissent) for one in found.disputes] == [("Paris", Dissent.OTHERWISE)]


@pytest.mark.parametrize(
    ("stance", "text"),
    [
        (Stance.DECLINES, "Belgium sent 800 troops to Mali."),
        (Stance.SAYS, "how many of the 800 troops Belgium had sent to Mali"),
        (Stance.ASKS, "Belgium should send 800 troops to Mali."),
    ],
)
def test_what_states_nothing_is_disputed_by_nobody(stance: Stance, text: str) -> None:
    """A refusal to confirm, an open question and a demand have nothing to deny in them."""
    open_one = told("a", "Reuters", text, "Brussels", stance)
    denial = told("b", "TASS", "Belgium sent 800 troops to Mali.", "Bamako", Stance.DENIES)
    assert corroborate(finding(open_one), [open_one, denial]).disputes == ()


def test_other_outlets_that_printed_the_text_are_carriers() -> None:
    """A text that several feeds carried counts each outlet, once, with its own address."""
    carriages = {"a": [("BBC News", "https://bbc.example/1"), ("Reuters", "https://r.example")]}
    found = corroborate(finding(OWN), [], carriages=carriages)
    assert found.outlets == ("Reuters", "BBC News")
    assert found.carriers[1].citation.link.startswith("https://bbc.example/1#:~:text=")
    assert found.origins == 1


def test_the_table_knows_owners_and_state_media_and_fails_closed() -> None:
    """State media are marked; of an unknown outlet nothing is concluded."""
    assert state_media("TASS")
    assert not state_media("Reuters")
    assert not state_media("Blog 1")
    assert publisher("Blog 1", {}) == ""
    assert publisher("Reuters", {})
