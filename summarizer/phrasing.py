"""A question as typed -> its core: greetings, lead-ins, tails and asides dropped.

"Is it true that ... - says who?" asks about what stands between. Who is said to say it is parted
from what is said elsewhere (``speakers``).
"""

from __future__ import annotations

import re
from functools import cache

from summarizer.hearsay import without_hearsay
from summarizer.lexicon import rows, words
from summarizer.wordbook import TOKEN

_LONGEST = 600
"""Characters of a pasted message that are read; a claim is said in its first sentences."""

_NOISE = re.compile(
    r"^(?:(?:hey|hi|hello|good (?:morning|evening|afternoon|day)|ok|okay|so|well|um+|please|pls|"
    r"quick question|question|fact.?check|how come|"
    r"rumou?r has it|breaking|rt|fyi|btw|lol|omg|tbh|ngl|hmm+|uh+|oh|erm?|"
    r"wow|wait|and|but)\b[\s,:!.-]*"
    r"|(?:can|could|would) (?:you|anyone|somebody|someone) (?:please )?"
    r"(?:tell (?:me|us)|find out|check|confirm|verify|say)(?: (?:if|whether|that|about))?\b\s*"
    r"|(?:just |have )?heard (?:that|about|of)?\b\s*"
    r"|(?:i|we) (?:just )?(?:heard|read|saw|was told|were told|think|thought)"
    r"(?: somewhere| online| on twitter)?(?: that)?\b\s*"
    r"|(?:is it|it is|it's|is that) (?:really |actually )?"
    r"(?:true|correct|right|confirmed|known|the case)"
    r"(?: or false| or not)? (?:that|if)?\s*"
    r"|(?:do|does) (?:we|you|anyone|anybody) know (?:if|whether|that)\b\s*"
    r"|(?:any|is there any|is there|are there any|do you have|have you) "
    r"(?:sources?|evidence|proof|confirmation|reports?|news|word|truth)"
    r"(?: for| of| that| to| on| about)?(?: the)?(?: claims?| reports?| rumou?rs?)?(?: that)?\b\s*"
    r"|(?:has|have) (?:it|anyone|anybody|someone|somebody) (?:been )?"
    r"(?:confirmed|reported|said|claimed)(?: that)?\b\s*"
    r"|(?:did|does) (?:anyone|anybody|someone|somebody) (?:really |actually )?"
    r"(?:say|report|claim|confirm)(?: that)?\b\s*"
    r"|what(?:'s|’s| is| was) the (?:original )?source (?:of|for|behind|on)(?: the)?"
    r"(?: claims?| reports?| news| story| figure| statement| rumou?r)?(?: that| of)?\b\s*"
    r"|sources?(?: pls| please)?\s*[?:]+\s*"
    r"|source (?:of|for|on)(?: the)?(?: claim| report)?(?: that)?\b\s*"
    r"|where (?:does|did|do) (?:the )?"
    r"(?:claim|report|news|story|figure|number|rumou?r|it) come from"
    r"(?: that)?\b[\s,:?]*"
    r"|(?:someone|somebody|people|they|everyone|some) (?:here )?(?:say|says|said|claims?|claimed|"
    r"keeps? saying|are saying|told me|wrote|posted)(?: that)?\b\s*"
    r"|(?:apparently|allegedly|reportedly|supposedly)\b[\s,]*)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,–—-]+(?:is (?:that|this|it) (?:true|right|correct|real)|true or false|right|correct|"
    r"really|sources?|who says(?: so| that| this)?|who said (?:that|so|this|it)|or not|"
    r"says who|anyone|any source|according to whom|please|pls|thanks|thank you|lol|"
    r"can (?:we|you|i|anyone) (?:use|trust|run|print|stand on|find|check|confirm|back up) "
    r"(?:that|this|it)|(?:i |we )?need (?:it|this|that) (?:for|by|before) [^?!.]{2,30}))?"
    r"[\s?!.…]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<![\w'’])[a-z]+4?(?![\w'’])")
_IS = re.compile(r"\b(who|what|where|when|how|why)['’]s\b", re.IGNORECASE)
_FROM_WHERE = re.compile(
    r"^where (?:does|did|do) (?P<claim>.{8,}) (?:come|stem|originate) from\W*$", re.IGNORECASE
)
_ASIDE = re.compile(
    r"[\"”’]?\s*(?:[,:;?!.]+\s|\s[-–—]+\s|<<|>>|\?\?+|\band (?=citing|who|whose|where|when))"
)
SENTENCE_END = re.compile(r"(?<=[?!])\s+|(?<=\w\w\.)\s+(?=[A-Za-z])")
EDGES = " \t\"“”'‘’*_>#-?"
_QUOTED = re.compile(r"[\"“](?P<inside>[^\"“”]{12,})[\"”]?[\s.,?!…]*")


def core_of(typed: str) -> str:
    """Return what is left of a question when all that only asks for it is dropped."""
    core = without_hearsay(_first_sentences(asked_text(typed)).strip(EDGES)).strip(EDGES)
    if match := _FROM_WHERE.match(core):
        core = match["claim"]
    core = without_noise(core)
    core = _TAIL.sub("", core) or core
    while (shorter := _without_aside(core)) != core:
        core = _TAIL.sub("", shorter) or shorter
    return core.strip(EDGES)


def without_noise(text: str) -> str:
    """Return a text without the greetings and lead-ins before it."""
    while (shorter := _NOISE.sub("", text, count=1).lstrip(" \"“'‘,:")) != text and shorter:
        text = shorter
    return text


def asked_text(typed: str) -> str:
    """Return a question on one line, with "who's" as "who is" and "ppl" as "people"."""
    line = _IS.sub(r"\1 is", " ".join(typed.replace("\x00", " ").split()))
    return _WORD.sub(lambda match: _short_forms().get(match.group(), match.group()), line)


@cache
def _short_forms() -> dict[str, str]:
    """Return what people in a hurry write -> the word."""
    return {row[0]: row[1] for row in rows("short_forms")}


def quoted(typed: str) -> str:
    """Return the words of a text that is one quotation and nothing else, or empty."""
    match = _QUOTED.fullmatch(typed.strip())
    return match["inside"].strip() if match else ""


def _first_sentences(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0]


def _without_aside(text: str) -> str:
    """Drop a last part that only asks who says so ("- says who", ", why?", "?? his answer")."""
    parts = list(_ASIDE.finditer(text))
    if not parts or not parts[-1].start():
        return text
    last = [match.group().lower() for match in TOKEN.finditer(text[parts[-1].end() :])]
    if all(word in words("stopwords") or word in words("asking_words") for word in last):
        return text[: parts[-1].start()].rstrip()
    return text
