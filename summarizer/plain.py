"""Plain words -> the command that they mean: "who said that?" -> ``source ...``.

Rules over the shape of what was typed; the words of a thread's root serve as what "that" means.
What the commands do, and whether they may be given, is for the shell.
"""

from __future__ import annotations

import difflib
import re
from functools import cache

from summarizer.lexicon import entries
from summarizer.question import read_question
from summarizer.terms import read_terms

COMMANDS = (
    "source",
    "entity",
    "story",
    "brief",
    "digest",
    "search",
    "follow",
    "unfollow",
    "feeds",
    "schedule",
    "why",
    "status",
    "help",
)
"""The first words of the commands that plain words can mean."""

_WITHOUT_WORDS = frozenset({"digest", "status", "help"})

_CONTEXT_CHARACTERS = 300
_MENTION = re.compile(r"<[@#!][^>]*>|^\s*@?whosaid\b[\s,:]*", re.IGNORECASE)
_OPENER = re.compile(
    r"^(?:(?:and|but|so|ok|okay|hey|hi|hello|well|please|pls|then|also|now)\b[\s,]*"
    r"|(?:can|could|would) you (?:please )?(?:tell me|show me|say)?\s*"
    r"|i (?:want|would like) to know\s*)+",
    re.IGNORECASE,
)
_THAT = r"(?:that|this|it|so|these|those|the claim)"

