"""What bytes are told to be, and what is said of those that are no news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.feeds.sniff import Form, form, text_of


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"<?xml version='1.0'?><rss version='2.0'>", Form.FEED),
        (b"\xef\xbb\xbf\n<feed xmlns='http://www.w3.org/2005/Atom'>", Form.FEED),
        (b"<rdf:RDF xmlns='x'>", Form.FEED),
        (b"<!-- made by hand --><rss>", Form.FEED),
        ("<rss><title>caf\xe9".encode("utf-16"), Form.FEED),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', Form.JSON_FEED),
        (b"<?xml version='1.0'?><opml version='2.0'>", Form.OPML),
        (b"<!DOCTYPE html><html>", Form.PAGE),
        (b"<html><body><pre>&lt;rss></pre>", Form.PAGE),
        (b"<p>A paragraph", Form.PAGE),
        (b"A headline\n\nA paragraph.", Form.TEXT),
        (b'{"a": 1}', Form.TEXT),
    ],
)
def test_the_form_is_told_by_the_bytes(raw, told):
    assert form(raw, place="x") is told


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (b"", "empty"),
        (b" \r\n\t\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"PK\x03\x04abc", "binary"),
        (bytes(range(32)) * 20, "binary"),
    ],
)
def test_what_is_no_news_is_named_with_advice(raw, outcome):
    with pytest.raises(InputError) as fault:
        form(raw, place="news.txt")
    assert fault.value.outcome == outcome
    assert str(fault.value).startswith("news.txt is ")
    assert str(fault.value).endswith(".")


@pytest.mark.parametrize(
    ("raw", "media_type", "told"),
    [
        ("café".encode(), "", "café"),
        ("café".encode("latin-1"), "text/html; charset=iso-8859-1", "café"),
        ("café “so”".encode("cp1252"), "", "café “so”"),
        (
            b"<meta charset='windows-1251'>" + "Москва".encode("cp1251"),
            "",
            "<meta charset='windows-1251'>Москва",
        ),
        ("café".encode("utf-16"), "", "café"),
        (b"caf\xe9", "text/html; charset=nonsense", "café"),
        ("éé".encode()[:-1], "", "é"),
    ],
)
def test_text_is_decoded_whatever_is_declared(raw, media_type, told):
    assert text_of(raw, media_type=media_type) == told


@given(st.binary(max_size=300))
def test_any_bytes_are_told_or_refused(raw):
    try:
        assert form(raw, place="x") in Form
    except InputError as fault:
        assert fault.outcome in {"empty", "binary", "pdf"}
    assert isinstance(text_of(raw), str)
