"""Check decks/python-memory-concurrency.md: its structure, and its answers by running them.

    python3 tests/decks/check_python.py [CHAPTER.md]

Every program whose output is asked for is run in a subprocess and compared with the options.
For the other questions each option is put to an experiment of its own, most of them made by
editing the code of the stem the way the option says. Needs Python 3.11 or later on Linux.
"""

import os
import re
import subprocess
import sys
import tempfile
import textwrap
import warnings
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from structure import LETTERS, check_structure, code_blocks, finish, load, plain  # noqa: E402

CHAPTER = os.path.join(HERE, "..", "..", "decks", "python-memory-concurrency.md")
ROUNDS = 3              # each printing program is run so often, and must not change its mind
TIMEOUT = 60


def run(code):
    """Run code as a script: (exit status or None for too long, its output on one line, stderr)."""
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "program.py")
        with open(script, "w", encoding="utf-8") as handle:
            handle.write(code + "\n")
        try:
            done = subprocess.run([sys.executable, "-B", script], capture_output=True, text=True,
                                  timeout=TIMEOUT, stdin=subprocess.DEVNULL, cwd=folder)
        except subprocess.TimeoutExpired:
            return None, "", "ran longer than %d seconds" % TIMEOUT
    return done.returncode, " ".join(done.stdout.split()), done.stderr


def python_blocks(text):
    return [code for lang, code in code_blocks(text) if lang == "python"]


def edited(code, *changes):
    for old, new in changes:
        if code.count(old) != 1:
            raise LookupError("the stem has no single %r to edit" % old)
        code = code.replace(old, new)
    return code


# --- questions that ask for output ------------------------------------------------------------

def asks_for_output(question):
    return bool(re.search(r"what does this program print", question.stem, re.I))


def check_output(question):
    failures, passed = [], 0
    programs = python_blocks(question.stem)
    if len(programs) != 1:
        return ["%s: %d programs in the stem, not one" % (question.id, len(programs))], 0
    for _ in range(ROUNDS):
        status, output, errors = run(programs[0])
        if status != 0:
            failures.append("%s: exit status %s: %s" % (question.id, status, errors.strip()[-300:]))
            break
        for letter, option in question.options.items():
            if (plain(option) == output) == (letter == question.answer):
                passed += 1
            elif letter == question.answer:
                failures.append("%s: prints %r, the option marked right says %r"
                                % (question.id, output, plain(option)))
            else:
                failures.append("%s: prints %r, as the wrong option %s says"
                                % (question.id, output, letter))
    return failures, passed


# --- questions whose options are put to an experiment ------------------------------------------
# Each function gives {words found in exactly one option: whether that option proved true}.

def says(code):
    status, output, errors = run(textwrap.dedent(code))
    if status != 0:
        raise RuntimeError("experiment failed with %s: %s" % (status, errors.strip()[-300:]))
    return output


def identity(question):
    program = python_blocks(question.stem)[0] + textwrap.dedent('''
        mode = "".join(["fa", "st"])
        assert pick("fast") == 1 and mode == "fast" and pick(mode) == 2
        import tempfile
        with tempfile.TemporaryFile("w+", encoding="utf-16") as file:
            file.write("fast"); file.seek(0); text = file.read()
        assert text == "fast" and pick(text) == 2
        whole = "fast"
        print(id(text) != id(whole), type(text) is not type(whole), hash(text) != hash(whole),
              text.encode() != whole.encode())
    ''')
    found = says(program).split()
    return {key: word == "True" for key, word in
            zip(("compares identity", "compares types", "compares hashes", "compares encodings"), found)}


def parallel_work(question):
    # Two players hand a turn to and fro and spin while they wait for it. Players that execute
    # bytecode at the same time hand it over within microseconds, even on a busy machine if one
    # looks at the quickest stretch; players that share a GIL need a switch interval each time.
    program = '''
        import asyncio, multiprocessing, sys, threading, time

        def play(turn, me, rounds, times, until):
            for _ in range(rounds):
                while turn[0] != me:
                    if turn[0] < 0:
                        return
                times.append(time.perf_counter())
                turn[0] = -1 if times[-1] > until else 1 - me

        def quick(kind, rounds, stretch=20):
            turn, times = multiprocessing.RawArray("i", 1), []
            until = time.perf_counter() + 30
            other = kind(target=play, args=(turn, 1, rounds, [], until))
            other.start()
            play(turn, 0, rounds, times, until)
            other.join()
            best = min((b - a for a, b in zip(times, times[stretch:])), default=30)
            return best < 2 * stretch * sys.getswitchinterval() / 4

        async def where(idents):
            await asyncio.sleep(0)
            idents.add(threading.get_ident())

        async def tasks(idents):
            await asyncio.gather(*(where(idents) for _ in range(8)))

        if __name__ == "__main__":
            idents = set()
            asyncio.run(tasks(idents))
            print(quick(threading.Thread, 40), len(idents) > 1,
                  quick(multiprocessing.Process, 20_000))
    '''
    threads, tasks, processes = (word == "True" for word in says(program).split())
    if len(os.sched_getaffinity(0)) < 2:
        processes = True        # cannot be seen on one core
    return {"Eight threads need about one second": threads,
            "Eight `asyncio` tasks need about one second": tasks,
            "Eight processes need little over one second": processes,
            "Eight processes need about eight seconds": not processes}


