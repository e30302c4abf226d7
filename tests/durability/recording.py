"""What the program does to its files, as the system saw it: recorded by strace, which misses no call of any
thread, and replayed as far as a power cut would let it come.

A disk that is true to its word, and to nothing more: what was not synced when the power goes may be there, or
not, or in part, in any order. A file's name is safe when its folder was synced.
"""

import re
import shlex
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "open,openat,creat,close,write,writev,pwrite64,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,lseek,dup,dup2,dup3,mmap"
)
SECTOR = 512
LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)(.*)$", re.S)
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


@dataclass
class Call:
    """One call that changed something in the folder, or said something to the person."""

    what: str  # create, write, truncate, sync, link, rename, unlink, mkdir, or say
    path: str = ""
    data: bytes = b""
    offset: int = 0
    to: str = ""


def record(home, folder, *arguments, typed=""):
    """Runs the program under strace and gives its calls below a folder, and what it says, in order."""
    with tempfile.TemporaryDirectory(prefix="retain-") as traces:
        trace = Path(traces) / "trace"
        tracer = ["strace", "-f", "-qq", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", trace]
        code, _, err = home.tries(*arguments, typed=typed, before=tracer)
        if code:
            raise RuntimeError(f"{shlex.join(map(str, arguments))} ended with {code}: {err}")
        return list(understood(joined(trace.read_text().splitlines()), str(folder)))


def joined(lines):
    """Calls that strace shows in two halves, since another thread came between, as one where they end."""
    begun = {}
    for line in lines:
        thread, _, rest = line.partition(" ")
        if line.endswith("<unfinished ...>"):
            begun[thread] = line.removesuffix("<unfinished ...>")
        elif "resumed>" in line and rest.lstrip().startswith("<..."):
            yield begun.pop(thread) + line.split("resumed>", 1)[1]
        else:
            yield line


def understood(lines, folder):
    files, places = {1: ("", False)}, {}
    for line in lines:
        found = LINE.match(line)
        if not found or int(found.group(4)) < 0:
            continue
        _, name, inside, result, _ = found.groups()
        result = int(result)
        strings = [bytes.fromhex(text.replace("\\x", "")) for text, _ in STRING.findall(inside)]
        plain = STRING.sub("", inside)
        numbers = [int(n) for n in re.findall(r"(?<![\w])-?\d+(?![\w])", plain)]
        if name in ("open", "openat", "creat"):
            path = strings[0].decode()
            if is_below(path, folder):
                files[result], places[result] = (path, "O_APPEND" in inside), 0
                if "O_CREAT" in inside:
                    yield Call("create", path)
                if "O_TRUNC" in inside:
                    yield Call("truncate", path)
                if "O_TMPFILE" in inside:
                    raise RuntimeError(f"not understood: {line[:200]}")
            else:
                files.pop(result, None)
        elif name == "close":
            files.pop(numbers[0], None)
        elif name in ("mkdir", "mkdirat") and is_below(strings[0].decode(), folder):
            yield Call("mkdir", strings[0].decode())
        elif name in ("unlink", "unlinkat", "rmdir") and is_below(strings[0].decode(), folder):
            yield Call("unlink", strings[0].decode())
        elif name.startswith("rename") and is_below(strings[1].decode(), folder):
            yield Call("rename", strings[0].decode(), to=strings[1].decode())
        elif name in ("link", "linkat") and is_below(strings[1].decode(), folder):
            yield Call("link", strings[0].decode(), to=strings[1].decode())
        elif name == "truncate" and is_below(strings[-1].decode(), folder):
            raise RuntimeError(f"not understood: {line[:200]}")
        elif numbers and numbers[0] in files:
            descriptor, (path, appends) = numbers[0], files[numbers[0]]
            if name == "write" and not path:
                yield Call("say", data=strings[0][:result])
            elif name == "write" and not appends:
                yield Call("write", path, strings[0][:result], places[descriptor])
                places[descriptor] += result
            elif name == "pwrite64":
                yield Call("write", path, strings[0][:result], numbers[-1])
            elif name == "lseek":
                places[descriptor] = result
            elif name == "ftruncate":
                yield Call("truncate", path, offset=numbers[1])
            elif name in ("fsync", "fdatasync"):
                yield Call("sync", path)
            elif name != "mmap" or "MAP_SHARED" in inside:
                raise RuntimeError(f"not understood: {line[:200]}")


def is_below(path, folder):
    return path == folder or path.startswith(f"{folder}/")


@dataclass
class File:
    """What is safe of a file, and what was done to it since."""

    safe: bytes = b""
    pending: list = field(default_factory=list)
    is_folder: bool = False


class Disk:
    """The folder as a disk holds it while the calls come in."""

    def __init__(self, folder):
        """Begins with a folder as it is, all of it safe; or with none."""
        self.folder = folder = Path(folder)
        self.names = {}  # as the program sees them
        if folder.exists():
            for path in [folder, *sorted(folder.rglob("*"))]:
                is_folder = path.is_dir()
                self.names[str(path)] = File(b"" if is_folder else path.read_bytes(), is_folder=is_folder)
        self.safe_names = dict(self.names)
        self.pending = []  # [(folder, {name: file or None})], oldest first

    def apply(self, call):
        if call.what == "say":
            return
        if call.what == "create":
            if call.path not in self.names:
                self.change({call.path: File()})
        elif call.what == "mkdir":
            self.change({call.path: File(is_folder=True)})
        elif call.what == "unlink":
            self.change({call.path: None})
        elif call.what == "link":
            self.change({call.to: self.names[call.path]})
        elif call.what == "rename":
            self.change({call.path: None, call.to: self.names[call.path]})
        elif call.what == "sync":
            self.sync(call.path)
        else:
            self.names[call.path].pending.append(call)

    def change(self, changes):
        """Names change as one, as a journal of the file system has it."""
        self.pending.append((str(Path(next(iter(changes))).parent), changes))
        for name, file in changes.items():
            self.names.pop(name, None)
            if file:
                self.names[name] = file

    def sync(self, path):
        file = self.names[path]
        if not file.is_folder:
            file.safe, file.pending = content(file.safe, file.pending), []
            return
        for folder, changes in self.pending:
            if folder == path:
                replace(self.safe_names, changes)
        self.pending = [(folder, changes) for folder, changes in self.pending if folder != path]

    def after_cut(self, keeps_name, keeps_write, tear):
        """The names and contents that a cut now may leave: `keeps_name(change)` and `keeps_write(call)` say
        what of the unsynced has reached the disk, `tear(call)` how much of it."""
        names = dict(self.safe_names)
        for _, changes in self.pending:
            if keeps_name():
                replace(names, changes)
        left = {}
        for name, file in names.items():
            kept = [torn(call, tear) for call in file.pending if keeps_write()]
            left[name] = None if file.is_folder else content(file.safe, kept)
        return left


def replace(names, changes):
    for name, file in changes.items():
        names.pop(name, None)
        if file:
            names[name] = file


def torn(call, tear):
    """A write of which some sectors did not reach the disk."""
    if call.what != "write" or len(call.data) <= SECTOR:
        return [call]
    parts = []
    for begin in range(0, len(call.data), SECTOR):
        if tear():
            part = call.data[begin : begin + SECTOR]
            parts.append(Call("write", call.path, part, call.offset + begin))
    return parts


def content(safe, calls):
    data = bytearray(safe)
    for call in calls:
        for part in call if isinstance(call, list) else [call]:
            if part.what == "truncate":
                del data[part.offset :]
                data.extend(bytes(part.offset - len(data)))
            else:
                data.extend(bytes(max(0, part.offset - len(data))))
                data[part.offset : part.offset + len(part.data)] = part.data
    return bytes(data)


def lay_out(left, folder, target):
    """Writes what a cut left of `folder` into `target`. A file whose folder is gone is gone with it."""
    for name in sorted(left):
        path = target / Path(name).relative_to(folder)
        if left[name] is None:
            path.mkdir(exist_ok=True)
        elif path.parent.is_dir():
            path.write_bytes(left[name])