_WHO_SAID = re.compile(
    rf"^(?:who(?:\s+\w+)?\s+(?:said|says|claims?|claimed|reported|reports|told (?:you|them|us))"
    rf"(?:\s+{_THAT})?|says who|said by who(?:m)?|according to who(?:m)?|sources?"
    rf"|source (?:pls|please)|(?:any|what(?:['’]?s| is) the) sources?(?:\s+(?:for|of)\s+{_THAT})?"
    rf"|proof|citation(?: needed)?|where(?:['’]?s| is| does| did) {_THAT}(?: come)? from"
    rf"|who else (?:says|said|reports) {_THAT}|is (?:that|this|it) (?:true|right|confirmed|real)"
    rf"|really|how do (?:you|we) know(?: {_THAT})?|whose words (?:are|were) {_THAT}"
    rf"|who (?:is|was) the source(?: (?:of|for) {_THAT})?)$",
    re.IGNORECASE,
)
_ONLY_THAT = re.compile(rf"^{_THAT}$", re.IGNORECASE)
_WHO_DENIES = re.compile(
    rf"^(?:who|anyone|anybody|(?:does|did|has|is) (?:anyone|anybody)|someone)\s+"
    rf"(?:else\s+)?(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)|disagree[sd]?(?: with)?|"
    rf"reject(?:s|ed)?|contradict(?:s|ed)?)(?:\s+{_THAT})?$|^denied by who(?:m)?$",
    re.IGNORECASE,
)
_WHO_CONFIRMS = re.compile(
    r"^(?:who|anyone|anybody|(?:does|did|has|is) (?:anyone|anybody))\s+"
    r"(?:else\s+)?"
    rf"(?:confirm(?:s|ed|ing)?|verif(?:y|ies|ied)|back(?:s|ed)? up)(?:\s+{_THAT})?$"
    rf"|^confirmed by who(?:m)?$|^is {_THAT} confirmed(?: by any(?:one|body))?$",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    rf"^(?P<start>(?:did|does|do|has|have|what|how|when|why)\b.*?)"
    rf"\s+(?:(?P<link>about|of|on|to|for)\s+)?{_THAT}$",
    re.IGNORECASE,
)
_WHY_ASKED = re.compile(
    r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should)(?:n['’]t)?\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+")


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return (pattern, command) for each line of the list, in its order."""
    shapes = []
    for line in entries("plain_words"):
        command, _, words = line.partition(": ")
        opening = re.escape(words.removesuffix(" ...")).replace("'", "['’]")
        rest = r"\s+(?P<rest>.+)" if words.endswith(" ...") else ""
        shapes.append((re.compile(f"{opening}{rest}", re.IGNORECASE | re.DOTALL), command))
    return tuple(shapes)


def read_plain(typed: str, context: str = "") -> str | None:
    """Return the command that plain words mean, or None when they mean none.

    ``context`` is what the words were said under (a quoted message, or a mark that stands for
    a story or a sentence); "that" means it. Words that are a command already come back as they
    stand.
    """
    words = _bare(typed)
    if _is_command(words) and not _is_question(typed):
        return words
    core = _core(words)
    return read_pointing(core, context) or _shaped(core) or _claim(core, words, context)


def read_pointing(typed: str, context: str) -> str | None:
    """Return the command of words that point at ``context``; None for other words."""
    about = " ".join(context.split())[:_CONTEXT_CHARACTERS]
    return _pointing(_core(_bare(typed)), about) if about else None


def points(typed: str) -> bool:
    """Tell whether words mean something only under something else ("who said that?")."""
    return read_pointing(typed, "something") is not None


def _core(words: str) -> str:
    """Return words without the politeness before them and the marks at their ends."""
    return _OPENER.sub("", words).strip(" ?!.,") or words.strip(" ?!.,")


def _is_command(words: str) -> bool:
    """Tell whether the first word is a command's name, and what follows may be its words."""
    head, _, rest = words.partition(" ")
    first = head.lower().partition(":")[0]
    if first not in COMMANDS:
        return False
    if first == "why" and _WHY_ASKED.match(rest):
        return "://" in rest
    return not rest or first not in _WITHOUT_WORDS


def nearest_commands(typed: str) -> tuple[str, str]:
    """Return the two commands whose use is most like the words, for help."""
    words = set(_bare(typed).lower().split())
    scored = sorted(COMMANDS, key=lambda name: -_closeness(name, words))
    return scored[0], scored[1]


_HINTS = {
    "source": "who said says claim source true confirmed denied according quote did does is",
    "entity": "who person company country about profile minister president",
    "search": "find look articles mention word about any",
    "story": "story happened latest timeline news event",
    "digest": "digest today news briefing headlines",
    "help": "help how can use commands",
}


def _closeness(name: str, words: set[str]) -> float:
    hints = set(_HINTS.get(name, "").split())
    typo = max(
        (difflib.SequenceMatcher(None, name, word).ratio() for word in words if len(word) > 2),
        default=0.0,
    )
    return len(hints & words) + (2 * typo if typo > 0.7 else 0) + (0.1 if name in _HINTS else 0)


def _bare(typed: str) -> str:
    return _MENTION.sub(" ", typed.replace("\x00", " ")).strip().removeprefix("/").strip()


def _is_question(typed: str) -> bool:
    return typed.rstrip().endswith("?")


def _pointing(core: str, about: str) -> str | None:
    """Read words that point at what they were said under."""
    if _WHO_SAID.match(core) or _ONLY_THAT.match(core) or _WHO_CONFIRMS.match(core):
        return f"source {about}"
    if _WHO_DENIES.match(core):
        return f"source who denies that {about}"
    match = _POINTS_BACK.match(core)
    return f"source {match['start']} {match['link'] or 'that'} {about}" if match else None


def _shaped(core: str) -> str | None:
    for pattern, command in _shapes():
        match = pattern.fullmatch(core)
        if match is None:
            continue
        rest = match.groupdict().get("rest") or ""
        if command == "why":
            found = _ADDRESS.search(rest)
            rest = found.group() if found else ""
        elif command == "entity":
            rest = _described(rest)
        if rest or "rest" not in match.groupdict():
            return f"{command} {rest}".strip()
    return None


def _described(words: str) -> str:
    """Return the name or short description in "who is X"; nothing where a deed is told of X."""
    terms = read_terms(words)
    short = 0 < len(terms) <= 4 and len(words.split()) <= 6
    if not short or any(term.acts for term in terms if not term.capital):
        return ""
    return words.removeprefix("the ")


def _claim(core: str, words: str, context: str) -> str | None:
    """Take a claim or question as one to find the source of; a lone name as an entity."""
    if re.match(r"^https?://\S+$", core):
        return f"brief {core}"
    query = read_question(words)
    telling = [term for term in (*query.terms, *query.source_terms) if term.weight >= 1]
    if query.source and not query.claim and context and query.stance:
        about = " ".join(context.split())[:_CONTEXT_CHARACTERS]
        return f"source {words.strip(' ?!.')} that {about}"
    if len(telling) >= 2 or (telling and query.source):
        alone = not query.source and all(word[:1].isupper() for word in core.split())
        return f"entity {core}" if alone and len(core.split()) <= 4 else f"source {words}"
    if not telling or len(core.split()) > 2:
        return None
    return f"{'entity' if core[:1].isupper() else 'search'} {core}"