def gil_guarantee(question):
    code = python_blocks(question.stem)[0]
    # One thread is stopped inside weight() until another has been through record().
    forced = code + textwrap.dedent('''
        import dis, threading, types
        stats = types.SimpleNamespace(hits=0)
        inside, leave = threading.Event(), threading.Event()
        def weight(item):
            if item == "slow":
                inside.set()
                leave.wait()
            return 1
        slow = threading.Thread(target=record, args=("slow",))
        slow.start(); inside.wait()
        record("quick"); leave.set(); slow.join()
        steps = [step.opname for step in dis.get_instructions(record)]
        print(stats.hits, steps.index("LOAD_ATTR") < steps.index("STORE_ATTR"))
    ''')
    # And once left to chance: every value seen must be a whole number that some order could give.
    chance = code + textwrap.dedent('''
        import sys, threading, types
        sys.setswitchinterval(1e-6)
        stats = types.SimpleNamespace(hits=0)
        def weight(item):
            return 1
        odd = []
        def worker():
            for item in range(20_000):
                record(item)
                seen = stats.hits
                if type(seen) is not int or not 0 < seen <= 80_000:
                    odd.append(seen)
        team = [threading.Thread(target=worker) for _ in range(4)]
        for thread in team: thread.start()
        for thread in team: thread.join()
        print(stats.hits, len(odd))
    ''')
    lost = says(forced) == "1 True"
    status, output, _ = run(chance)
    return {"Nothing, since": not lost, "A torn number": status == 0 and not output.endswith(" 0"),
            "A crash": status != 0, "A lost update": lost}


def deadlock(question):
    code = python_blocks(question.stem)[0]
    outer, inner = "    with source.lock:\n        with target.lock:", "            source"
    harness = textwrap.dedent('''
        import os, threading, time
        class Slow:
            """A lock whose holder dawdles, so that a circular wait is sure to form."""
            def __init__(self, kind):
                self.lock = kind()
            def __enter__(self):
                self.lock.acquire()
                time.sleep(0.3)
            def __exit__(self, *_):
                self.lock.release()
        class Account:
            def __init__(self, number, kind=None):
                self.number, self.balance = number, 100
                self.lock = Slow(kind or threading.Lock)
    ''')
    drive = textwrap.dedent('''
        x, y = Account(1, KIND), Account(2, KIND)
        team = [threading.Thread(target=transfer, args=pair, daemon=True)
                for pair in ((x, y, 10), (y, x, 10))]
        for thread in team: thread.start()
        for thread in team: thread.join(timeout=5)
        stuck = any(thread.is_alive() for thread in team)
        assert stuck or (x.balance, y.balance) == (100, 100)
        print("stuck" if stuck else "through", flush=True)
        os._exit(0)
    ''')

    def through(transfer, kind="threading.Lock"):
        return says(harness + transfer + drive.replace("KIND", kind)) == "through"

    if through(code):
        raise RuntimeError("the transfer of the stem did not freeze")
    fix = textwrap.indent(python_blocks(question.explanation)[0], "    ")
    head = code.split("\n")[0] + "\n"
    merged = edited(code, (outer, "    with source.lock, target.lock:")).replace(inner, inner[4:]) \
        .replace("            target.balance", "        target.balance")
    swapped = edited(code, (outer, "    with target.lock:\n        with source.lock:"))
    return {"an `RLock`": through(code, "threading.RLock"),
            "with source.lock, target.lock:": through(merged),
            "Sort the two accounts": through(head + fix),
            "Lock the target before the source": through(swapped)}


