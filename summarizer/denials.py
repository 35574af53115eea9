"""Which words deny, and what: called false, unknown, without ground, never done, or refused.

Turns of phrase only; what the words found here mean in their story is read in ``doubts`` and
``told_before``.
"""

from __future__ import annotations

import re

_VERB = (
    r"(?:den(?:ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|(?<!the )(?<!a )disput(?:es|ed)"
    r"|refut(?:es|ed)|rebut(?:s|ted)|contradict(?:s|ed|ing)|disagree[sd]|scoff(?:s|ed))"
)
_DENIED = re.compile(rf"(?<!been )(?<!being )\b{_VERB}\b", re.IGNORECASE)

_UNTRUE = (
    r"(?:false|fiction|(?:an?\s+)?invent(?:ed|ion)|(?:a\s+)?fabricat\w+|untrue|baseless|groundless"
    r"|nonsense|rubbish|(?:a\s+)?lies?(?!\s+(?:in|with|ahead|behind|at|on|between))"
    r"|(?:a\s+)?falsehood|(?:an?\s+)?untruth|incorrect|mistaken"
    r"|(?:probably\s+)?incomplete|inaccurate|unfounded|unsubstantiated|misleading"
    r"|made up(?! (?:of|for)\b)"
    r"|preposterous|(?:a\s+)?fantasy|(?:a\s+)?(?:hoax|forgery|smear|fake|myth)|slander\w*"
    r"|libel\w*|defamatory|bogus|without (?:any\s+)?(?:foundation|basis|merit)"
    r"|(?:(?:\w+\s+and\s+)?wrong(?!\s+(?:to|with|about)\b)))"
)
_DEGREE = r"(?:\w+ly\s+|just\s+|all\s+|plain\s+|pure\s+|nothing (?:but|more than)\s+|an?\s+){0,3}"
_ONE = (
    r"(?P<what>(?:it|this|that|they|he|she|none of (?:it|this|that|these|those))"
    r"(?=\s+(?:is|are|was|were|isn|aren|wasn|weren|has|have)\b|['’]s\b)"
    r"|(?:the|these|those|such|its|their|his|her|that|any|all|[A-Z]\w+['’]s)\b.{3,160}?)"
)
_IS = (
    r"(?:(?:\s+(?:is|are|was|were|has been|have been|had been)|['’]s)\s+"
    rf"[“\"'‘]?{_DEGREE}{_UNTRUE}\b"
    r"|(?:\s+(?:is|are|was|were)(?:\s+\w+ly)?(?:\s+not|n['’]t)"
    r"|['’]s\s+(?:\w+ly\s+|just\s+)?not)\s+"
    r"(?:\w+ly\s+|at all\s+|quite\s+)*"
    r"(?:true|correct|accurate|the case|what happened|so(?!\s+\w))\b)"
)
_IS_UNTRUE = re.compile(rf"^[“\"']?{_ONE}{_IS}", re.IGNORECASE)
_CALLED = re.compile(
    rf"^[“\"']?{_ONE}(?:{_IS}"
    rf"|\s+as\s+[“\"'‘]?(?:\w+ly\s+|\w+\s+and\s+|an?\s+|pure\s+|plain\s+){{0,3}}{_UNTRUE}\b"
    rf"|\s+[“\"'‘]?{_DEGREE}{_UNTRUE}(?=\W*$|\s+(?:and|by|with|from|of|in)\b))",
    re.IGNORECASE,
)
"""What is called untrue: "the report is false", "that is not true", "(called) the claim a lie"."""

_ONLY_CALLED = re.compile(rf"^[“\"'‘]{_DEGREE}{_UNTRUE}\b", re.IGNORECASE)
"""What is called so stands before the content: called that "a plain untruth"."""

