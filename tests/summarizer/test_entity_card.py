"""The card of an entity holds its claims, the claims on it, its days and its company."""

from dataclasses import replace
from datetime import UTC, date, datetime

from summarizer.entity_card import entity_card, every_day
from summarizer.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    Entity,
    EntityKind,
    Quotation,
    Sentence,
    Source,
    SourceKind,
    Span,
    Stance,
)

TEXT = (
    "Orla Finch, mayor of Velden, said the bridge is safe. Per Lund denied that Finch had looked."
)


def read(day: int, number: int = 1) -> tuple[Article, Analysis]:
    def spans(*words: str) -> tuple[Span, ...]:
        return tuple(Span(TEXT.rindex(w), TEXT.rindex(w) + len(w)) for w in words)

    moment = datetime(2026, 3, day, 23, 30, tzinfo=UTC)
    printed = Article(str(number), TEXT, "Bridge", "The Post", "", moment, zone="Etc/GMT-2")
    finch = Entity(
        "Orla Finch", EntityKind.PERSON, ("Finch",), spans("Orla Finch", "Finch"), "mayor of Velden"
    )
    lund = Entity("Per Lund", EntityKind.PERSON, (), spans("Per Lund"))
    claims = tuple(
        Claim(
            spans(content),
            Attribution(
                (), stance, Quotation.INDIRECT, Source((), name, SourceKind.PERSON, entity=entity)
            ),
            sentence,
        )
        for content, stance, name, entity, sentence in (
            ("the bridge is safe", Stance.SAYS, "Orla Finch", 0, 0),
            ("Finch had looked", Stance.DENIES, "Per Lund", 1, 1),
        )
    )
    cut = TEXT.index(" Per Lund")
    sentences = (Sentence(Span(0, cut), 0), Sentence(Span(cut + 1, len(TEXT)), 0))
    return printed, Analysis(1, sentences, (finch, lund), claims)


def test_a_card_parts_what_is_said_by_and_of() -> None:
    """Its own claims, and the denial that mentions it."""
    card = entity_card("finch", [read(1)])
    assert card is not None
    assert (card.name, card.aliases) == ("Orla Finch", ("Finch",))
    assert [f.content[0].of(TEXT) for f in card.says] == ["the bridge is safe"]
    assert card.said_of == ()
    assert [f.chain[-1].name for f in card.disputes] == ["Per Lund"]
    assert card.appears_with == (("Per Lund", 1),)


def test_its_description_is_the_articles_own_with_a_citation() -> None:
    """The words stand in the passage that is cited."""
    card = entity_card("Orla Finch", [read(1)])
    assert card is not None
    ((words, citation),) = card.descriptions
    assert words in citation.quote


def test_empty_days_stand_between_the_first_and_the_last() -> None:
    """A day without a mention counts nought; only the newest sixty are shown."""
    assert every_day({}) == ()
    assert every_day({date(2026, 3, 2): 2, date(2026, 3, 4): 1}) == (
        (date(2026, 3, 2), 2),
        (date(2026, 3, 3), 0),
        (date(2026, 3, 4), 1),
    )
    long = every_day({date(2026, 1, 1): 1, date(2026, 12, 31): 1})
    assert (len(long), long[-1]) == (60, (date(2026, 12, 31), 1))


def test_copies_of_a_claim_stand_once() -> None:
    """Two articles with the same words are counted, and quoted once, from the newest."""
    card = entity_card("Finch", [read(1, 1), read(3, 2)])
    assert card is not None
    assert [f.citation.article.id for f in card.says] == ["2"]
    assert [f.citation.article.id for f in card.disputes] == ["2"]
    assert (card.mentions, card.articles) == (4, ("2", "1"))


def test_others_are_counted_once_under_any_of_their_names() -> None:
    """Who is called Lund in one article and Per Lund in another is one person."""
    article, analysis = read(3, 2)
    finch, lund = analysis.entities
    short = replace(lund, name="Lund", aliases=("Per Lund",))
    other = replace(analysis, entities=(finch, short))
    card = entity_card("Finch", [read(1, 1), (article, other)])
    assert card is not None
    assert card.appears_with == (("Lund", 2),)


def test_an_unknown_name_has_no_card() -> None:
    """Nothing is made up for a name that no article has."""
    assert entity_card("Nobody", [read(1)]) is None
    assert entity_card("", [read(1)]) is None


def test_a_body_named_after_it_has_a_card_of_its_own() -> None:
    """What "Per Lund Hydro" is called for short is not what Per Lund says."""
    article, analysis = read(2)
    finch, lund = analysis.entities
    longer = replace(lund, name="Per Lund Hydro", aliases=("Per Lund",))
    other = replace(analysis, entities=(finch, longer))
    card = entity_card("Per Lund", [read(1), (replace(article, id="b"), other)])
    assert card is not None
    assert card.articles == ("1",)
    alone = entity_card("Per Lund", [(article, other)])
    assert alone is not None
    assert alone.name == "Per Lund Hydro"
