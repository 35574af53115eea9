"""A question or claim in anybody's words -> a Query: what must be found for an answer.

Question words, lead-ins ("is it true that") and polite noise are dropped; who is said to say it
is told from what is said. Nothing is looked up here, and no parser is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from summarizer.lexicon import words
from summarizer.model import Stance
from summarizer.terms import Term, TermKind, read_terms
from summarizer.wordbook import TOKEN


class Asked(StrEnum):
    """What is asked: whether something is said, what someone says, or who says it."""

    CLAIM = "claim"
    SAYS = "says"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    ``text`` is the question as typed, ``claim`` the part that an article must say (of which
    ``terms`` are the content terms), ``source`` the words that name who is said to say it,
    empty when nobody is named. ``stance`` is None unless the question asks for one.
    ``open_slot`` is the question word that stands for what the asker does not know ("who",
    "how many"), empty for a plain claim. ``polar`` tells a question to be answered by yes or no:
    there a denial is an answer too.
    """

    text: str
    asked: Asked
    claim: str
    terms: tuple[Term, ...]
    source: str = ""
    source_terms: tuple[Term, ...] = ()
    stance: Stance | None = None
    negated: bool = False
    open_slot: str = ""
    polar: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to look for."""
        return not self.terms and not self.source_terms


_LONG_SOURCE = 5
"""A longer subject of "says" is believed only before "that"."""

_LONGEST = 600
"""Characters of a pasted message that are read; a claim is said in its first sentences."""

_SAYING = {
    Stance.DENIES: "deny denies denied denying rejected rejects reject dispute disputes disputed "
    "dismissed dismisses dismiss refutes refuted",
    Stance.CONFIRMS: "confirm confirms confirmed confirming verify verified verifies",
    Stance.WARNS: "warn warns warned",
    Stance.ALLEGES: "allege alleges alleged accuse",
    Stance.SAYS: "say says said saying tell tells told state states stated add added announce "
    "announces announced declare declared report reports reported write writes wrote claim claims "
    "claimed argue argued admit admits admitted acknowledge acknowledged insist insisted insists "
    "think thinks thought believe believes believed suggest suggested suggests explain explained "
    "predict predicted estimate estimated conclude concluded promise promised promises vow vowed "
    "reveal revealed disclose disclosed",
}
_STANCES = {word: stance for stance, line in _SAYING.items() for word in line.split()}
_CUE = "|".join(sorted(_STANCES, key=len, reverse=True))
_ASKS = {**_STANCES, "comment": Stance.SAYS}

_NOISE = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|so|well|um+|please|pls|quick question|question|fact.?check|"
    r"rumou?r has it|breaking|rt|fyi|btw|lol|wow|wait|and|but)\b[\s,:!.-]*"
    r"|(?:can|could|would) (?:you|anyone|somebody|someone) (?:please )?"
    r"(?:tell me|find out|check|confirm|verify|say)(?: (?:if|whether|that|about))?\b\s*"
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
    r"really|source|sources|who says(?: so| that| this)?|who said (?:that|so|this|it)|"
    r"says who|anyone|any source|according to whom|please|pls|thanks|thank you|lol))?[\s?!.…]*$",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"^(?:who|which \w+(?: \w+)?|what (?:source|outlet|paper|official|agency|person|minister)s?|"
    rf"according to (?:whom|who)|whose (?:word|claim) is it)"
    rf"(?:\s+(?:has|have|was it that|is it that|is|was|else|first|originally|actually|all))*"
    rf"(?:\s+(?P<cue>{_CUE}|is saying|is claiming|is reporting|denying|confirming))?"
    rf"(?P<that>\s+that)?\b[\s,:]*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WHAT_SAYS = re.compile(
    r"^(?:what|which things|anything|how (?:many|much|long|far|old|big)|where|when|why|how)"
    r"(?:\s+else)?(?:\s+exactly)?\s+"
    r"(?:(?:do|does|did|has|have|had|is|was|are|were|would|will)\s+(?P<who>.+?)\s+"
    rf"(?:(?:to\s+)?(?P<cue>{_CUE}|claiming|denying|reporting|comment|warn of))"
    rf"|(?P<who2>.+?)\s+(?P<cue2>{_CUE}))"
    r"(?:(?:\s+(?:about|of|on|regarding|over|to|concerning|when asked(?: (?:about|if|whether))?)"
    r"\b)?\s+(?P<topic>.*?))?"
    r"(?:\s+(?:today|now|so far|lately|yesterday|this week))?[\s?!.]*$",
    re.IGNORECASE | re.DOTALL,
)
_VIEW = re.compile(
    r"^(?:what(?:'s|’s| is| was| are)?\s+)?(?P<who>.+?)(?:['’]s?)\s+"
    r"(?:view|position|take|response|reaction|comment|comments|statement|word|words|answer|opinion)"
    r"s?\b(?:\s+(?:about|of|on|regarding|to)\b\s*(?P<topic>.*?))?[\s?!.]*$",
    re.IGNORECASE,
)
_DID_SAY = re.compile(
    rf"^(?:did|does|do|has|have|had|is|was)\s+(?P<who>.+?)\s+(?:really\s+|actually\s+|ever\s+)?"
    rf"(?P<cue>{_CUE}|denying|claiming|saying)\b(?P<that>\s+that\b)?\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_WHO_SAYS = re.compile(
    rf"^(?P<who>[^,;:]{{2,80}}?)\s+(?:has\s+|have\s+|had\s+|also\s+|now\s+)?(?P<cue>{_CUE})\b"
    rf"(?P<that>\s+(?:on \w+day\s+)?that\b)?(?:,)?\s+(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ACCORDING = re.compile(
    r"^(?:according to|per|citing)\s+(?P<who>[^,]{2,80}),\s*(?P<rest>.+)$"
    r"|^(?P<rest2>.+?),?\s+(?:according to|citing)\s+(?P<who2>[^,.?!]{2,80})[.?!]?$",
    re.IGNORECASE | re.DOTALL,
)
_INVERTED = re.compile(
    r"^(?P<rest>.{12,}?)(?:,|\s-|:)?\s+(?P<cue>says|said|say)\s+(?P<who>[^,]{2,60})$",
    re.IGNORECASE | re.DOTALL,
)
_TRAILING = re.compile(
    rf"^(?P<rest>.{{12,}}?),[\"”]?\s+(?P<who>[^,]{{2,60}}?)\s+(?P<cue>{_CUE})[.?!]?$",
    re.IGNORECASE | re.DOTALL,
)
_OPEN = re.compile(
    r"^(?:(?P<count>how (?:many|much|big|large|long|far|old|often))"
    r"|(?P<when>when|what (?:day|time|date))"
    r"|(?P<where>where|in which \w+)|(?P<how>how|why)|(?P<who>whose|whom)"
    r"|(?P<what>which|what))\b\s*",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(who|what|where|when|how|why)['’]s\b", re.IGNORECASE)
_FROM_WHERE = re.compile(
    r"^where (?:does|did|do) (?P<claim>.{8,}) (?:come|stem|originate) from\W*$", re.IGNORECASE
)
_EDGES = " \t\"“”'‘’*_>#-?"
_ASIDE = re.compile(r"\s*(?:[,:;?!]+\s|\s[-–—]+\s|<<|>>|\?\?+|\band (?=citing|who|whose|where))")
_SENTENCE_END = re.compile(r"(?<=[?!])\s+|(?<=\w\w\.)\s+(?=[A-Za-z])")
_POLAR = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|should)\b", re.IGNORECASE
)
_NEGATIONS = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|cannot|without|n['’]t)\b|n['’]t\b", re.IGNORECASE
)
_NEVER_IN_SOURCE = {
    "or",
    "but",
    "if",
    "why",
    "how",
    "what",
    "who",
    "when",
    "is",
    "are",
    "was",
    "were",
}
_NEVER_IN_SOURCE |= {"not", "did", "does", "do", "will", "would", "has", "have", "had", "that"}
_PRONOUN = {"he", "she", "they", "it", "you", "we", "i", "anyone", "someone", "that", "this"}


def read_question(text: str) -> Query:
    """Return what ``text`` asks; an empty or wordless text gives an empty query."""
    asked = " ".join(text.replace("\x00", " ").split())
    asked = _IS.sub(r"\1 is", asked)
    core = _without_noise(_of_several(_first_sentences(asked)))
    return (
        _read_what_someone_says(asked, core)
        or _read_who_says(asked, core)
        or _read_said_by(asked, core)
        or _plain(asked, core)
    )


def negated(text: str) -> bool:
    """Tell whether the words hold a negation ("not", "never", "didn't")."""
    return bool(
        _NEGATIONS.search(re.sub(r"\b(?:no (?:fewer|less|more) than|not only)\b", "", text))
    )


def _first_sentences(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0]


def _without_noise(text: str) -> str:
    core = text.strip(_EDGES)
    if match := _FROM_WHERE.match(core):
        core = match["claim"]
    while (shorter := _NOISE.sub("", core, count=1).lstrip(" \"“'‘,:")) != core and shorter:
        core = shorter
    core = _TAIL.sub("", core) or core
    while (shorter := _without_aside(core)) != core:
        core = shorter
    return core.strip(_EDGES)


def _without_aside(text: str) -> str:
    """Drop a last part that only asks who says so ("- says who", ", why?", "?? his answer")."""
    parts = list(_ASIDE.finditer(text))
    if not parts or not parts[-1].start():
        return text
    last = [match.group().lower() for match in TOKEN.finditer(text[parts[-1].end() :])]
    if all(word in words("stopwords") or word in words("asking_words") for word in last):
        return text[: parts[-1].start()].rstrip()
    return text


def _of_several(text: str) -> str:
    """Return of several sentences the one that asks who says so, else all."""
    parts = [part for part in _SENTENCE_END.split(text) if part.strip()]
    asking = [
        part for part in parts if (match := _WHO.match(part)) and match["cue"] and match["rest"]
    ]
    return asking[-1] if len(parts) > 1 and asking and read_terms(asking[-1]) else text


def _read_what_someone_says(asked: str, core: str) -> Query | None:
    match = _WHAT_SAYS.match(core)
    if match:
        who, cue = match["who"] or match["who2"], match["cue"] or match["cue2"]
        topic = match["topic"] or ""
    else:
        match = _VIEW.match(core)
        if match is None:
            return None
        who, cue, topic = match["who"], "says", match["topic"] or ""
    if not _names_someone(who):
        return None
    stance = _stance(cue)
    wanted = None if stance is Stance.SAYS else stance
    return _query(asked, Asked.SAYS, topic, source=who, stance=wanted)


def _read_who_says(asked: str, core: str) -> Query | None:
    match = _WHO.match(core)
    if match is None or not (match["cue"] or core.lower().startswith("according")):
        return None
    rest = match["rest"].strip()
    stance = _stance(match["cue"] or "says")
    return _query(
        asked, Asked.WHO, rest, stance=None if stance is Stance.SAYS else stance, open_slot="who"
    )


def _read_said_by(asked: str, core: str) -> Query | None:
    for pattern in (_ACCORDING, _DID_SAY, _WHO_SAYS, _TRAILING, _INVERTED):
        match = pattern.match(core)
        if match is None:
            continue
        parts = match.groupdict()
        who = parts["who"] or parts.get("who2") or ""
        rest = parts["rest"] or parts.get("rest2") or ""
        if not _names_someone(who) or not rest or _is_object(pattern, parts):
            continue
        if pattern is _WHO_SAYS and len(who.split()) > _LONG_SOURCE and not parts.get("that"):
            continue
        stance = _stance(parts.get("cue") or "says")
        return _query(
            asked, Asked.CLAIM, rest, source=who, stance=None if stance is Stance.SAYS else stance
        )
    return None


def _is_object(pattern: re.Pattern[str], parts: dict[str, str | None]) -> bool:
    """Tell "the bank reported losses" (a deed) from "the bank said that it lost" (a claim).

    Without "that" only verbs that always tell words are trusted.
    """
    if pattern in {_ACCORDING, _TRAILING, _INVERTED} or parts.get("that"):
        return False
    telling = {"say", "says", "said", "saying", "deny", "denies", "denied", "denying"}
    telling |= {"confirm", "confirms", "confirmed", "warn", "warns", "warned"}
    return (parts["cue"] or "").lower() not in telling


def _plain(asked: str, core: str) -> Query:
    match = _OPEN.match(core)
    if match is None and core.lower().startswith("who "):
        return _query(asked, Asked.CLAIM, core[4:], open_slot="who")
    if match is None:
        return _query(asked, Asked.CLAIM, core)
    slot = next(name for name, found in match.groupdict().items() if found)
    return _query(asked, Asked.CLAIM, core[match.end() :], open_slot=slot)


def _query(  # noqa: PLR0913 - the parts of a question, each named
    asked: str,
    kind: Asked,
    claim: str,
    *,
    source: str = "",
    stance: Stance | None = None,
    open_slot: str = "",
) -> Query:
    claim = claim.strip(" \t\"“”'‘’?!.,")
    source = re.sub(r"^the\s+(?=[A-Z])", "", source.strip(" \t\"“”'‘’?!.,"))
    terms = read_terms(claim)
    if not terms and kind is Asked.WHO:
        kind = Asked.CLAIM
    return Query(
        text=asked,
        asked=kind,
        claim=claim,
        terms=terms,
        source=source,
        source_terms=read_terms(source),
        stance=stance,
        negated=negated(claim),
        open_slot=open_slot,
        polar=bool(_POLAR.match(asked)) or "?" in asked,
    )


def _names_someone(who: str) -> bool:
    """Tell whether words before a verb of speech can be a source: a short group of words."""
    said = who.lower().split()
    if not said or len(said) > 9 or who.lower() in _PRONOUN:
        return False
    if set(said) & _NEVER_IN_SOURCE or _SENTENCE_END.search(who) or "?" in who:
        return False
    return any(term.weight > 0.5 or term.kind is TermKind.NAME for term in read_terms(who))


def _stance(cue: str) -> Stance:
    word = cue.lower().split()[-1]
    for ending in ("", "ing"):
        if word.removesuffix(ending) in _ASKS:
            return _ASKS[word.removesuffix(ending)]
    return Stance.SAYS
