"""What a page or an answer of a server can be made to do by what it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.analysis.rules.lib.assignments import Given, given_site, joined
from bot.analysis.rules.lib.calls import ECMASCRIPT, KINDS, Call, call_sites, holds, option, short
from bot.analysis.rules.lib.calls import call as call_at
from bot.analysis.rules.lib.requests import REQUEST_WORDS, from_request, is_request
from bot.analysis.rules.lib.text import built, constant, harmless, is_fixed, parts
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node

_TAG = re.compile(rb"<[a-zA-Z/!]|&\w+;")


def _markup(node: Node, context: Context) -> bool:
    """Whether text with tags is built from values, or comes straight from a request."""
    if context.language in _HOSTS and from_request(node, context):
        return True
    found = built(node, context)
    return any(_TAG.search(part.text) for part in found)


_HOSTS = (*ECMASCRIPT, "python", "ruby", "go", "php", "java")


def _writes_markup(call: Call, context: Context) -> Iterable[Found]:
    if call.name == b"html_safe":
        receiver = call.node.child_by_field_name("receiver")
        return [Found(call.node)] if receiver is not None and _markup(receiver, context) else ()
    number = 1 if call.name == b"insertAdjacentHTML" else 0
    value = call.argument(number)
    return [Found(value)] if value is not None and _markup(value, context) else ()


def _script_markup(given: Given, context: Context) -> Iterable[Found]:
    if given.name in (b"innerHTML", b"outerHTML") and given.node.type == "assignment_expression":
        return [Found(given.value)] if _markup(given.value, context) else ()
    if given.name == b"__html" and given.node.type == "pair":
        return () if _rendered(given.value, context) else [Found(given.value)]
    return ()


def _rendered(node: Node, context: Context) -> bool:
    """Whether markup is fixed, or what some function has made of something: a renderer, a sanitiser."""
    if node.type.startswith(("call", "await")) or is_fixed(node, context):
        return True
    return re.search(rb"(?i)html|render|svg|css|script|style|theme|sanit|safe", short(node, context)[:200]) is not None


def _echo(node: Node, context: Context) -> Iterable[Found]:
    """PHP's echo of a request's value."""
    values = [value for child in node.named_children[:8] for value in parts(child, context)]
    found = (part.value for part in values if part.value is not None)
    return [
        Found(value)
        for value in found
        if value.type == "subscript_expression"
        and short(value, context).startswith(b"$_")
        and from_request(value, context)
    ][:1]


HTML_FROM_TEXT = Rule(
    "html-from-text",
    "security",
    "warning",
    "Markup is built from values",
    "Let a template or the document's own functions put the value in: built into markup, it can bring a script along.",
    joined(
        {name: given_site(name, ("innerHTML", "outerHTML", "__html"), _script_markup) for name in ECMASCRIPT},
        call_sites(
            {
                ECMASCRIPT: ("document.write", "document.writeln", "insertAdjacentHTML"),
                "python": ("mark_safe", "Markup", "SafeString"),
                "ruby": ("html_safe", "raw"),
                "go": ("template.HTML", "template.JS"),
            },
            _writes_markup,
        ),
        {"php": Site(("echo_statement",), _echo, (rb"\$_(?:GET|POST|REQUEST|COOKIE)\b",))},
    ),
)


def _redirects(call: Call, context: Context) -> Iterable[Found]:
    values = call.arguments()
    if call.name == b"header":
        found = parts(values[0], context) if values else []
        if not found or not found[0].text.lower().startswith(b"location:") or found[0].text.rstrip()[-1:] != b":":
            return ()
        value = found[1].value if len(found) > 1 else None
    else:
        value = values[2] if call.name == b"Redirect" and len(values) > 2 else values[-1] if values else None
    if value is None or not _whole(value, context) or not from_request(value, context):
        return ()
    if value.type in KINDS[context.language] and not is_request(call_at(value, context).text + b"(", context):
        return ()  # a function makes an address of it
    return [Found(value)]


def _whole(node: Node, context: Context) -> bool:
    """Whether the value is the beginning of the address; behind a fixed one it can do less."""
    first = next((part for part in parts(node, context) if part.text or part.value is not None), None)
    return first is not None and first.value is not None and not harmless(first.value, context)


OPEN_REDIRECT = Rule(
    "open-redirect",
    "security",
    "warning",
    "A request says where it is sent on to",
    "Send on only to paths of your own: otherwise a link to your site can end at anybody's.",
    call_sites(
        {
            "python": ("redirect", "HttpResponseRedirect", "RedirectResponse"),
            ECMASCRIPT: ("res.redirect", "response.redirect", "ctx.redirect"),
            "ruby": ("redirect_to",),
            "go": ("http.Redirect",),
            "java": ("sendRedirect",),
            "php": ("header",),
        },
        _redirects,
        REQUEST_WORDS,
    ),
)


def _cors(call: Call, context: Context) -> Iterable[Found]:
    if context.language == "python":
        origins = call.keyword(b"allow_origins", context) or call.keyword(b"origins", context)
        with_them = call.keyword(b"allow_credentials", context) or call.keyword(b"supports_credentials", context)
    else:
        origins, with_them = (
            option(call.argument(0), b"origin", context),
            option(call.argument(0), b"credentials", context),
        )
    if origins is None or with_them is None or short(with_them, context) not in (b"true", b"True"):
        return ()
    text = re.sub(rb"\s", b"", short(origins, context))
    return [Found(call.node)] if re.fullmatch(rb"\[?[\"'`](?:\*|\.\*)[\"'`]\]?|true", text) else ()


CORS_ANY_ORIGIN = Rule(
    "cors-any-origin",
    "security",
    "error",
    "Every site may act for the signed-in user",
    "Name the origins that may send credentials: with any origin, any page can read answers meant for the user.",
    call_sites({"python": ("CORS", "add_middleware", "CORSMiddleware"), ECMASCRIPT: ("cors",)}, _cors),
)


def _debugs(call: Call, context: Context) -> Iterable[Found]:
    if context.language == "php":
        values = call.arguments()
        on = len(values) > 1 and short(values[1], context).strip(b"\"'").lower() in (b"1", b"on", b"true")
        return [Found(call.node)] if on and constant(values[0], context) == b"display_errors" else ()
    flag = call.keyword(b"debug", context)
    on = flag is not None and short(flag, context) == b"True"
    return (
        [Found(flag)] if flag is not None and on and any(holds(context, name) for name in (b"flask", b"bottle")) else ()
    )


DEBUG_MODE = Rule(
    "debug-mode",
    "security",
    "warning",
    "A debugger for everybody",
    "Take debug mode from the environment, off by default: it shows the source, and may run code, for any visitor.",
    call_sites(
        {"python": ("app.run", "application.run", "bottle.run"), "php": ("ini_set",)},
        _debugs,
        {"python": (b"debug=True",)},
    ),
)


def _jwt(call: Call, context: Context) -> Iterable[Found]:
    if context.language == "go":
        return [Found(call.node)]
    if context.language == "ruby":
        third = call.argument(2)
        return [Found(call.node)] if third is not None and short(third, context) == b"false" else ()
    if context.language == "python":
        verify, options = call.keyword(b"verify", context), call.keyword(b"options", context)
        algorithms = call.keyword(b"algorithms", context) or call.keyword(b"algorithm", context)
        signed = option(options, b"verify_signature", context)
        off = any(flag is not None and short(flag, context) == b"False" for flag in (verify, signed))
    else:
        options = next(iter(call.arguments()[2:3]), None)
        algorithms = option(options, b"algorithms", context) or option(options, b"algorithm", context)
        off = False
    none = algorithms is not None and re.search(rb"(?i)[\"']none[\"']", short(algorithms, context)[:200])
    return [Found(call.node)] if off or none else ()


JWT_NOT_VERIFIED = Rule(
    "jwt-not-verified",
    "security",
    "error",
    "A token is believed without its signature",
    "Verify the signature with an algorithm that you name: otherwise anybody can write a token that says anything.",
    call_sites(
        {
            "python": ("jwt.decode", "jwt.encode"),
            ECMASCRIPT: ("jwt.verify", "jwt.sign", "jsonwebtoken.verify"),
            "ruby": ("JWT.decode",),
            "go": ("ParseUnverified",),
        },
        _jwt,
        {"python": (b"jwt",), "ruby": (b"JWT",), **dict.fromkeys(ECMASCRIPT, (b"none", b"None", b"NONE"))},
    ),
)


def _autoescape(call: Call, context: Context) -> Iterable[Found]:
    if context.language == "python":
        flag = call.keyword(b"autoescape", context)
        off = flag is not None and short(flag, context) == b"False" and holds(context, b"jinja2")
    else:
        flag = option(call.argument(1), b"noEscape", context)
        off = flag is not None and short(flag, context) == b"true"
    return [Found(call.node)] if off else ()


AUTOESCAPE_OFF = Rule(
    "autoescape-off",
    "security",
    "warning",
    "Templates do not escape",
    "Leave escaping on, and mark the few texts that are markup: without it every value can bring a script along.",
    call_sites({"python": ("Environment",), ECMASCRIPT: ("Handlebars.compile",)}, _autoescape),
)

RULES = (HTML_FROM_TEXT, OPEN_REDIRECT, CORS_ANY_ORIGIN, DEBUG_MODE, JWT_NOT_VERIFIED, AUTOESCAPE_OFF)
