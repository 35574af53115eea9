"""The card of an answer shows every part that product people promised, and invents none."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.cards.answer import answer_card
from bot.chat.terminal import as_text
from bot.message import Buttons
from summarizer.citation import cite
from summarizer.model import (
    Answer,
    Article,
    Attribution,
    Carrier,
    Claim,
    Corroboration,
    Finding,
    Quotation,
    Searched,
    Source,
    SourceKind,
    Span,
    Stance,
    When,
)

TEXT = "Wardens reportedly opened two gates on Monday, the river authority confirmed. It rained."
ARTICLE = Article(
    id="a1",
    text=TEXT,
    title="Two gates opened",
    outlet="Vale Post",
    url="https://valepost.example/gates",
    published=datetime(2026, 3, 11, 3, 29, tzinfo=UTC),
    zone="Asia/Seoul",
)


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


SENTENCE = Span(0, TEXT.index(" It rained"))
AUTHORITY = Source(
    (span("the river authority"),),
    "River Authority",
    SourceKind.ORGANISATION,
    role="the regulator",
)
CLAIM = Claim(
    (span("opened two gates on Monday"),),
    Attribution(
        cue=(span("confirmed"),),
        stance=Stance.CONFIRMS,
        quotation=Quotation.INDIRECT,
        source=AUTHORITY,
        chain=(AUTHORITY,),
        hedges=(span("reportedly"),),
        when=When("on Monday", span("on Monday"), date(2026, 3, 9)),
    ),
    sentence=0,
)
MAYOR = Source((), "Ada Ruiz", SourceKind.PERSON, role="the mayor")
DENIAL = Claim(
    (Span(0, 7),), Attribution((Span(0, 7),), Stance.DENIES, Quotation.INDIRECT, MAYOR), 0
)
FINDING = Finding(
    cite(ARTICLE, SENTENCE),
    CLAIM.content,
    CLAIM,
    (Source((), "Vale Post", SourceKind.OUTLET), AUTHORITY),
    Corroboration(
        (Carrier(cite(ARTICLE, SENTENCE), CLAIM, "river authority"),),
        (Carrier(cite(ARTICLE, SENTENCE), DENIAL, "the mayor"),),
    ),
)
SEARCHED = Searched(
    62,
    14,
    datetime(2026, 3, 1, tzinfo=UTC),
    ("Quiet Gazette",),
    (datetime(2026, 3, 9, 5, tzinfo=UTC),),
)


def test_the_card_tells_every_part():
    """Sentence, who, role, kind, cue, stance, hedge, chain, days, carriers, disputes, searched."""
    card = as_text(answer_card(Answer("gates?", (FINDING,), searched=SEARCHED)), width=200)
    for words in (
        "Wardens reportedly opened two gates on Monday, the river authority confirmed.",
        "River Authority, the regulator (organisation)",
        "“confirmed” · confirms · indirect quotation · hedged: “reportedly”",
        "Vale Post, citing River Authority",
        "Monday 9 Mar 2026 (“on Monday”)",
        "11 Mar 2026 12:29 KST",
        "by no other stored outlet",
        "Ada Ruiz, the mayor · denies",
        "Searched 62 articles from 14 feeds since 1 Mar 2026; 1 feed down: Quiet Gazette (since 9 Mar 2026).",
    ):
        assert words in card


def test_other_carriers_are_named_and_their_origins_counted():
    """Two outlets with one origin are two outlets, and one origin."""
    second = replace(ARTICLE, id="a2", outlet="Hallam Echo")
    carriers = (
        *FINDING.corroboration.carriers,
        Carrier(cite(second, SENTENCE), CLAIM, "river authority"),
    )
    finding = replace(FINDING, corroboration=Corroboration(carriers))
    card = as_text(answer_card(Answer("gates?", (finding,))))
    assert "2 outlets, 1 origin: all cite River Authority (Vale Post, Hallam Echo)" in card


def test_json_has_all_of_it():
    """The record carries the same parts, with spans that point at the words."""
    record = answer_card(Answer("gates?", (FINDING,), searched=SEARCHED)).data
    (found,) = record["answers"]
    assert record["none"] is False
    assert TEXT[slice(*found["span"])] == found["sentence"]
    assert [TEXT[slice(*pair)] for pair in found["content_spans"]] == [found["content"]]
    assert found["source"] == {
        "name": "River Authority",
        "role": "the regulator",
        "kind": "organisation",
    }
    assert (found["stance"], found["cue"], found["said_on"]) == (
        "confirms",
        "confirmed",
        "2026-03-09",
    )
    assert [link["name"] for link in found["chain"]] == ["Vale Post", "River Authority"]
    assert (found["also"]["outlets"], found["also"]["origins"]) == (["Vale Post"], 1)
    (carrier,) = found["also"]["carriers"]
    assert (carrier["origin"], carrier["sentence"]) == ("river authority", found["sentence"])
    assert [TEXT[slice(*pair)] for pair in found["cue_spans"]] == ["confirmed"]
    assert [TEXT[slice(*pair)] for pair in found["source_spans"]] == ["the river authority"]
    assert found["disputes"][0]["source"] == "Ada Ruiz"
    assert record["searched"]["down"] == ["Quiet Gazette"]


def test_what_is_only_likely_is_said_to_be() -> None:
    """Nobody takes it for an answer that is sure, on the card, in the summary and in JSON."""
    sure = answer_card(Answer("gates?", (FINDING,)))
    likely = answer_card(Answer("gates?", (FINDING,), sure=False))
    assert "Perhaps a match" not in as_text(sure)
    assert "Perhaps a match: read the sentence" in as_text(likely)
    assert likely.summary.startswith("Perhaps River Authority:")
    assert (sure.data["sure"], likely.data["sure"]) == (True, False)


def test_a_no_is_shown_as_one() -> None:
    """A sentence that denies what was asked is never taken for one that says it."""
    denial = replace(FINDING, denial="denies it")
    message = answer_card(Answer("are the gates shut?", (denial,), sure=False))
    card = as_text(message)
    assert "No stored article says this; this one denies it:" in card
    assert "Perhaps" not in card
    assert message.summary.startswith("No stored article says this; one denies it.")
    assert message.data["answers"][0]["denial"] == "denies it"


def test_the_outlets_own_voice_is_said_so():
    """A sentence that names no source is the outlet's own."""
    own = Finding(cite(ARTICLE, SENTENCE), (), None, (Source((), "Vale Post", SourceKind.OUTLET),))
    message = answer_card(Answer("gates?", (own,)))
    assert "Vale Post (the outlet's own voice)" in as_text(message)
    assert message.data["answers"][0]["source"]["kind"] == "the outlet's own voice"


def test_no_answer_shows_the_nearest_as_no_match():
    """What does not say it is marked, with the reason."""
    card = as_text(answer_card(Answer("three gates?", nearest=((FINDING, "another number"),))))
    assert "No stored article says this." in card
    assert "not a match" in card
    assert "another number" in card


def test_no_answer_and_nothing_near_says_what_to_try():
    """An empty refusal still helps."""
    assert "Try other words" in as_text(answer_card(Answer("gates?")))


def test_the_story_is_a_button_that_types_its_number():
    """A button is a command that nobody has to type."""
    message = answer_card(Answer("gates?", (FINDING,)), stories={"a1": "3f2a"})
    commands = [
        b.command for row in message.blocks if isinstance(row, Buttons) for b in row.buttons
    ]
    assert commands == ["story 3f2a @a1:0"]
