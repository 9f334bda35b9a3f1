"""The clone search beside jscpd 5 (Rust) and 4 (JavaScript), and the index: `python -m tests.bench.bench_duplication`.

Ratios of CPU time within one run. Ours is tokens, unpacking and search; the parse and walk, which the analysis needs
anyway, are told apart. Goals: at most 1.3 x jscpd 5, at least 20 x faster than jscpd 4, 85 % of jscpd 5's lines found
and 90 % of ours confirmed; an index of 5,000 files within 15 MB, read and asked for ten files within 0.2 s.
Arguments: pairs of a language and a folder; without them Python's own library is searched.
"""

from __future__ import annotations

import gc
import shutil
import sys
import sysconfig
import tempfile
from hashlib import sha1
from pathlib import Path
from time import process_time

from bot.analysis.duplication.clones import find
from bot.analysis.duplication.index import Index, fingerprints
from bot.analysis.duplication.tokens import Tokens, unpack
from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.lines import count_lines
from bot.analysis.measure import Measurer
from tests.analysis import jscpd

TOKENS, SIMILAR = 50, 80
LARGEST = 1 << 20


def copies(language: str, root: Path, folder: Path) -> list[Path]:
    """The files to search, where nobody's ignore files and no third parties' copies lie around them."""
    suffixes = [suffix for suffix, name in SUFFIXES.items() if name == language]
    found = sorted(path for suffix in suffixes for path in root.rglob(f"*{suffix}") if path.is_file())
    wanted = [p for p in found if ".min." not in p.name and "site-packages" not in p.parts]
    wanted = [path for path in wanted if 0 < path.stat().st_size < LARGEST]
    for number, path in enumerate(wanted):
        shutil.copyfile(path, folder / f"{number:06}{path.suffix}")
    return sorted(folder.iterdir())


def tokenised(language: str, files: list[Path]) -> tuple[list[Tokens], float, float]:
    """Streams, seconds of tokens and unpacking, seconds of parse and walk."""
    measurer = Measurer(LANGUAGES[language], ())
    streams, ours, parse = [], 0.0, 0.0
    for path in files:
        data = path.read_bytes()
        start = process_time()
        measurer._walker.walk(measurer._syntax.parse(data, 60.0), data)
        walked = process_time()
        packed = measurer._tokeniser.tokenise(data, measurer._walker.comments, measurer._walker.literals)
        streams.append(unpack(packed, count_lines(data)))
        ours += process_time() - walked
        parse += walked - start
    return streams, ours, parse


def compare(language: str, root: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        files = copies(language, root, Path(name))
        size = sum(path.stat().st_size for path in files) / 1e6
        streams, tokens, parse = tokenised(language, files)
        seconds = []
        for exact, similar in ((TOKENS, None), (None, SIMILAR), (TOKENS, SIMILAR)):
            start = process_time()
            find(streams, exact=exact, similar=similar)
            seconds.append(tokens + process_time() - start)
        print(f"\n{language}: {len(files)} files, {size:.1f} MB; parse and walk {parse:.2f} s, tokens {tokens:.2f} s")
        print(f"  ours: exact {seconds[0]:.2f} s, similar {seconds[1]:.2f} s, both {seconds[2]:.2f} s")
        for tool in ("jscpd", "jscpd4"):
            if jscpd.script(tool) is None:
                print(f"  {tool}: not installed")
                continue
            told = jscpd.run(tool, Path(name), files, TOKENS)
            print(f"  {tool}: {told.seconds:.2f} s; ours (exact) takes {seconds[0] / told.seconds:.3f} of it")
            share = jscpd.agreement(jscpd.streams(language, files, everything=True), told.lines, TOKENS)
            print(f"    of its {share.theirs} lines {share.found:.1%} found")
            print(f"    of our {share.ours} lines {share.confirmed:.1%} confirmed")
        index(streams, size)


def index(streams: list[Tokens], size: float) -> None:
    built = Index()
    start = process_time()
    prints = [fingerprints(stream) for stream in streams]
    made = process_time() - start
    oids = [sha1(str(number).encode()).hexdigest() for number in range(len(prints))]
    for oid, each in zip(oids, prints, strict=True):
        built.add(oid, each)
    data = built.to_bytes()
    start = process_time()
    read = Index.from_bytes(data)
    for each in prints[:: max(1, len(prints) // 10)][:10]:
        read.candidates(each, oids, 20)
    asked = process_time() - start
    print(
        f"  index: {len(data) / 1e6:.2f} MB for {size:.1f} MB of source ({len(data) / 1e6 / size:.3f} of it), "
        f"made in {made:.2f} s, read and asked for ten files in {asked:.3f} s"
    )


def main(arguments: list[str]) -> None:
    gc.disable()
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    for language, folder in pairs or [("python", sysconfig.get_path("stdlib"))]:
        compare(language, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
