"""The command line: ``yigai run`` and ``yigai clean``; every error is one line, file, reason, remedy."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from yigai import __version__

EXIT_DONE, EXIT_BUG, EXIT_INPUT, EXIT_ENVIRONMENT = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 done, 1 a notebook failed, 2 bad input, 3 environment."""
    options = _parser().parse_args(arguments)
    # BLAS threads of several workers fight on few cores, and sums must not depend on their number.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    from yigai import run, store
    from yigai.corpus import BadInput

    try:
        options.command(options)
    except (BadInput, run.BadParameter) as problem:
        return _say(problem, EXIT_INPUT)
    except (store.Environment, MemoryError, OSError) as problem:
        return _say(problem, EXIT_ENVIRONMENT)
    except run.Failed as problem:
        return _say(problem, EXIT_BUG)
    except KeyboardInterrupt:
        return _say("stopped; nothing was published, run again to start over", EXIT_ENVIRONMENT)
    return EXIT_DONE


def _say(problem: object, code: int) -> int:
    message = " ".join(str(problem).split()) or type(problem).__name__
    print(f"yigai: {message}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yigai", description=__doc__)
    parser.add_argument("--version", action="version", version=f"yigai {__version__}")
    commands = parser.add_subparsers(required=True, metavar="run | clean")
    whole = commands.add_parser("run", help="all notebooks, tables and the site")
    whole.add_argument("--corpus", default="", metavar="PATH", help="folder or file of pages (default: the seeds)")
    whole.add_argument("--out", default="", metavar="DIR", help="where results go (default: outputs/<corpus name>)")
    whole.add_argument(
        "-p", dest="parameters", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"),
        help="a notebook parameter, for example -p regions '[\"liaoning\",\"hunan\"]'",
    )  # fmt: skip
    whole.add_argument("--scheduler", default="", metavar="ADDRESS", help="a dask scheduler, tcp://host:port")
    whole.set_defaults(command=_run)
    alone = commands.add_parser("clean", help="cleaning alone: <doc>.txt, documents and edits tables")
    alone.add_argument("paths", nargs="+", metavar="PATH")
    alone.add_argument("--out", required=True, metavar="DIR")
    alone.set_defaults(command=_clean)
    return parser


def progress() -> Callable[[str], None]:
    """A function that prints one line of progress with the seconds since the start, to stderr."""
    began = time.monotonic()

    def say(message: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {message}", file=sys.stderr, flush=True)

    return say


def _run(options: argparse.Namespace) -> None:
    from yigai import report

    out = Path(options.out) if options.out else report.default_out(options.corpus)
    index = report.make(options.corpus, out, options.parameters, scheduler=options.scheduler, say=progress())
    print(f"open {index}")


def _clean(options: argparse.Namespace) -> None:
    from yigai import report

    report.clean_only([Path(path) for path in options.paths], Path(options.out), say=progress())


if __name__ == "__main__":
    sys.exit(main())
