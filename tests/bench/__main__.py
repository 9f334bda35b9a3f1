"""All figures of the first issue, one after the other: python -m tests.bench

Timings on a shared machine are noisy: what counts are the ratios, which each bench takes within one run.
"""

from __future__ import annotations

import subprocess
import sys

BENCHES = {
    "webhook": "durable acknowledgements per second, beside Probot (goal: 1.3 x, with a p99 below its)",
    "fetch": "fetch over SSH, beside plain git with the system's ssh (goal: at most 1.1 x)",
    "walk": "parse and walk, beside the bare parse (goal: at most 2 x)",
    "review": "webhook to completed check of ten files (goal: at most 2 s beyond the fetch)",
    "duplication": "clone search, beside jscpd 5 and 4 (goals: at most 1.3 x, at least 20 x faster)",
    "hostile": "the worst files that are accepted (goals: no child dies, at most 600 MiB)",
    "full": "the whole job beside the bare parse, lizard, one child and a warm index (goals in the module)",
    "queue": "empty jobs, and a light tenant behind a thousand heavy jobs",
}


def main() -> int:
    failed = []
    for name, what in BENCHES.items():
        print(f"\n== {name}: {what}", flush=True)
        if subprocess.run([sys.executable, "-m", f"tests.bench.bench_{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nnot measured: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
