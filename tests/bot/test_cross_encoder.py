"""Question and sentence read together: what answers is told from what only sounds like it."""

import importlib.metadata

import numpy as np
import pytest

from bot import cross_encoder
from bot.cross_encoder import WEIGHTS, CrossEncoder, changed, installed, open_reader
from bot.errors import ConfigError
from summarizer.rereading import Passage


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    if not installed():
        pytest.skip("the extra embed is not installed")
    return CrossEncoder()


CROSSING = [
    Passage("", "", sentence)
    for sentence in (
        "The captain of the Lisette refused to put to sea, the harbour master said.",
        "Two crew members were taken to hospital in Port Amble with burns.",
        "The ferry's owner, Amble Line, denied that its engines had been faulty.",
    )
]


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("skipper wouldn't leave port", 0),
        ("how many sailors got hurt", 1),
        ("did the shipping firm admit its motors were broken?", 2),
    ],
)
def test_other_words_for_the_same_are_understood(
    reader: CrossEncoder, asked: str, right: int
) -> None:
    """Hardly a word in common, and still the sentence that answers is held for the likeliest."""
    held = [reading.supports for reading in reader(asked, CROSSING)]
    assert held.index(max(held)) == right


def test_a_near_miss_is_about_it_and_does_not_support_it(reader: CrossEncoder) -> None:
    """Another number supports less than the right one, and is related all the same."""
    told = [CROSSING[1]]
    ((right,), (other,)) = (
        reader(asked, told) for asked in ("two sailors got hurt", "nine sailors got hurt")
    )
    assert right.supports > other.supports
    assert other.related > other.supports


def test_a_reading_is_the_same_alone_and_among_others(reader: CrossEncoder) -> None:
    """Each pair is read by itself."""
    asked = "how many sailors got hurt"
    assert reader(asked, CROSSING)[1] == reader(asked, [CROSSING[1]])[0]


def test_another_network_is_refused_in_words() -> None:
    """Weights learned for one file say nothing about another."""
    with np.load(WEIGHTS) as kept:
        learned = {name: kept[name] for name in kept.files}
    with pytest.raises(ConfigError, match="not the version"):
        changed(b"another file", learned)


def test_without_the_extra_there_is_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor with a version that the weights were not learned for."""
    monkeypatch.setattr(cross_encoder, "_NEEDS", {"no-such-package": ""})
    assert open_reader() is None
    monkeypatch.setattr(cross_encoder, "_NEEDS", {"numpy": "0.0.1"})
    assert importlib.metadata.version("numpy") != "0.0.1"
    assert not installed()
