"""Text that becomes a command: evaluated code, SQL and shell lines that are built from values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.analysis.rules.lib.calls import ECMASCRIPT, Call, call_sites, holds, option, short
from bot.analysis.rules.lib.text import built, constant, harmless, is_fixed, parts
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node

# ------------------------------------------------------------------ code


_COMPILED = frozenset({b"bytecode", b"co", b"code", b"code_object", b"codeobj"})


def _evaluates(call: Call, context: Context) -> Iterable[Found]:
    first = call.argument(0)
    if context.language in ("python", "php", "ruby") and b"." in call.path:
        return ()  # a method of that name: a model's eval(), a data frame's
    if call.name == b"Function":
        values = call.arguments() if call.node.type == "new_expression" else []
        first = values[-1] if values else None
    if first is None or is_fixed(first, context):
        return ()
    if context.text(first) in _COMPILED and context.text(call.argument(1)).endswith(b".__dict__"):
        return ()  # no text any more: what loads modules does that
    if call.name in (b"setTimeout", b"setInterval") and not built(first, context):
        return ()  # a function, most likely
    return [Found(call.node, call.name.decode("ascii", "replace"))]


EVAL_OF_TEXT = Rule(
    "eval-of-text",
    "security",
    "warning",
    "Text is evaluated as code",
    "Do not run text as code: {detail} runs whatever the text holds; parse the data or call a function instead.",
    call_sites(
        {
            "python": ("eval", "exec"),
            ECMASCRIPT: ("eval", "Function", "setTimeout", "setInterval", "execScript"),
            "ruby": ("eval",),
            "elixir": ("Code.eval_string",),
            "csharp": ("CSharpScript.EvaluateAsync", "CSharpScript.RunAsync"),
        },
        _evaluates,
        dict.fromkeys(
            ECMASCRIPT,
            (
                *(b"eval(", b"Function(", b"execScript("),
                *(
                    b'setTimeout("',
                    b"setTimeout('",
                    b"setTimeout(`",
                    b'setInterval("',
                    b"setInterval('",
                    b"setInterval(`",
                ),
            ),
        ),
    ),
)

# ------------------------------------------------------------------ SQL

_STATEMENT = re.compile(
    rb"(?is)\A\s*(?:\(\s*)?(?:select\b.*\bfrom\b|insert\s+into\b|update\b.*\bset\b|delete\s+from\b|replace\s+into\b"
    rb"|with\b.*\bselect\b)"
)
_VERBS = (
    *(b"SELECT ", b"SELECT\n", b"INSERT INTO", b"UPDATE ", b"DELETE FROM", b"REPLACE INTO"),
    *(b"select * from", b"insert into", b"delete from", b" where "),
)
_VALUE_PLACE = re.compile(rb"(?i)(?:[=<>]|\blike|\bvalues\s*\(|\bbetween|[=<>(,]\s*'[^']*|\blike\s+'[^']*)\s*\Z")


def _runs_sql(call: Call, context: Context) -> Iterable[Found]:
    for argument in call.arguments()[:2]:
        found = parts(argument, context)
        before = b""
        for part in found:
            if part.value is None:
                before = (before + part.text)[-200:]
            elif _VALUE_PLACE.search(before) and not harmless(part.value, context):
                if _STATEMENT.match(b" ? ".join(piece.text for piece in found)[:2000]):
                    return [Found(argument)]
                break
            else:
                before += b"x"
    return ()


SQL_FROM_TEXT = Rule(
    "sql-from-text",
    "security",
    "error",
    "An SQL statement is built from values",
    "Pass the values as parameters of the statement: built into its text, a value can change what the statement does.",
    call_sites(
        {
            "python": ("execute", "executemany", "executescript", "raw", "read_sql", "read_sql_query", "text", "fetch"),
            ECMASCRIPT: ("query", "execute", "raw", "$queryRawUnsafe", "$executeRawUnsafe", "all", "run", "exec"),
            "ruby": ("execute", "exec_query", "find_by_sql", "select_all", "where", "exec", "query", "exec_params"),
            "go": ("Query", "QueryRow", "Exec", "QueryContext", "QueryRowContext", "ExecContext", "Raw", "Prepare"),
            "java": (
                "executeQuery",
                "executeUpdate",
                "execute",
                "addBatch",
                "prepareStatement",
                "createQuery",
                "createNativeQuery",
                "queryForObject",
                "queryForList",
            ),
            "kotlin": (
                *("rawQuery", "execSQL", "executeQuery", "executeUpdate", "prepareStatement"),
                *("createQuery", "createNativeQuery", "queryForObject", "queryForList"),
            ),
            "swift": ("sqlite3_exec", "sqlite3_prepare", "sqlite3_prepare_v2", "executeQuery", "executeUpdate"),
            "scala": ("executeQuery", "executeUpdate", "prepareStatement"),
            "elixir": ("query",),
            "csharp": (
                *(
                    f"{name}Command"
                    for name in ("Sql", "MySql", "Npgsql", "Sqlite", "SQLite", "OleDb", "Odbc", "Oracle")
                ),
                *("ExecuteSqlRaw", "ExecuteSqlRawAsync", "FromSqlRaw", "SqlQueryRaw"),
            ),
        },
        _runs_sql,
        dict.fromkeys(
            ("python", *ECMASCRIPT, "ruby", "go", "java", "kotlin", "swift", "scala", "elixir", "csharp"), _VERBS
        ),
    ),
)

# ------------------------------------------------------------------ shell lines

_SHELLS = frozenset({b"sh", b"bash", b"zsh", b"dash", b"ksh", b"cmd", b"cmd.exe", b"powershell", b"pwsh"})
_SHELL_FLAGS = frozenset({b"-c", b"-lc", b"-ec", b"-xc", b"/c", b"/C", b"-Command"})


def _shell_list(values: list[Node], context: Context) -> Node | None:
    """The line in `sh`, `-c`, LINE, if it is built from values."""
    if len(values) < 3:
        return None
    program, flag = constant(values[0], context), constant(values[1], context)
    if program is None or program.rpartition(b"/")[2] not in _SHELLS or flag not in _SHELL_FLAGS:
        return None
    return values[2] if built(values[2], context) else None


def _runs_shell(call: Call, context: Context) -> Iterable[Found]:
    """A command that a shell reads, in one text with values in it; or such a text for a shell that is called."""
    first = call.argument(0)
    if first is None:
        return ()
    if context.language == "python" and call.path.endswith(_SUBPROCESS):
        shell = call.keyword(b"shell", context)
        if first.type == "list":
            line = _shell_list(first.named_children[:4], context)
            return [Found(line)] if line is not None else ()
        if shell is None or short(shell, context) != b"True":
            return ()
    if context.language == "ruby" and len(call.arguments()) > 1:
        line = _shell_list(call.arguments(), context)  # words apart: no shell reads them
        return [Found(line)] if line is not None else ()
    if context.language == "elixir" and call.name == b"cmd" and len(call.arguments()) > 1:
        words = call.arguments()[1]
        line = _shell_list([first, *words.named_children[:4]], context) if words.type == "list" else None
        return [Found(line)] if line is not None else ()
    if context.language in ECMASCRIPT and not _child_process(call, context):
        return ()
    return [Found(first)] if built(first, context) else ()


_SUBPROCESS = (b"run", b"Popen", b"call", b"check_call", b"check_output")


def _child_process(call: Call, context: Context) -> bool:
    if call.name in (b"spawn", b"spawnSync", b"execFile", b"execFileSync"):
        shell = next((found for value in call.arguments()[1:] if (found := option(value, b"shell", context))), None)
        return shell is not None and short(shell, context) != b"false"
    return holds(context, b"child_process") and (
        b"." not in call.path or b"process" in call.path or b"cp." in call.path
    )


def _go_command(call: Call, context: Context) -> Iterable[Found]:
    values = call.arguments()
    line = _shell_list(values[1:] if call.name == b"CommandContext" else values, context)
    return [Found(line)] if line is not None else ()


def _java_exec(call: Call, context: Context) -> Iterable[Found]:
    if not call.text.endswith((b"getRuntime().exec", b"runtime.exec", b"rt.exec")):
        return ()
    first = call.argument(0)
    return [Found(first)] if first is not None and built(first, context) else ()


def _backticks(node: Node, context: Context) -> Iterable[Found]:
    return [Found(node)] if built(node, context) else ()


def _with_backticks(calls: Site) -> Site:
    """Ruby's `...` and %x(...) beside its calls."""
    return replace(calls, also=(Site(("subshell",), _backticks),))


