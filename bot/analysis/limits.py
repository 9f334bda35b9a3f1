"""How much one analysis may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnalysisLimits:
    """Budgets. A file over one of them is named in the report; the rest is analysed all the same."""

    file_bytes: int = 1024 * 1024
    parse_seconds: float = 3.0  # CPU time for one file's parse
    file_seconds: float = 20.0  # wall time for one file, before its child is killed
    start_seconds: float = 30.0  # wall time for a child to start and lock itself down
    memory_bytes: int = 1024 * 1024 * 1024  # address space of a child
    batch_files: int = 500  # a child is replaced after so many files
    batch_bytes: int = 32 * 1024 * 1024  # or after so much source
    batch_cpu_seconds: int = 300  # CPU time of a child in all: a backstop, far over what a batch takes
    deaths: int = 20  # children that may die in one analysis; what is left then is not analysed
    children: int = 0  # that work at once; 0: one per core
    child_bytes: int = (
        512 * 1024
    )  # of source that are worth one more child: starting it costs as much as measuring them
    require_jail: bool = True  # refuse to run where the kernel lacks Landlock or seccomp


DEFAULT = AnalysisLimits()
