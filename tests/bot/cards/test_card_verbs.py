"""A verb agrees with its source: one says, several say, and a name in the plural is one."""

import pytest

from bot.cards.verbs import agreeing
from summarizer.model import Dissent, Source, SourceKind, Stance

UNNAMED, BODY, PERSON = SourceKind.UNNAMED, SourceKind.ORGANISATION, SourceKind.PERSON


@pytest.mark.parametrize(
    ("name", "kind", "entity", "said"),
    [
        ("two people familiar with the matter", UNNAMED, None, "say"),
        ("officials of the trade ministry", UNNAMED, None, "say"),
        ("More than 400 customers", UNNAMED, None, "say"),
        ("the police", BODY, None, "say"),
        ("the two banks", BODY, None, "say"),
        ("Some of you", UNNAMED, None, "say"),
        ("Court records", SourceKind.DOCUMENT, None, "say"),
        ("the authorities of that country", UNNAMED, None, "say"),
        ("one of the officials", UNNAMED, None, "says"),
        ("a group of residents", UNNAMED, None, "says"),
        ("the head of two agencies", UNNAMED, None, "says"),
        ("a court in the Netherlands", BODY, None, "says"),
        ("the press service", BODY, None, "says"),
        ("Hallam Lines", BODY, 3, "says"),
        ("Ada Rivers", PERSON, 3, "says"),
        ("The Hallam Times", SourceKind.OUTLET, None, "says"),
    ],
)
def test_the_head_of_a_source_tells_its_number(name, kind, entity, said):
    """What hangs on the head by a preposition tells nothing."""
    assert agreeing(Stance.SAYS, Source((), name, kind, entity=entity)) == said


@pytest.mark.parametrize(
    ("verb", "plural"),
    [
        (Stance.DENIES, "deny"),
        (Stance.DECLINES, "decline to confirm"),
        (Stance.REPORTED, "are reported"),
        (Dissent.UNCONFIRMED, "would not confirm"),
        (Dissent.NUMBER, "another number"),
        (Dissent.OTHERWISE, "say otherwise"),
    ],
)
def test_every_stance_has_a_plural(verb, plural):
    """What follows the verb stays."""
    assert agreeing(verb, Source((), "two officials", UNNAMED)) == plural


def test_nobody_in_particular_is_one():
    """Where no source is named the verb is in the singular."""
    assert agreeing(Stance.REPORTED, None) == "is reported"