_NEVER = re.compile(
    r"^[“\"']?(?P<what>(?:it|this|that)(?=\s)|(?:the|such|any|no such|an?)\s.{3,80}?)\s+"
    r"(?:never (?:happened|took place|existed|occurred)"
    r"|(?:(?:did|does|do|had) not|(?:did|does|do|had)n['’]t)\s+"
    r"(?:happen(?:ed)?|take place|taken place|exist(?:ed)?|occur(?:red)?))(?=\s*(?:[.,;:”\"]|$))",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:(?:did|does|do) not|(?:did|does|do)n['’]t)\s+recogni[sz]e\s+(?P<one>[^,;.]+)"
    r"|\b(?:knew|know|knows|aware)\s+of\s+no\s+(?P<two>[^,;.]+)"
    r"|(?:\bnot|n['’]t|\bnever)\s+(?:know|aware)\s+of\s+any\s+(?P<eight>[^,;.]+)"
    r"|\bno knowledge\b[”\"’]?\s+of\s+(?P<three>[^,;.]+)"
    r"|\b(?:knew|know|knows)\s+nothing\s+(?:of|about)\s+(?P<four>[^,;.]+)"
    r"|\bnothing to (?:support|suggest|indicate)\s+(?P<five>[^,;:.]+)"
    r"|\bno\s+(?:\w+\s+)?(?:evidence|proof|indications?|signs?|records?|traces?)\s+"
    r"(?:of|that|for|to suggest)\s+(?P<six>[^,;:.]+)"
    r"|\b(?:no|little|not a (?:word|grain|shred) of)\s+"
    r"(?:truth|basis|foundation|substance|merit)\s+(?:whatsoever\s+)?"
    r"(?:in|to|for|behind)\s+(?P<seven>[^,;:.]+)",
    re.IGNORECASE,
)
_ONE_KNOWN = re.compile(
    r"(?:the|that|this|these|those|such|any|an?|its|his|her|their|[A-Z])\b|[A-Z]"
)
_UNBELIEVED = re.compile(
    r"\b(?:(?:do|does|did) not|(?:do|does|did)n['’]t)\s+(?:\w+ly\s+)?"
    r"(?:believe|accept|agree with|share)\s+(?:any of\s+)?(?P<what>[^,;.]+)",
    re.IGNORECASE,
)
"""What is not believed counts only where it points back at what was said ("the allegations")."""

SUCH = re.compile(r"\b(?:any|no)\s+such\s+(?P<noun>\w+)\b", re.IGNORECASE)

_NONE_SUCH = re.compile(
    r"\bno such\b|(?:\b(?:not|never|den(?:y|ies|ied))|n['’]t)\b[^,;.]*\bany such\b", re.IGNORECASE
)

_REFUSED = re.compile(
    r"\b(?:reject|dismiss|rebuff|disavow|renounc|spurn|turn|wave|shrug)", re.IGNORECASE
)
_NO_DENIAL = re.compile(
    r"^(?:would|will|may|might|could|should)\b(?! not)|\bplay\w* down\b|\bdownplay", re.IGNORECASE
)
_TO_SOMEBODY = re.compile(
    r"^(?!(?:that|any|ever|\w+ing)\b)(?:(?:him|her|them|us|me|you)\s+\w+"
    r"|(?:[\w'’-]+\s+){0,4}?(?:entry|access|bail|visas?|services?|permission|asylum|treatment|goals?"
    r"|rights?|place|chance|licen[cs]es?|parole|admission|requests?|motions?|appeals?|petitions?"
    r"|applications?|bids?|pleas?|calls|lawsuits?|suits?)\b)",
    re.IGNORECASE,
)
"""What is denied to somebody is not called untrue."""

_PLEADED = (
    r"\bplead(?:s|ed|ing)? not guilty\b|\benter(?:s|ed|ing) (?:a )?(?:pleas? of )?not[ -]guilty\b"
    r"|\b(?:maintain|protest|insist|assert|proclaim)\w*\s+(?:(?:on|that)\s+)?"
    r"(?:his|her|its|their)\s+(?:\w+\s+)?innocence\b"
)
_INNOCENT = re.compile(
    rf"{_PLEADED}|\b(?:is|are|was|were|am)\s+(?:\w+ly\s+)?innocent\b(?!\s+\w)"
    r"|\b(?:did|done|do) nothing (?:wrong|illegal|improper)\b",
    re.IGNORECASE,
)
_PLEA = re.compile(_PLEADED, re.IGNORECASE)
_OF_GUILT = re.compile(
    r"^(?:(?:any|all|that|the)\s+)?(?:\w+\s+)?(?:wrongdoing|guilt|liability|misconduct|impropriety"
    r"|involvement|responsibility|part in it|role in it|everything)\W*$",
    re.IGNORECASE,
)


def innocent(words: str) -> bool:
    """Tell whether words say that somebody did not do what he is accused of, without naming it."""
    return bool(_INNOCENT.search(words))


def plea(words: str) -> bool:
    """Tell whether words, of nobody in particular, tell of a plea of not guilty."""
    return bool(_PLEA.search(words))


def of_guilt(denied: str) -> bool:
    """Tell whether what is denied is guilt as such: "any wrongdoing"."""
    return bool(_OF_GUILT.match(denied))


def called_untrue(words: str) -> str:
    """Return what words call untrue by their shape alone, "that" where it stands before them."""
    if _ONLY_CALLED.match(words):
        return "that"
    hit = _CALLED.match(words) or _NEVER.match(words)
    return hit["what"] if hit else ""


def is_untrue(sentence: str) -> str:
    """Return what a sentence says openly is untrue ("The report is false")."""
    hit = _IS_UNTRUE.match(sentence)
    return hit["what"] if hit else ""


def denied_thing(words: str) -> str:
    """Return what words call false, unknown or denied; nothing where they do not."""
    if what := called_untrue(words):
        return what
    if hit := _UNKNOWN.search(words):
        part = next(part for part in hit.groups() if part)
        return part if _ONE_KNOWN.match(part) else f"any {part}"
    if _NONE_SUCH.search(words):
        return words
    hit = _DENIED.search(words)
    refused = hit is not None and _REFUSED.match(hit.group())
    return "" if hit is None or refused else denied_to(words[hit.end() :])


def unbelieved(words: str) -> str:
    """Return what words say is not believed."""
    hit = _UNBELIEVED.search(words)
    return hit["what"] if hit else ""


def denied_to(words: str) -> str:
    """Return what is denied, nothing where it is denied to somebody ("him entry")."""
    return "" if _TO_SOMEBODY.match(words.strip()) else words


def refuses(cue: str) -> bool:
    """Tell whether a cue of denying may be of a plan or a man as well ("rejected", "dismissed")."""
    return bool(_REFUSED.search(cue))


def is_none(cue: str) -> bool:
    """Tell whether a denial is not made yet ("would contest") or is none ("downplayed")."""
    return bool(_NO_DENIAL.search(cue))
