"""Data that is trusted too much when it is read, and files that others may touch."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.analysis.rules.lib.calls import ECMASCRIPT, Call, call_sites, holds, option, short
from bot.analysis.rules.lib.requests import REQUEST_WORDS, from_request
from bot.analysis.rules.lib.text import constant, is_string
from bot.analysis.rules.rule import Context, Found, Rule

_SAFE_LOADERS = re.compile(rb"(?i)(?<!un)safe|base")


def _deserialises(call: Call, context: Context) -> Iterable[Found]:
    if context.language == "csharp":  # the formatter is made at one place and reads at another
        known = holds(context, b".Deserialize(") and not holds(context, b"Binder")
        return [Found(call.node, call.path.decode("ascii", "replace"))] if known else ()
    first = call.argument(0)
    if first is None or is_string(first) or (context.language == "elixir" and b"[:safe]" in short(call.node, context)):
        return ()
    text = context.data[first.start_byte : first.start_byte + 60]
    if re.search(rb"(?i)(?:pickle|marshal)\.dump|:erlang\.term_to_binary", text):  # a deep copy
        return ()
    if call.is_one_of((b"yaml.load", b"yaml.load_all")):
        loader = call.argument(1) or call.keyword(b"Loader", context)
        if loader is not None and _SAFE_LOADERS.search(short(loader, context)):
            return ()
    if call.name == b"unserialize":
        if context.language in ECMASCRIPT and not holds(context, b"node-serialize"):
            return ()
        if context.language == "php" and (b"." in call.path or call.argument(1) is not None):
            return ()
    return [Found(call.node, call.path.decode("ascii", "replace"))]


_JAVA_STREAMS = ("ObjectInputStream", "XMLDecoder")

UNSAFE_DESERIALISATION = Rule(
    "unsafe-deserialisation",
    "security",
    "warning",
    "Data is read in a form that can run code",
    "Read data with a format that only holds data (JSON): {detail} builds whatever objects the bytes ask for.",
    call_sites(
        {
            "python": (
                *("pickle.load", "pickle.loads", "cPickle.loads", "dill.loads", "dill.load", "jsonpickle.decode"),
                *("yaml.load", "yaml.load_all", "yaml.unsafe_load", "pd.read_pickle", "pandas.read_pickle"),
            ),
            ECMASCRIPT: ("unserialize",),
            "ruby": ("Marshal.load", "Marshal.restore", "YAML.unsafe_load", "Psych.unsafe_load"),
            "java": _JAVA_STREAMS,
            "kotlin": _JAVA_STREAMS,
            "scala": _JAVA_STREAMS,
            "php": ("unserialize",),
            "csharp": ("BinaryFormatter", "SoapFormatter", "NetDataContractSerializer", "LosFormatter"),
            "elixir": ("erlang.binary_to_term",),
        },
        _deserialises,
        {
            "python": (b"ickle", b"yaml.", b"dill"),
            "ruby": (b"Marshal", b"unsafe_load"),
            **dict.fromkeys(ECMASCRIPT, (b"node-serialize",)),
        },
    ),
)


def _opens(call: Call, context: Context) -> Iterable[Found]:
    if context.language == "python" and b"." in call.path and call.name == b"open":
        return ()
    sends = call.name in (b"sendFile", b"sendfile", b"download")
    if sends and any(option(value, b"root", context) for value in call.arguments()[1:]):
        return ()
    return [Found(value) for value in call.arguments()[:3] if from_request(value, context)][:1]


PATH_FROM_REQUEST = Rule(
    "path-from-request",
    "security",
    "error",
    "A path comes straight from a request",
    "Take only the last part of the name, or look it up among those allowed: with `../` a request can name any file.",
    call_sites(
        {
            "python": ("open", "send_file", "FileResponse", "os.remove", "shutil.copy"),
            ECMASCRIPT: (
                *("readFile", "readFileSync", "createReadStream", "writeFile", "writeFileSync", "unlink", "unlinkSync"),
                *("sendFile", "sendfile", "download"),
            ),
            "ruby": ("File.read", "File.open", "File.new", "IO.read", "send_file", "File.delete"),
            "go": ("os.Open", "os.ReadFile", "ioutil.ReadFile", "os.Create", "os.Remove", "http.ServeFile"),
            "java": ("File", "FileInputStream", "FileReader", "Paths.get", "Path.of"),
            "php": ("file_get_contents", "readfile", "fopen", "unlink", "file"),
        },
        _opens,
        REQUEST_WORDS,
    ),
)


def _any_call(call: Call, context: Context) -> Iterable[Found]:
    if b"." not in call.path and context.language == "python":
        return ()
    return [Found(call.node, call.path.decode("ascii", "replace"))]


_C_NAMES = ("mktemp", "tmpnam", "tempnam", "tmpnam_r")

INSECURE_TEMPORARY_FILE = Rule(
    "insecure-temporary-file",
    "security",
    "warning",
    "A temporary file's name is known before the file exists",
    "Create and open the file in one step (mkstemp): between {detail} and its creation, another can put theirs there.",
    call_sites(
        {"python": ("tempfile.mktemp", "os.tempnam", "os.tmpnam"), **dict.fromkeys(("c", "cpp", "objc"), _C_NAMES)},
        _any_call,
    ),
)

_OPEN_TO_ALL = re.compile(rb"0[oO]?0?[0-7]?[0-7]{2}[2367]\Z|[0-7]{2}[2367]\Z")


def _permits(call: Call, context: Context) -> Iterable[Found]:
    for value in call.arguments()[:2]:
        text = constant(value, context) or short(value, context)
        octal = text.startswith(b"0") or is_string(value)
        if (octal and _OPEN_TO_ALL.match(text)) or text.endswith(b"S_IWOTH") or text == b"rwxrwxrwx":
            return [Found(call.node, text[-20:].decode("ascii", "replace"))]
    return ()


WORLD_WRITABLE = Rule(
    "world-writable",
    "security",
    "warning",
    "A file that everybody may write",
    "Give the file to its owner and group alone: with {detail}, every account of the machine can change it.",
    call_sites(
        {
            "python": ("os.chmod", "os.fchmod", "chmod"),
            ECMASCRIPT: ("chmod", "chmodSync", "fchmod", "fchmodSync"),
            "ruby": ("File.chmod", "FileUtils.chmod", "FileUtils.chmod_R"),
            "go": ("os.Chmod",),
            "java": ("PosixFilePermissions.fromString",),
            "php": ("chmod",),
            "c": ("chmod", "fchmod"),
            "cpp": ("chmod", "fchmod"),
            "objc": ("chmod", "fchmod"),
        },
        _permits,
    ),
)


def _extracts(call: Call, context: Context) -> Iterable[Found]:
    if not holds(context, b"tarfile") or call.keyword(b"filter", context) or call.keyword(b"members", context):
        return ()
    return [] if b"zip" in call.text.lower() or call.splats() else [Found(call.node)]


UNFILTERED_EXTRACTION = Rule(
    "unfiltered-extraction",
    "security",
    "info",
    "An archive is unpacked without a filter",
    'Pass filter="data": before Python 3.14 an archive may otherwise write outside of the folder.',
    call_sites({"python": ("extractall",)}, _extracts),
)

_EXTERNAL = re.compile(rb"external-(?:general|parameter)-entities|feature_external_[gp]es|SUPPORTING_EXTERNAL_ENTITIES")


def _reads_entities(call: Call, context: Context) -> Iterable[Found]:
    values = call.arguments()
    texts = [short(value, context)[:200] for value in values]
    if call.name in (b"setFeature", b"setProperty"):
        found = len(texts) > 1 and _EXTERNAL.search(texts[0]) and texts[1] in (b"true", b"True", b"Boolean.TRUE")
    elif call.name == b"XMLParser":
        flag = call.keyword(b"resolve_entities", context)
        found = flag is not None and short(flag, context) == b"True"
    elif call.name in (b"parseXml", b"parseXmlString"):
        flags = [option(value, b"noent", context) for value in values[1:]]
        found = any(flag is not None and short(flag, context) == b"true" for flag in flags)
    elif call.name == b"libxml_disable_entity_loader":
        found = texts[:1] == [b"false"]
    else:
        found = any(b"NOENT" in text for text in texts[1:])
    return [Found(call.node)] if found else ()


XML_EXTERNAL_ENTITIES = Rule(
    "xml-external-entities",
    "security",
    "error",
    "XML may name other files",
    "Leave external entities off: a document can otherwise read files and addresses that its sender cannot reach.",
    call_sites(
        {
            "python": ("XMLParser", "setFeature"),
            ECMASCRIPT: ("parseXml", "parseXmlString"),
            "ruby": ("Nokogiri.XML", "Nokogiri.XML.Document.parse"),
            "java": ("setFeature", "setProperty"),
            "php": ("libxml_disable_entity_loader", "simplexml_load_string", "simplexml_load_file", "loadXML"),
        },
        _reads_entities,
        {
            "python": (b"resolve_entities", b"external"),
            "ruby": (b"NOENT",),
            "java": (b"external-", b"EXTERNAL_ENTITIES"),
            "php": (b"NOENT", b"libxml_disable_entity_loader"),
        },
    ),
)

RULES = (
    UNSAFE_DESERIALISATION,
    PATH_FROM_REQUEST,
    INSECURE_TEMPORARY_FILE,
    WORLD_WRITABLE,
    UNFILTERED_EXTRACTION,
    XML_EXTERNAL_ENTITIES,
)