def condition(question):
    code = python_blocks(question.stem)[0]
    setting = textwrap.dedent('''
        import threading, time
        changed, items = threading.Condition(), []
    ''')
    drive = textwrap.dedent('''
        faults, taken = [], []
        def consumer():
            try:
                taken.append(take())
            except Exception as fault:
                faults.append(type(fault).__name__)
        def two_wait():
            team = [threading.Thread(target=consumer, daemon=True) for _ in range(2)]
            for thread in team: thread.start()
            time.sleep(0.2)
            put("one"); time.sleep(0.2)
            try:
                put("two")
            except RuntimeError as fault:
                faults.append(type(fault).__name__)
            for thread in team: thread.join(timeout=2)
        def overtaken():
            thread = threading.Thread(target=consumer, daemon=True)
            thread.start(); time.sleep(0.2)
            with changed:           # re-entrant: put, and another consumer is quicker
                put("one")
                taken.append(take())
            time.sleep(0.2)
            put("two")
            thread.join(timeout=2)
        def nothing_comes():
            thread = threading.Thread(target=consumer, daemon=True)
            thread.start(); time.sleep(1)
            try:
                put("one"); put("two")
            except RuntimeError as fault:
                faults.append(type(fault).__name__)
            thread.join(timeout=2)
            if items: taken.append(items.pop())
        for scene in (two_wait, overtaken, nothing_comes):
            del items[:], taken[:]
            try:
                scene()
            except Exception as fault:
                faults.append(type(fault).__name__)
            if sorted(taken) != ["one", "two"]:
                faults.append("lost in " + scene.__name__)
        print("faults:", *faults)
    ''')

    def faults(take_and_put):
        return says(setting + take_and_put + drive)

    if "IndexError" not in faults(code):
        raise RuntimeError("the code of the stem does not fail")
    one = faults(edited(code, ("notify_all()", "notify()")))
    loop = edited(code, ("        if not items:", "        while not items:"))
    late = faults(edited(code, ("        changed.notify_all()", "    changed.notify_all()")))
    timed = faults(edited(code, ("changed.wait()", "changed.wait(timeout=0.5)")))
    built_in = edited(code, ("        if not items:\n            changed.wait()",
                             "        changed.wait_for(lambda: items)"))
    if faults(built_in) != "faults:":
        raise RuntimeError("wait_for, which the explanation names, does not work")
    if "RuntimeError" not in late or "IndexError" not in timed or "IndexError" not in one:
        raise RuntimeError("a wrong change fails in another way than the explanation says: %s; %s; %s"
                           % (one, late, timed))
    return {"by `notify()`": one == "faults:", "by `while`": faults(loop) == "faults:",
            "after the `with` block": late == "faults:", "a timeout": timed == "faults:"}


def shared_counter(question):
    code = python_blocks(question.stem)[0]
    step = "        total.value += 1"
    tries = 12                  # losing an update is a matter of chance, so try until it happens

    def exact(program):
        for _ in range(tries):
            found = int(says(program))
            if not 0 < found <= 80_000:
                raise RuntimeError("a total of %d" % found)
            if found < 80_000:
                return False
        return True

    if exact(code):
        raise RuntimeError("no update was lost in %d runs of the stem" % tries)
    held = edited(code, (step, "        with total.get_lock():\n            total.value += 1"))
    guard = edited(code, (step, "        with guard:\n            total.value += 1"),
                   ("import multiprocessing\n", "import multiprocessing, threading\nguard = threading.Lock()\n"))
    for method in ("spawn", "forkserver"):
        chosen = edited(held, ("    total = multi",
                               "    multiprocessing.set_start_method(%r)\n    total = multi" % method))
        if says(chosen) != "80000":
            raise RuntimeError("get_lock() is not exact with " + method)
    return {"lock=True": exact(edited(code, ('Value("q", 0)', 'Value("q", 0, lock=True)'))),
            "total.get_lock()": exact(held), "with guard:": exact(guard),
            "`RawValue`": exact(edited(code, ('Value("q", 0)', 'RawValue("q", 0)')))}


EXPERIMENTS = {
    "Identity and Equality": identity,
    "Threads and CPU-Bound Work": parallel_work,
    "What the GIL Guarantees": gil_guarantee,
    "Deadlock": deadlock,
    "Condition Variables": condition,
    "Shared Memory Counters": shared_counter,
}


def check_experiment(question):
    try:
        results = EXPERIMENTS[question.topic](question)
    except (LookupError, RuntimeError, ValueError) as fault:
        return ["%s: %s" % (question.id, fault)], 0
    failures, passed = [], 0
    for letter in LETTERS:
        option = question.options.get(letter, "")
        keys = [key for key in results if key in option]
        if len(keys) != 1:
            failures.append("%s: no experiment fits option %s" % (question.id, letter))
        elif results[keys[0]] == (letter == question.answer):
            passed += 1
        else:
            failures.append("%s: option %s (%s) proved %s" % (
                question.id, letter, keys[0], "right" if results[keys[0]] else "wrong"))
    return failures, passed


