"""Workers: parts measured in this process, in several, or on a dask cluster; the results are the same.

A part is measured into the cache and read back from there, so a run that was killed goes on where it
was, and a page that kills its worker (memory, a crash in compiled code) is found and set aside.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from itertools import islice
from typing import Any

from yigai import code, store
from yigai.code import code_version
from yigai.corpus import BadInput
from yigai.parts import MEASURED, ROOMS, Part, Stage, aside

Say = Callable[[str], None]
#: How often a page may kill its worker before it is set aside.
TRIES = 3
#: Below so many pages one process is faster than starting others.
FEW = 100
#: So many bytes more than after its first part, and a worker is replaced.
LEAK = 2 * 10**9
#: Parts for each thread of a cluster that are on their way or at work: the texts of all would fill the memory.
AHEAD = 4
#: Makes a dask cluster of this machine's cores, for trying.
LOCAL = "local"
#: Seconds to wait for a dask scheduler, and for its first worker.
ANSWER, WAIT = 10, 30


def measure(
    parts: Sequence[Part], say: Say, *, scheduler: str = "", stages: Sequence[Stage] = (MEASURED,)
) -> None:
    """Take every part through the stages, into the cache; ``scheduler`` names a dask scheduler (tcp://…, or local).

    When the code is edited meanwhile, what is still to do is kept for this run alone. Raises BadInput for a
    scheduler that cannot be reached.
    """
    try:
        _measure(parts, say, scheduler, stages)
    except code.Edited as edited:
        say(f"note: {edited}")
        code.pass_by()
        _measure(parts, say, scheduler, stages)


def _measure(parts: Sequence[Part], say: Say, scheduler: str, stages: Sequence[Stage]) -> None:
    todo = [part for part in parts if not _done(part, stages)]
    pages = sum(len(part.documents) for part in todo)
    if not todo:
        return
    say(f"measuring {pages} pages in {len(todo)} parts")
    if scheduler:
        done = _on_cluster(todo, stages, scheduler)
    elif pages <= FEW:
        done = _here(todo, stages)
    else:
        done = _in_processes(todo, stages)
    finished = 0
    for part in done:
        finished += len(part.documents)
        say(f"measured {finished} of {pages} pages, last {part.documents[-1].doc}")


def _done(part: Part, stages: Sequence[Stage]) -> bool:
    return all(store.is_cached(stage.key(part)) for stage in stages)


def _here(parts: Sequence[Part], stages: Sequence[Stage]) -> Iterator[Part]:
    """Parts in this process; one at which a run before died is taken on trial in a worker."""
    for part in parts:
        with store.begun(part.key) as died:
            if died:
                _on_trial(part, stages)
            _keep(part, stages)
        yield part


def _in_processes(parts: Sequence[Part], stages: Sequence[Stage]) -> Iterator[Part]:
    """Parts in worker processes; when one dies, its parts are measured page by page, each on trial."""
    # The largest first: a long part begun last would leave the other workers idle.
    waiting = dict.fromkeys(sorted(parts, key=lambda part: -len(part.documents)))
    started = False
    while waiting:
        number = min(len(waiting), os.cpu_count() or 1)
        pool = _pool(number)
        try:
            started = started or _starts(pool)
            for part in _kept(pool, list(waiting), stages, at_once=2 * number):
                del waiting[part]
                yield part
            pool.shutdown()
        except BrokenProcessPool:
            # The first part without a result was the one at work, or one beside it: every turn of
            # this loop settles at least one part, so it ends.
            settled = [part for part in waiting if _done(part, stages)]
            settled += [part for part in waiting if part not in settled][:1]
            if not _done(settled[-1], stages):
                _on_trial(settled[-1], stages)
            waiting = {part: None for part in waiting if part not in settled}
            yield from settled
        finally:
            pool.shutdown(kill_workers=True)  # at once: whoever stops a run does not wait for its parts


def _kept(pool: Any, parts: Sequence[Part], stages: Sequence[Stage], *, at_once: int) -> Iterator[Part]:
    """Each part as soon as a worker has kept it.

    Few are handed over at a time: a pool that is stopped with more than its queue holds stumbles over the rest.
    """
    coming = iter(parts)
    sent: dict[Any, Part] = {}
    while True:
        for part in islice(coming, at_once - len(sent)):
            sent[pool.submit(_keep, part, stages)] = part
        if not sent:
            return
        for future in wait(sent, return_when=FIRST_COMPLETED).done:
            future.result()
            yield sent.pop(future)


def _pool(workers: int = 0) -> Any:
    # loky and not the standard pool: it starts from notebooks and pipes, where there is no main file.
    from joblib.externals.loky import ProcessPoolExecutor

    return ProcessPoolExecutor(workers or os.cpu_count() or 1, initializer=_serve, initargs=(os.getpid(), code.SEEN))


def _serve(parent: int, seen: Mapping[str, str]) -> None:
    code.adopt(seen)
    serve(parent)


def serve(parent: int) -> None:
    """Make this worker end with the run it serves, also with one that was killed; leave Ctrl-C to it."""
    # loky takes 300 MB more than after the first task for a leak and begins a new worker: dictionaries are no leak.
    vars(import_module("joblib.externals.loky.process_executor"))["_MAX_MEMORY_LEAK_SIZE"] = LEAK
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _starts(pool: Any) -> bool:
    try:
        return bool(pool.submit(os.getpid).result(timeout=120))
    except (BrokenProcessPool, TimeoutError, OSError) as problem:
        raise store.Environment(f"workers: no process can be started ({problem}); free some memory") from None


def _keep(part: Part, stages: Sequence[Stage]) -> None:
    for stage in stages:
        stage.keep(part)


def _on_trial(part: Part, stages: Sequence[Stage]) -> None:
    """Measure a part in a worker of its own, and if that dies page by page; a page that kills TRIES workers is set aside."""
    if all(_surviving([part], stages, tries=1)):
        return
    single = [Part((document,)) for document in part.whole()]
    well = _surviving(single, stages)
    for stage in stages:
        if stage.pages:
            made = [
                stage.tables(one) if fine else aside(one.documents[0], DEADLY, make=stage.pages)
                for one, fine in zip(single, well, strict=True)
            ]
            stage.keep_single(part, made)
        else:
            stage.tables(part)


DEADLY = f"it killed the worker {TRIES} times (out of memory, or a crash in compiled code)"


def _surviving(parts: Sequence[Part], stages: Sequence[Stage], *, tries: int = TRIES) -> list[bool]:
    """Whether each part can be measured in a worker, which is replaced when it dies."""
    well = []
    pool = _pool(1)
    try:
        for part in parts:
            for _ in range(tries):
                try:
                    pool.submit(_keep, part, stages).result()
                except BrokenProcessPool:
                    pool.shutdown(kill_workers=True)
                    pool = _pool(1)
                else:
                    break
            else:
                well.append(False)
                continue
            well.append(True)
        pool.shutdown()  # in peace: a worker killed while its queue is still being fed may take this process along
    finally:
        pool.shutdown(kill_workers=True)
    return well


def _on_cluster(parts: Sequence[Part], stages: Sequence[Stage], scheduler: str) -> Iterator[Part]:
    client = _client(scheduler)
    from distributed import KilledWorker
    from distributed import as_completed as arrived

    with client:
        _check_cluster(client, scheduler)
        waiting = iter(parts)
        threads = sum(client.nthreads().values())
        sent = _sent(client, islice(waiting, AHEAD * threads), stages)
        arriving = arrived(list(sent))
        for future in arriving:
            part = sent.pop(future)
            try:
                for stage, written in zip(stages, future.result(), strict=True):
                    store.keep_bytes(stage.key(part), written)
            except KilledWorker:
                _on_trial(part, stages)
            except code.Edited as edited:
                raise store.Environment(f"{scheduler}: {edited}; start its workers anew") from None
            except OSError as problem:
                raise store.Environment(f"{scheduler}: the cluster was lost ({problem}); run again") from None
            yield part
            more = _sent(client, islice(waiting, 1), stages)
            sent |= more
            arriving.update(list(more))


def _sent(client: Any, parts: Iterable[Part], stages: Sequence[Stage]) -> dict[Any, Part]:
    # The texts travel with the parts: the file they may lie in is on this machine.
    return {
        client.submit(_bytes, Part(part.whole()), stages, key=f"yigai-{stages[-1].key(part)}"): part for part in parts
    }


def _check_cluster(client: Any, scheduler: str) -> None:
    """Refuse a cluster without workers, or with another version of the code: it would give other tables."""
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        raise store.Environment(
            f"{scheduler}: the scheduler has no workers; start some with `dask worker {scheduler}`"
        ) from None
    try:
        found = client.run(code_version, ROOMS)
    except Exception as problem:
        raise store.Environment(f"{scheduler}: its workers cannot run yigai ({problem}); install it there") from None
    if other := sorted(name for name, version in found.items() if version != code_version(ROOMS)):
        raise store.Environment(f"{other[0]}: this worker has another version of yigai; install the same there")


def _bytes(part: Part, stages: Sequence[Stage]) -> list[dict[str, bytes]]:
    # A worker's disk is not ours: the tables travel as the bytes of their files.
    return [
        {name: store.parquet_bytes(table) for name, table in stage.tables(part).items()} for stage in stages
    ]


def _client(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise BadInput("--scheduler: dask is not installed; pip install 'yigai[cluster]'") from None
    try:
        if scheduler == LOCAL:
            return Client(n_workers=os.cpu_count() or 1, threads_per_worker=1, dashboard_address=None)
        return Client(scheduler, timeout=ANSWER)
    except (OSError, ValueError, TimeoutError) as problem:
        raise BadInput(f"{scheduler}: no dask scheduler answers; start one with `dask scheduler` ({problem})") from None
