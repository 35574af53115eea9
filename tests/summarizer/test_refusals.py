"""Who will not or cannot confirm declines, however he puts it."""

import pytest

from summarizer.analysis import analyze_text
from summarizer.model import Stance


@pytest.mark.parametrize(
    "words",
    [
        "Defence minister Ada Ruiz said that she cannot verify the reports of a landing.",
        "The mayor said he would not comment on the dismissal of the harbour master.",
        "The port authority said it was unable to confirm the number of the missing.",
    ],
)
def test_a_speaker_who_cannot_confirm_declines(words):
    """ "She said that she cannot verify" is no statement of fact."""
    assert [claim.attribution.stance for claim in analyze_text(words).claims] == [Stance.DECLINES]


def test_saying_that_others_cannot_is_a_statement():
    """What somebody says of others is said, not declined; it is they who decline."""
    claims = analyze_text("The mayor said inspectors could not verify the harbour log.").claims
    assert [claim.attribution.stance for claim in claims] == [Stance.SAYS, Stance.DECLINES]
    assert [link.name for link in claims[1].attribution.chain] == ["The mayor", "inspectors"]