# --- statements made in the explanations --------------------------------------------------------

CLAIMS = {
    "Names and Objects": """
        for value in (1, "s", (1,)):
            first = second = value
            second += type(value)(value) if not isinstance(value, int) else 1
            assert first == value and second != value
    """,
    "Identity and Equality": """
        import sys, warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            compile('mode is "fast"', "", "exec")
        assert [w.category for w in caught] == [SyntaxWarning]
    """,
    "Mutable Default Arguments": """
        EXPLAINED
        assert (tag("x"), tag("y"), tag("z", ["w"])) == (["x"], ["y"], ["w", "z"])
    """,
    "Shallow and Deep Copies": """
        import copy
        row = [0, 0]
        grid = [row, row]
        shallow, deep = copy.copy(grid), copy.deepcopy(grid)
        assert shallow is not grid and shallow[0] is shallow[1] is row
        assert deep is not grid and deep[0] is deep[1] is not row
    """,
    "Cycles and Weak References": """
        import gc, weakref
        class Node: pass
        gc.disable()
        node = Node(); node.me = node; ref = weakref.ref(node); del node
        assert ref() is not None
        gc.collect()
        assert ref() is None and not gc.isenabled()
    """,
    "Slots and Inheritance": """
        class Point: __slots__ = ("x",)
        class Named(Point): pass
        class Flat(Point): __slots__ = ()
        class Dict(Point): __slots__ = ("__dict__",)
        class Plain: pass
        class Late(Plain): __slots__ = ("x",)
        has = [hasattr(c(), "__dict__") for c in (Point, Named, Flat, Dict, Late)]
        assert has == [False, True, False, True, True]
    """,
    "Memory Views": """
        data = bytearray(b"abcdef")
        view = memoryview(data)[2:4]
        try:
            data.append(1)
            raise SystemExit("resized")
        except BufferError:
            data[0] = 1
        view.release()
        data.append(1)
        try:
            memoryview(data)[0:2].append(1)
            raise SystemExit("a view grew")
        except AttributeError:
            pass
    """,
    "Check Then Act": """
        import threading
        balance, lock, amount = 100, threading.Lock(), 80
        EXPLAINED
        EXPLAINED
        assert balance == 20
    """,
    "Lock and RLock": """
        import threading
        lock = threading.RLock()
        assert lock.acquire() and lock.acquire()
        def other():
            seen = []
            def attempt():
                got = lock.acquire(timeout=0.1)
                seen.append(got)
                if got: lock.release()
            thread = threading.Thread(target=attempt); thread.start(); thread.join()
            return seen[0]
        assert not other(); lock.release(); assert not other(); lock.release(); assert other()
        threading.Lock().acquire()
        plain = threading.Lock(); plain.acquire()
        thread = threading.Thread(target=plain.release); thread.start(); thread.join()
        assert not plain.locked()           # no owner: another thread may release it
    """,
    "Event": """
        import threading
        stop, polls = threading.Event(), []
        def poll():
            polls.append(1)
            if len(polls) == 3: stop.set()
        EXPLAINED
        assert len(polls) == 3
        passed = []
        team = [threading.Thread(target=lambda: passed.append(stop.wait())) for _ in range(3)]
        for thread in team: thread.start()
        for thread in team: thread.join()
        assert passed == [True] * 3
    """,
    "Queue Bookkeeping": """
        import queue, threading
        jobs = queue.Queue()
        jobs.put(1); jobs.get()
        assert jobs.empty() and jobs.unfinished_tasks == 1
        waiter = threading.Thread(target=jobs.join, daemon=True); waiter.start()
        waiter.join(timeout=0.3); assert waiter.is_alive()
        jobs.task_done(); waiter.join(timeout=5); assert not waiter.is_alive()
    """,
    "Spawned Processes": """
        import multiprocessing, sys
        if __name__ == "__main__":
            method = multiprocessing.get_start_method()
            if sys.platform == "linux":
                assert method == ("fork" if sys.version_info < (3, 14) else "forkserver"), method
    """,
    "Executors and Pickling": """
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor
        def answer():
            return 42
        def fail():
            raise KeyError("lost")
        if __name__ == "__main__":
            for method in ("fork", "spawn", "forkserver"):
                context = multiprocessing.get_context(method)
                with ProcessPoolExecutor(1, mp_context=context) as pool:
                    bad, good, wrong = pool.submit(lambda: 42), pool.submit(answer), pool.submit(fail)
                    assert good.result() == 42
                    assert bad.exception() is not None
                    assert isinstance(wrong.exception(), KeyError)
    """,
    "Shared Memory Counters": """
        import multiprocessing
        if __name__ == "__main__":
            total = multiprocessing.Value("q", 0)
            with total.get_lock():
                assert total.get_lock().acquire(timeout=1)
                total.value += 1
            assert not hasattr(multiprocessing.RawValue("q", 0), "get_lock")
    """,
    "Forking with Threads": """
        import multiprocessing, sys, threading, warnings
        def nothing():
            pass
        if __name__ == "__main__":
            done = threading.Event()
            threading.Thread(target=done.wait).start()
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                process = multiprocessing.get_context("fork").Process(target=nothing)
                process.start()
            done.set(); process.join()
            warned = any(w.category is DeprecationWarning for w in caught)
            assert warned == (sys.version_info >= (3, 12))
    """,
    "Blocking the Event Loop": """
        import asyncio, time
        log = []
        EXPLAINED
        async def ping():
            await asyncio.sleep(0.1); log.append("ping")
        async def logged():
            log.append("start"); await crunch(); log.append("end")
        async def main():
            await asyncio.gather(ping(), logged())
        asyncio.run(main())
        assert log == ["start", "ping", "end"]
    """,
    "Errors in gather": """
        import asyncio
        done = []
        async def job(name, delay):
            await asyncio.sleep(delay)
            if name == "bad": raise ValueError(name)
            done.append(name)
            return name
        async def main():
            found = await asyncio.gather(job("good", 0.3), job("bad", 0.1), job("quick", 0),
                                         return_exceptions=True)
            assert found[0] == "good" and isinstance(found[1], ValueError) and found[2] == "quick"
            done.clear()
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(job("good", 0.3)); group.create_task(job("bad", 0.1))
            except* ValueError:
                assert done == []
            await asyncio.sleep(0.5)
            assert done == []
        asyncio.run(main())
    """,
    "Cancellation": """
        import asyncio
        assert issubclass(asyncio.CancelledError, BaseException)
        assert not issubclass(asyncio.CancelledError, Exception)
        async def deaf():
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                return "swallowed"
        async def main():
            task = asyncio.create_task(deaf())
            await asyncio.sleep(0.05)
            task.cancel()
            assert await task == "swallowed" and not task.cancelled()
        asyncio.run(main())
    """,
}


