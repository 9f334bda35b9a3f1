"""From the bytes of a repository's settings files to what they mean. Pure, bounded, and it never raises.

`.sealbeat.toml` is stronger than `.codebeatsettings` and `.codebeatignore`, and these than what the operator has set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.analysis.notes import Notes
from bot.analysis.settings import codebeat, loose, sealbeat, toml
from bot.analysis.settings.model import Exclusion, RepoSettings

LIMITS: dict[str, int] = {
    codebeat.SETTINGS: loose.MAX_BYTES,
    codebeat.IGNORE: codebeat.MAX_IGNORE_BYTES,
    sealbeat.FILE: toml.MAX_BYTES,
}
"""The files, at the root of a repository, the weaker first, and how large each may be."""


def load(files: Mapping[str, bytes | None], defaults: RepoSettings) -> RepoSettings:
    """`defaults` with what the files say over them. None stands for a file that is larger than was read. Each thing
    that was not understood is a remark, with its line and what was assumed."""
    settings = defaults
    for name, limit in LIMITS.items():
        if name not in files:
            continue
        notes = Notes(name)
        data = files[name]
        if data is None or len(data) > limit:
            notes.add(0, f"the file is over {limit // 1024} KiB: nothing of it is used.")
        else:
            settings = _laid(name, data, settings, notes)
        settings = replace(settings, remarks=(*settings.remarks, *notes.remarks()))
    return settings


def _laid(name: str, data: bytes, settings: RepoSettings, notes: Notes) -> RepoSettings:
    if name == codebeat.SETTINGS:
        node = loose.read(data, notes)
        return (
            settings if node is None else replace(settings, base=codebeat.thresholds(node, notes).over(settings.base))
        )
    if name == codebeat.IGNORE:
        globs = codebeat.ignored(data, notes)
        return replace(settings, exclusions=(*settings.exclusions, Exclusion(name, globs))) if len(globs) else settings
    document = toml.read(data, notes)
    return settings if document is None else sealbeat.understand(document, settings, notes)
