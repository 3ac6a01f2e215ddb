"""The command line: ``yigai run`` and ``yigai clean``; every error is one line, file, reason, remedy."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from yigai import __version__

EXIT_DONE, EXIT_BUG, EXIT_INPUT, EXIT_ENVIRONMENT = 0, 1, 2, 3
#: Seconds a run that is stopped has to clear away before it can be stopped again.
GRACE = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 done, 1 a notebook failed, 2 bad input, 3 environment."""
    options = _parser().parse_args(arguments)
    # BLAS threads of several workers fight on few cores, and sums must not depend on their number.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    try:
        with _stopped_politely():
            return _carried_out(options)
    except KeyboardInterrupt:
        return _say("stopped: nothing was published; run again, measured pages are kept", EXIT_ENVIRONMENT)


def _carried_out(options: argparse.Namespace) -> int:
    from yigai import run, store
    from yigai.corpus import BadInput

    try:
        options.command(options)
    except (BadInput, run.BadParameter) as problem:
        return _say(problem, EXIT_INPUT)
    except OSError as problem:
        return _say(_system(problem), EXIT_ENVIRONMENT)
    except MemoryError:
        return _say("memory: not enough; run fewer pages at a time, or on a larger machine", EXIT_ENVIRONMENT)
    except store.Environment as problem:
        return _say(problem, EXIT_ENVIRONMENT)
    except run.Failed as problem:
        return _say(problem, EXIT_BUG)
    except Exception as problem:
        if os.environ.get("YIGAI_TRACEBACK"):
            traceback.print_exc()
        return _say(
            f"{_where(problem)}: {type(problem).__name__}: {problem}; a bug: report it with the output of "
            "the same command under YIGAI_TRACEBACK=1",
            EXIT_BUG,
        )
    return EXIT_DONE


@contextmanager
def _stopped_politely() -> Iterator[None]:
    """Let Ctrl-C, SIGTERM (a scheduler, a shutdown) and a closed terminal end the run with everything cleared away.

    Another one within GRACE seconds changes nothing, so that nobody cuts the clearing short by impatience.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = -GRACE

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        before, asked = asked, time.monotonic()
        if asked - before > GRACE:
            raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    handlers = {number: signal.getsignal(number) for number in numbers}
    heard = [number for number, handler in handlers.items() if handler is not signal.SIG_IGN]  # not under nohup
    for number in heard:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, handlers[number])


def _system(problem: OSError) -> str:
    """What the system refused, in one line with a remedy."""
    full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
    what = problem.filename or ("the disk" if full else "the system")
    remedy = "free some space, or choose another --out" if full else "mend it and run again"
    return f"{what}: {problem.strerror or problem}; {remedy}"


def _where(problem: BaseException) -> str:
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{Path(last.filename).name} line {last.lineno}"


def _say(problem: object, code: int) -> int:
    message = " ".join(str(problem).split()) or type(problem).__name__
    _print(f"yigai: {message}")
    return code


def _print(message: str) -> None:
    """Print to stderr without control characters (a file name may hold the terminal's); nobody need listen."""
    with suppress(OSError):
        print("".join(char if char.isprintable() else "?" for char in message), file=sys.stderr, flush=True)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is; exit 2."""
        sys.exit(_say(f"{message}; see {self.prog} --help", EXIT_INPUT))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="yigai", description=__doc__)
    parser.add_argument("--version", action="version", version=f"yigai {__version__}")
    commands = parser.add_subparsers(required=True, dest="run or clean", metavar="run | clean")
    whole = commands.add_parser("run", help="all notebooks, tables and the site")
    whole.add_argument("--corpus", default="", metavar="PATH", help="folder or file of pages (default: the seeds)")
    whole.add_argument("--out", default="", metavar="DIR", help="where results go (default: outputs/<corpus name>)")
    whole.add_argument(
        "-p", dest="parameters", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"),
        help="a notebook parameter, for example -p regions '[\"liaoning\",\"hunan\"]'",
    )  # fmt: skip
    whole.add_argument("--scheduler", default="", metavar="ADDRESS", help="a dask scheduler, tcp://host:port, or local for one on this machine")
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
        _print(f"{time.monotonic() - began:7.1f} s  {message}")

    return say


def _run(options: argparse.Namespace) -> None:
    from yigai import report

    out = Path(options.out) if options.out else report.default_out(options.corpus)
    index = report.make(options.corpus, out, options.parameters, scheduler=options.scheduler, say=progress())
    print(f"open {index}")


def _clean(options: argparse.Namespace) -> None:
    from yigai import report
    from yigai.corpus import BadInput

    if not all(path.strip() for path in (*options.paths, options.out)):
        raise BadInput("an empty path; name the pages and --out, . for the folder you stand in")
    report.clean_only([Path(path) for path in options.paths], Path(options.out), say=progress())


if __name__ == "__main__":
    sys.exit(main())
