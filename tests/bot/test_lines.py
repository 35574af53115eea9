"""JSON lines in, JSON lines out, with spans that point into the given text."""

import json

import pytest

from bot.errors import InputError
from bot.lines import analyzed, clustered, records, summarized

TEXT = (
    "The east bridge is closed, the port authority said on Tuesday. Two lorries had struck its "
    "northern pier during the night. Repairs on the damaged pier begin before Friday."
)


def test_analyze_gives_spans_of_source_cue_and_content():
    """Each attribution's spans are slices of the text as given."""
    made = analyzed({"id": 7, "text": TEXT})
    (claim,) = made["attributions"]
    assert made["id"] == 7
    assert [TEXT[slice(*pair)] for pair in claim["source"]] == ["the port authority"]
    assert [TEXT[slice(*pair)] for pair in claim["content"]] == ["The east bridge is closed"]
    assert [TEXT[slice(*pair)] for pair in claim["cue"]] == ["said"]


def test_analyze_says_why_it_abstains():
    """Text in another language is not guessed at."""
    made = analyzed({"id": 1, "text": "Der Hafen bleibt heute geschlossen, sagte die Behörde."})
    assert made["abstained"]
    assert made["attributions"] == []


@pytest.mark.parametrize("ranker", ["whosaid", "lead", "lexrank", "textrank", "luhn", "lsa"])
def test_summarize_chooses_slices_in_reading_order(ranker):
    """The summary is made of the text's own sentences."""
    made = summarized({"id": 1, "text": TEXT}, sentences=2, ranker=ranker)
    assert len(made["sentences"]) == 2
    assert made["sentences"] == sorted(made["sentences"])
    assert made["summary"] == " ".join(TEXT[slice(*pair)] for pair in made["sentences"])


def test_cluster_names_a_story_for_each_record_in_order():
    """Copies of one text fall together, another event stays apart."""
    ferry = "The ferry Corvina struck the breakwater at Hallam on Monday, killing four people."
    bank = "Tolland Bank was rescued by its rivals after a run on deposits in three towns."
    given = [
        {"id": "a", "title": "Ferry strikes breakwater", "text": ferry},
        {"id": "b", "title": "Bank rescued", "text": bank},
        {"id": "c", "title": "Ferry strikes breakwater", "text": ferry, "published": "2026-03-09"},
    ]
    made = list(clustered(given))
    assert [record["id"] for record in made] == ["a", "b", "c"]
    assert made[0]["story"] == made[2]["story"] != made[1]["story"]


@pytest.mark.parametrize(
    ("line", "words"),
    [("{", "Line 1 is not JSON"), ("[1]", "not a JSON object"), ('{"id": 1}', "no text in “text”")],
)
def test_a_bad_line_is_told_with_its_number(line, words):
    """Nothing is skipped silently."""
    with pytest.raises(InputError, match=words):
        list(records([line], needs=("text",)))


def test_records_survive_a_round_trip_with_lone_surrogates():
    """Broken text goes in and its spans come out."""
    made = analyzed({"id": 1, "text": TEXT + " \ud800"})
    assert json.loads(json.dumps(made))["attributions"]
