"""Credentials: passwords written into the source, and secrets that can be guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.analysis.rules.lib.assignments import Given, given_sites
from bot.analysis.rules.lib.calls import ECMASCRIPT, KINDS, call, holds
from bot.analysis.rules.lib.text import constant
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.secrets.plausible import is_placeholder, looks_random
from bot.analysis.syntax import Node

_NAMED = re.compile(
    rb"(?i)(?:\A|.*[a-z0-9_])(?:passw(?:or)?d|passphrase|client_?secret|api_?secret|secret_?key|auth_?token|access_?token"
    rb"|api_?key)\Z"
)
_VALUE = re.compile(rb"[A-Za-z0-9!#@%^&*+=_.~-]{7,64}\Z")
_SPEAKING = re.compile(rb"(?i)passw|pwd|pass\d|secret|token|key|user|login|admin|qwert|test|demo|welcome|foo|bar")
_NAME_LIKE = re.compile(rb"[a-z0-9]+(?:[_.-][a-z0-9]+)+\Z|[A-Za-z]+\d{0,4}\Z|\d+(?:[.-]\d+)*\Z|[A-Z0-9_]+\Z")


def _hard_coded(given: Given, context: Context) -> Iterable[Found]:
    if not _NAMED.match(given.name):
        return ()
    value = constant(given.value, context)
    if value is None or not _VALUE.match(value):
        return ()
    telling = any(48 <= byte <= 57 for byte in value) and not _NAME_LIKE.match(value)
    if not telling or _SPEAKING.search(value) or is_placeholder(value):
        return ()
    if len(value) >= 16 and looks_random(value):
        return ()  # secret-generic tells it
    return [Found(given.node, given.name.decode("ascii", "replace"))]


_LANGUAGES = (
    "python",
    ECMASCRIPT,
    "ruby",
    "go",
    "java",
    "kotlin",
    "php",
    "c",
    "cpp",
    "objc",
    "swift",
    "rust",
    "scala",
    "csharp",
    "elixir",
)
_WORDS = (r"(?i)passw(?:or)?d|passphrase|(?:client|api)_?secret|secret_?key|(?:auth|access)_?token|api_?key",)

HARD_CODED_CREDENTIAL = Rule(
    "hard-coded-credential",
    "security",
    "error",
    "A password in the source",
    "Change {detail}, and read it from where secrets are kept: as it is, everyone with the source has it.",
    given_sites(_LANGUAGES, _WORDS, _hard_coded),
)

_SECRET_NAME = re.compile(
    rb"(?i)(?:\A|.*[a-z0-9_])(?:passw(?:or)?d|secret|secret_?key|session_?id|session_?key|nonce|salt|otp|csrf|csrf_?token"
    rb"|api_?key|auth_?token|access_?token|reset_?token|token|verification_?code)\Z"
)
_PYTHON_RANDOM = re.compile(rb"random\.(?:random|randint|choices?|randrange|getrandbits|sample|uniform|randbytes)\Z")
_DRAWS = {
    **dict.fromkeys(ECMASCRIPT, re.compile(rb"Math\.random\Z")),
    "python": _PYTHON_RANDOM,
    "ruby": re.compile(rb"(?:\A|Random\.|Kernel\.)rand\Z"),
    "go": re.compile(rb"rand\.(?:Int|Intn|Int31|Int31n|Int63|Int63n|Uint32|Uint64|Float64)\Z"),
    "java": re.compile(rb"Math\.random\Z|RandomStringUtils\.random\w*\Z"),
    "kotlin": re.compile(rb"Math\.random\Z|Random\.next\w+\Z"),
    "php": re.compile(rb"(?:rand|mt_rand|uniqid|lcg_value)\Z"),
}
_MEASURED = re.compile(rb"(?i)bytes|random_?string|secure")  # their arguments are lengths
_FAR = 300  # nodes of a value that are looked at


def _drawn(given: Given, context: Context) -> Iterable[Found]:
    if not _SECRET_NAME.match(given.name) or (context.language == "go" and not holds(context, b'"math/rand')):
        return ()
    kinds, draws = KINDS[context.language], _DRAWS[context.language]
    pending: list[Node] = [given.value]
    for _ in range(_FAR):
        if not pending:
            break
        node = pending.pop()
        if node.type in kinds and draws.search(call(node, context).path):
            return [Found(given.node, given.name.decode("ascii", "replace"))]
        if node.type not in kinds or not _MEASURED.search(call(node, context).name):
            pending.extend(node.named_children[:_FAR])
    return ()


WEAK_RANDOM_SECRET = Rule(
    "weak-random-secret",
    "security",
    "error",
    "A secret that can be guessed",
    "Draw {detail} from the system's source of randomness: this generator's next values follow from its last ones.",
    given_sites(
        _DRAWS, (r"Math\.random|\brand\b|\brandom\.|RandomStringUtils|Random\.next|mt_rand|uniqid|lcg_value",), _drawn
    ),
)

RULES = (HARD_CODED_CREDENTIAL, WEAK_RANDOM_SECRET)