def check_claims(question):
    failures, passed = [], 0
    for text in (question.stem, question.explanation):
        for code in python_blocks(text):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", SyntaxWarning)      # one stem is about it
                    compile(code, question.id, "exec", dont_inherit=True)
                passed += 1
            except SyntaxError as fault:
                failures.append("%s: code does not compile: %s" % (question.id, fault))
    claim = CLAIMS.get(question.topic)
    if claim:
        claim = textwrap.dedent(claim)
        if "EXPLAINED" in claim:
            blocks = python_blocks(question.explanation)
            claim = claim.replace("EXPLAINED", blocks[0] if blocks else "raise SystemExit('no code')")
            claim = claim.replace("timeout=5)", "timeout=0.05)", 1) if question.topic == "Event" else claim
        status, _, errors = run(claim)
        if status == 0:
            passed += 1
        else:
            failures.append("%s: a claim of the explanation fails: %s" % (question.id, errors.strip()[-300:]))
    return failures, passed


def check_question(question):
    if asks_for_output(question):
        found = [check_output(question)]
    elif question.topic in EXPERIMENTS:
        found = [check_experiment(question)]
    else:
        found = [(["%s: neither run nor put to an experiment" % question.id], 0)]
    found.append(check_claims(question))
    return [line for bad, _ in found for line in bad], sum(good for _, good in found)


def main(arguments):
    path = arguments[0] if arguments else CHAPTER
    failures, passed = check_structure(path)
    questions = load(path)
    topics = {question.topic for question in questions}
    for topic in sorted(({*EXPERIMENTS, *CLAIMS}) - topics):
        failures.append("no question on %r, for which there is a check" % topic)
    # What counts processor time or loses updates by chance runs alone, the rest side by side.
    alone = {"Threads and CPU-Bound Work", "Shared Memory Counters"}
    with ThreadPoolExecutor(max_workers=4) as pool:
        results = list(pool.map(check_question, [q for q in questions if q.topic not in alone]))
    results += [check_question(q) for q in questions if q.topic in alone]
    for bad, good in results:
        failures += bad
        passed += good
    return finish(failures, passed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
