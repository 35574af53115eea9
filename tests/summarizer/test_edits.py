"""What an outlet changed in an article, pointed at in both texts."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.edits import edits

OLD = (
    "Three barges are missing, the union said on Monday. The harbour is closed.\n\n"
    "Two men were hurt. The ministry plans a second count."
)


def shown(older, newer):
    return [
        (
            edit.before.of(older) if edit.before else "",
            edit.after.of(newer) if edit.after else "",
            [span.of(older) for span in edit.cut],
            [span.of(newer) for span in edit.added],
        )
        for edit in edits(older, newer)
    ]


def test_a_number_that_was_mended_is_shown_in_its_sentence():
    new = OLD.replace("Three barges", "Four barges")
    assert shown(OLD, new) == [
        (
            "Three barges are missing, the union said on Monday.",
            "Four barges are missing, the union said on Monday.",
            ["Three"],
            ["Four"],
        )
    ]


def test_sentences_that_were_cut_and_added_stand_alone():
    new = OLD.replace("Two men were hurt. ", "") + " Ada Quill, the minister, resigned."
    assert shown(OLD, new) == [
        ("Two men were hurt.", "", [], []),
        ("", "Ada Quill, the minister, resigned.", [], []),
    ]


def test_white_space_changes_nothing():
    assert edits(OLD, OLD.replace(" ", "  ").replace("\n\n", "\n\n\n")) == ()
    assert edits("", "") == ()


def test_a_cut_word_is_shown_too():
    new = OLD.replace(", the union said on Monday", "")
    ((_, after, cut, added),) = shown(OLD, new)
    assert after == "Three barges are missing."
    assert cut == ["the union said on Monday"]
    assert added == []


TEXTS = st.lists(st.sampled_from(["It rained. ", "It snowed a lot. ", "He left. ", "\n\n"])).map(
    "".join
)


@given(TEXTS, TEXTS)
def test_every_edit_points_into_its_own_text(older, newer):
    """And taking them all gives the one text's sentences from the other's."""
    for edit in edits(older, newer):
        assert edit.before or edit.after
        for span in (edit.before, *edit.cut):
            assert span is None or 0 <= span.start < span.end <= len(older)
        for span in (edit.after, *edit.added):
            assert span is None or 0 <= span.start < span.end <= len(newer)
    assert bool(edits(older, newer)) == (older.split() != newer.split())