_SHELL_SITES: dict[str, Site] = {
    **call_sites(
        {
            "python": (
                *("os.system", "os.popen", "commands.getoutput", "subprocess.getoutput", "subprocess.getstatusoutput"),
                *(f"subprocess.{name.decode()}" for name in _SUBPROCESS),
                *("asyncio.create_subprocess_shell",),
            ),
            ECMASCRIPT: ("exec", "execSync", "spawn", "spawnSync", "execFile", "execFileSync"),
            "ruby": ("system", "exec", "spawn", "IO.popen", "Open3.capture2", "Open3.capture3", "Open3.capture2e"),
            "elixir": ("System.cmd", "System.shell", "os.cmd"),
        },
        _runs_shell,
        {
            "python": (b"os.system", b"popen", b"getoutput", b"subprocess", b"create_subprocess_shell"),
            **dict.fromkeys(ECMASCRIPT, (b"child_process",)),
        },
    ),
    **call_sites({"go": ("exec.Command", "exec.CommandContext")}, _go_command),
    **call_sites({("java", "kotlin"): ("exec",)}, _java_exec, dict.fromkeys(("java", "kotlin"), (b"untime",))),
}
_SHELL_SITES["ruby"] = _with_backticks(_SHELL_SITES["ruby"])

SHELL_FROM_TEXT = Rule(
    "shell-from-text",
    "security",
    "error",
    "A shell command is built from values",
    "Run the program with its arguments as a list, without a shell: in one text, a value can add commands of its own.",
    _SHELL_SITES,
)

RULES = (EVAL_OF_TEXT, SQL_FROM_TEXT, SHELL_FROM_TEXT)
