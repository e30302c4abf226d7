"""Check chapter 2, "Git from the Inside".

Builds small repositories in temporary folders, runs the commands that the chapter shows, compares
what git does with the option marked right, makes sure that no wrong option says or does the same,
and checks the structure.

usage: check_git.py [CHAPTER.md]
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter

from structure import Check, check_structure, code_blocks, finish, load, plain

CHAPTER = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                       "..", "..", "decks", "git-from-the-inside.md")
NEEDED = (2, 32)  # commit --fixup=amend:
EXECUTED = {}
DAY = 24 * 3600
ENV = {
    "PATH": os.environ.get("PATH", os.defpath),
    "LC_ALL": "C",
    "TZ": "UTC",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": ":",
    "GIT_PAGER": "cat",
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.org",
}


def question(number):
    def register(function):
        EXECUTED[number] = function
        return function
    return register


# --- running git -------------------------------------------------------------------------------

class Failed(Exception):
    pass


class Repo:
    """A repository in a folder of its own, or a clone of another."""

    def __init__(self, folder, clone=None, bare=False):
        self.folder = folder
        if clone:
            self.run("git", "clone", "-q", clone.folder, folder, cwd=os.path.dirname(folder))
        else:
            os.makedirs(folder)
            self.git("init", "-q", "-b", "main", *(["--bare"] if bare else []))

    def run(self, *args, cwd=None, check=True, **env):
        done = subprocess.run(args, cwd=cwd or self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=120,
                              env={**ENV, "HOME": os.path.dirname(self.folder),
                                   "GIT_CEILING_DIRECTORIES": os.path.dirname(self.folder), **env})
        if check and done.returncode:
            raise Failed("%s: %s%s" % (" ".join(args), done.stdout, done.stderr))
        return done

    def git(self, *args, **env):
        return self.run("git", *args, **env).stdout.rstrip("\n")

    def fails(self, *args, **env):
        """What git says as it refuses, or an empty string if it does not."""
        done = self.run("git", *args, check=False, **env)
        return (done.stdout + done.stderr or "exit %d" % done.returncode) if done.returncode else ""

    def ok(self, *args, **env):
        return not self.fails(*args, **env)

    def sh(self, code, check=True, **env):
        """Run a chapter's shell code; every command must succeed unless check is false."""
        return self.run("sh", "-ec" if check else "-c", code, check=check, **env)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mode=None):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as handle:
            handle.write(text)
        if mode:
            os.chmod(self.path(name), mode)

    def read(self, name):
        try:
            with open(self.path(name), encoding="utf-8") as handle:
                return handle.read()
        except FileNotFoundError:
            return None

    def commit(self, message, **files):
        """Commit files, given as name=text with __ for a dot; the new id."""
        for name, text in files.items():
            self.write(name.replace("__", "."), text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.id()

    def id(self, name="HEAD"):
        return self.git("rev-parse", "--verify", name)

    def head(self):
        """The branch that HEAD names, or nothing when it is detached."""
        return self.run("git", "symbolic-ref", "-q", "--short", "HEAD", check=False).stdout.strip()

    def status(self):
        return self.git("status", "--short").split("\n") if self.git("status", "--short") else []

    def kinds(self):
        """How many objects of each kind the repository stores, reachable or not."""
        return Counter(self.git("cat-file", "--batch-all-objects",
                                "--batch-check=%(objecttype)").split())

    def texts(self):
        """The contents of all blobs stored, reachable or not."""
        found = self.git("cat-file", "--batch-all-objects",
                         "--batch-check=%(objecttype) %(objectname)").split("\n")
        return {self.git("cat-file", "blob", line.split()[1])
                for line in found if line.startswith("blob")}

    def has(self, object_id):
        return self.ok("cat-file", "-e", object_id)

    def titles(self, revisions="HEAD"):
        return self.git("log", "--format=%s", revisions).split("\n")

    def reaching(self, object_id):
        """Short names of all refs that reach a commit."""
        return set(self.git("for-each-ref", "--contains", object_id,
                            "--format=%(refname:short)").split())

    def files(self):
        return set(self.git("ls-files").split())


class RepositoryCheck(Check):
    def __init__(self, q, folder):
        super().__init__(q)
        self.folder, self.count = folder, 0

    def repo(self, clone=None, bare=False):
        """A new repository, in a folder that it shares with no other."""
        self.count += 1
        box = os.path.join(self.folder, "box%d" % self.count)
        os.makedirs(box)
        return Repo(os.path.join(box, "repo"), clone, bare)

    def claims(self, observed):
        """observed: part of an option's text -> whether what that option says was seen to hold.

        Each option is known by exactly one such part, so a reworded option is noticed.
        """
        def works(text):
            parts = [part for part in observed if part in plain(text)]
            if len(parts) != 1:
                raise ValueError("option %r is known by %r" % (text, parts))
            return bool(observed[parts[0]])
        self.only(works)
        unused = [part for part in observed
                  if not any(part in plain(text) for text in self.q.options.values())]
        self.that(not unused, "no option has the words %r" % unused)

    def stem(self, lang="sh"):
        blocks = [code for tag, code in code_blocks(self.q.stem) if tag == lang]
        if len(blocks) != 1:
            raise ValueError("%d blocks of %s in the stem" % (len(blocks), lang))
        return blocks[0]

    def shown(self):
        """The shell code of the explanation."""
        return "\n".join(code for tag, code in code_blocks(self.q.explanation) if tag == "sh")


def spans(text):
    return re.findall(r"`([^`]+)`", text)


def split_last(code):
    lines = code.split("\n")
    return "\n".join(lines[:-1]), lines[-1]


# --- the questions -----------------------------------------------------------------------------

@question(1)
def branch_pointers(c):
    r = c.repo()
    r.commit("Start", a="1\n")
    old, before = r.id(), r.kinds()
    first, second = c.stem().split("\n")
    r.sh(first)
    c.same(r.kinds(), before, "git branch writes no object")
    c.same(r.head(), "main", "git branch leaves HEAD")
    r.sh(second)

    def commit(name):
        return "the old commit" if r.id(name) == old else "the new commit"

    def read(text):
        return dict(re.findall(r"(main|spike|HEAD) at ((?:the )?\w+(?: commit)?)", plain(text)))

    c.result({"main": commit("main"), "spike": commit("spike"), "HEAD": r.head()}, read)
    c.same(r.git("rev-parse", "main^"), r.id("spike"), "spike is the parent")
    r = c.repo()
    r.commit("Start", a="1\n")
    old = r.id()
    r.sh("git switch -c spike\n" + second)
    c.same((r.id("main"), r.git("rev-parse", "spike^")), (old, old), "git switch -c")


@question(2)
def staged_content(c):
    r = c.repo()
    done = r.sh(c.stem())
    c.same(done.returncode, 0, "nothing is refused")
    printed = done.stdout.split("] Add note\n")[1].split("\n")
    printed = [line for line in printed if line in ("one", "two")]
    c.result(printed, spans)
    c.same(r.read("note.txt"), "two\n", "the edit stays in the working tree")
    c.same(r.status(), [" M note.txt"], "git status afterwards")
    r.sh("git commit -a -m More")
    c.same(r.git("show", "HEAD:note.txt"), "two", "git commit -a")


@question(3)
def ignored_but_tracked(c):
    origin = c.repo()
    origin.commit("Start", config__local="debug=0\n")
    r, colleague = c.repo(origin), c.repo(origin)
    out = r.sh(c.stem()).stdout.rstrip("\n").split("\n")[-1]
    tracked = "config.local" in r.files()
    c.claims({
        "stopped tracking the file and staged its deletion": not tracked and out.startswith("D "),
        "still tracks the file but no longer reports": tracked and "config.local" not in out,
        "stopped tracking the file and lists it as untracked": not tracked and out.startswith("??"),
        "still tracks the file and reports it as modified": tracked and out == " M config.local",
    })
    r.sh(c.shown())
    c.same(r.read("config.local"), "debug=0\ndebug=1\n", "rm --cached keeps the copy")
    c.same((r.status(), "config.local" in r.files()), ([], False), "no longer tracked, nor listed")
    colleague.git("pull", "-q", r.folder, "main")
    c.same(colleague.read("config.local"), None, "a colleague loses the file")
    c.same(r.git("show", "HEAD~2:config.local"), "debug=0", "old versions remain")


@question(4)
def fetch(c):
    origin = c.repo(bare=True)
    colleague = c.repo(origin)
    colleague.git("switch", "-q", "-C", "main")
    colleague.commit("Start", a="1\n")
    colleague.git("push", "-q", "origin", "main")
    r = c.repo(origin)
    new = colleague.commit("More", a="2\n")
    colleague.git("push", "-q", "origin", "main")

    def moved():
        found = {name for name in ("main", "origin/main") if r.id("refs/heads/main" if name == "main"
                 else "refs/remotes/origin/main") == new}
        return found | ({"files"} if r.read("a") == "2\n" else set())

    def read(text):
        return set(re.findall(r"origin/main|main|files", plain(text).split(" move")[0]))

    c.same(moved(), set(), "before the fetch")
    command = next(code for code in spans(c.q.stem) if code.startswith("git "))
    r.sh(command)
    c.result(moved(), read)
    c.same(r.titles("main..origin/main"), ["More"], "git log main..origin/main")
    r.sh("git pull")
    c.same(moved(), {"main", "origin/main", "files"}, "git pull moves all")
    c.same(r.id("main"), new, "by a fast-forward here")


@question(5)
def fast_forward(c):
    def fresh():
        r = c.repo()
        r.commit("Start")
        r.git("switch", "-q", "-c", "topic")
        for name in "xyz":
            r.commit("Add " + name, **{name: "1\n"})
        return r

    r = fresh()
    topic, before = r.id("topic"), r.kinds()
    r.sh(c.stem())
    parents = r.git("log", "-1", "--format=%P", "main").split()
    added = r.kinds()["commit"] - before["commit"]
    c.claims({
        "has two parents": len(parents) == 2,
        "to the tip of topic without creating a commit": r.id("main") == topic and added == 0,
        "copies of the three commits": added == 3,
        "three changes combined": added == 1,
    })
    c.same(r.id("topic"), topic, "topic stays")
    r = fresh()
    r.sh("git switch main; git merge --no-ff topic")
    c.same(len(r.git("log", "-1", "--format=%P").split()), 2, "--no-ff")
    r = fresh()
    r.sh("git switch main; git commit --allow-empty -m Other")
    old = r.id()
    c.that(r.fails("merge", "--ff-only", "topic"), "--ff-only does not fail")
    c.same(r.id(), old, "--ff-only moved the branch")
    r = fresh()
    r.sh("git switch main; git merge --squash topic")
    c.same((r.titles(), r.status()), (["Start"], ["A  x", "A  y", "A  z"]), "--squash stages")


@question(6)
def restore_staged(c):
    def fresh():
        r = c.repo()
        r.commit("Start", app__py="old\n")
        r.write("app.py", "new\n")
        r.git("add", "app.py")
        return r

    def state(r):
        return r.read("app.py").strip(), r.git("show", ":app.py")

    def read(text):
        text = plain(text)
        there = "new" if text.startswith("The edit is still in the file") else \
            "old" if text.startswith("The committed text is back") else None
        staged = {"nothing is staged": "old", "the edit is still staged": "new"}[text.split(", and ")[1]]
        return there, staged

    r = fresh()
    r.sh(next(code for code in spans(c.q.stem) if code.startswith("git ")))
    c.result(state(r), read)
    c.same(r.status(), [" M app.py"], "shown as unstaged")
    r = fresh()
    r.sh("git restore app.py")
    c.same(state(r), ("new", "new"), "without --staged")
    r = fresh()
    r.sh(next(code for code in spans(c.q.explanation) if "--worktree" in code))
    c.same(state(r), ("old", "old"), "--staged --worktree")


@question(7)
def objects_written(c):
    r = c.repo()
    folders = ["", "src/", "src/api/"] + ["d%d/" % i for i in range(37)]
    names = ["%sf%d.txt" % (folders[i % 40], i) for i in range(499)] + ["src/api/v1.py"]
    for name in names:
        r.write(name, "text of %s\n" % name)
    r.commit("Start")
    before = r.kinds()
    c.same((before["blob"], before["tree"], before["commit"]), (500, 40, 1), "the repository of the stem")
    r.write("src/api/v1.py", "another text\n")
    r.sh("git commit -am Change")
    added = dict(r.kinds() - before)

    def read(text):
        numbers = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
        return {kind: numbers.get(n.lower()) or int(n)
                for n, kind in re.findall(r"(\w+) (blob|tree|commit|delta)s?", text)}

    c.result(added, read)
    c.that(r.git("cat-file", "-p", "HEAD").startswith("tree "), "a commit names a tree")
    old, new = (r.git("ls-tree", rev).split("\n") for rev in ("HEAD~1", "HEAD"))
    c.same(len(set(new) - set(old)), 1, "entries of the top tree that changed")


@question(8)
def reset_modes(c):
    def fresh():
        r = c.repo()
        r.commit("Start", a="1\n", b="1\n")
        r.commit("Two concerns", a="2\n", b="2\n", new="x\n")
        return r

    def after(command):
        """Which of branch, index and files took over the older commit's state."""
        r = fresh()
        old = r.id("HEAD~1")
        r.sh(command)
        return (r.id("main") == old,
                r.ok("diff", "--cached", "--quiet", old),
                (r.read("a"), r.read("b")) == ("1\n", "1\n"))

    c.only(lambda text: after(spans(text)[0]) == (True, True, False))
    rows = re.findall(r"^\| `(--\w+)` \| (\w+) \| (\w+) \| (\w+) \|$", c.q.explanation, re.M)
    c.same(len(rows), 3, "rows of the table")
    for mode, *cells in rows:
        c.same(after("git reset %s HEAD~1" % mode), tuple(cell == "yes" for cell in cells), "row " + mode)
    c.same(after("git reset HEAD~1"), after("git reset --mixed HEAD~1"), "--mixed is the default")
    c.same(after("git reset --keep HEAD~1"), after("git reset --hard HEAD~1"), "--keep on a clean tree")
    r = fresh()
    r.write("a", "uncommitted\n")
    c.that(r.fails("reset", "--keep", "HEAD~1"), "--keep overwrites an edit")
    c.same(r.read("a"), "uncommitted\n", "the edit after --keep")
    r = fresh()
    r.sh("git reset --mixed HEAD~1")
    c.same(r.status(), [" M a", " M b", "?? new"], "nothing is staged after --mixed")


@question(9)
def detached(c):
    r = c.repo()
    tagged = r.commit("Release", app__py="x = 1\n")
    r.git("tag", "v1.2")
    r.commit("Later", other="1\n")
    lines = c.stem().split("\n")
    r.sh(lines[0])
    c.same(r.head(), "", "HEAD is detached")
    r.sh("\n".join(lines[1:-1]))
    fix = r.id()
    branches = r.git("for-each-ref", "--format=%(refname:short)", "refs/heads")
    r.sh(lines[-1])
    c.claims({
        "The tag v1.2": r.id("v1.2^{commit}") == fix,
        "The branch main": "main" in r.reaching(fix),
        "A branch, which Git created": branches != "main" or r.reaching(fix),
        "The reflog of HEAD": fix in r.git("reflog", "--format=%H", "HEAD").split(),
    })
    c.same((r.id("v1.2"), r.reaching(fix)), (tagged, set()), "no ref reaches the fix")
    r.sh(c.shown())
    c.same(r.reaching(fix), {"fix"}, "command of the explanation")
    for days, kept in ((29, True), (31, False)):
        then = {"GIT_COMMITTER_DATE": "%d +0000" % (time.time() - days * DAY)}
        r = c.repo()
        r.commit("Release", app__py="x = 1\n")
        r.git("tag", "v1.2")
        r.commit("Later", other="1\n")
        r.sh("\n".join(lines[:-1]), **then)
        fix = r.id()
        r.sh(lines[-1], **then)
        r.git("reflog", "expire", "--all")
        c.same(fix in r.git("reflog", "--format=%H", "HEAD").split(), kept,
               "reflog entry of %d days kept" % days)


@question(10)
def switch_with_edits(c):
    command = next(code for code in spans(c.q.stem) if code.startswith("git switch"))

    def fresh(topic_text):
        r = c.repo()
        r.commit("Start", README__md="1\n2\n3\n4\n5\n", other="1\n")
        r.git("switch", "-q", "-c", "topic")
        r.commit("Topic", README__md=topic_text, other="2\n")
        r.git("switch", "-q", "main")
        r.write("README.md", "1\n2\n3\n4\n5 edited\n")
        return r

    r = fresh("1\n2\n3\n4\n5\n")
    fine = r.ok(*command.split()[1:])
    on, edited = r.head() == "topic", "edited" in r.read("README.md")
    c.claims({
        "the edit is still there, uncommitted": fine and on and edited and r.status() == [" M README.md"],
        "It fails": not fine,
        "waits in the stash": fine and r.git("stash", "list"),
        "hidden until you return": fine and not edited,
    })
    r = fresh("1 topic\n2\n3\n4\n5\n")
    c.that("would be overwritten" in r.fails("switch", "topic"), "no refusal when the file differs")
    c.same(r.head(), "main", "branch after the refusal")
    r.sh("git switch --merge topic")
    c.same(r.read("README.md"), "1 topic\n2\n3\n4\n5 edited\n", "git switch --merge")
    r = fresh("1 topic\n2\n3\n4\n5\n")
    r.sh("git stash; git switch topic")
    c.same(r.head(), "topic", "after git stash")


@question(11)
def three_way(c):
    def merged(code):
        r = c.repo()
        r.commit("Start", config__ini="timeout=10\n")
        fine = r.sh(code, check=False).returncode == 0
        return r, fine

    r, fine = merged(c.stem())
    text = r.read("config.ini").strip()
    base = r.git("merge-base", "HEAD^1", "HEAD^2") if fine else r.git("merge-base", "main", "topic")

    def line(rev):
        return r.git("show", rev + ":config.ini")

    topic_alone = line("topic") != line(base) and line("HEAD^1") == line(base)
    c.claims({
        "Conflict markers": not fine or "<<<<" in text,
        "timeout=10, as the latest": text == "timeout=10",
        "timeout=20, as only topic differs": fine and text == "timeout=20" and topic_alone,
        "timeout=10, as the branch": text == "timeout=10",
    })
    c.same((line(base), line("HEAD^1"), line("topic")), ("timeout=10", "timeout=10", "timeout=20"),
           "base and tips")
    other = c.stem().replace("git revert --no-edit HEAD", "echo timeout=30 > config.ini; git commit -am X")
    r, fine = merged(other)
    c.same((fine, "<<<<" in r.read("config.ini")), (False, True), "conflict when both tips differ")
    same = "\n".join(text for text in c.stem().split("\n") if "revert" not in text)
    r, fine = merged(same)
    c.same((fine, r.read("config.ini")), (True, "timeout=20\n"), "no conflict when both tips agree")


@question(12)
def annotated_tag(c):
    r = c.repo()
    r.commit("Start", a="1\n")
    r.commit("More", a="2\n")
    head, before = r.id(), r.kinds()
    printed = r.sh(c.stem()).stdout.split()
    c.that(len(printed) == 2 and printed[0] != printed[1], "the two ids are not different")
    tag = printed[1]
    kind, body = r.git("cat-file", "-t", tag), r.git("cat-file", "-p", tag)
    c.claims({
        "names a copy of the commit": kind == "commit" and "parent" in body,
        "names a tag object, which names the commit": kind == "tag" and "object %s\ntype commit" % head in body,
        "names a tree": kind == "tree",
        "names a new commit": kind == "commit",
    })
    c.same(dict(r.kinds() - before), {"tag": 1}, "objects written")
    c.same(r.id(), head, "HEAD after tagging")
    c.that(all(word in body for word in ("tagger Ana", "Release 2.0")), "tagger and message")
    c.same(r.git("rev-parse", "refs/tags/v2.0"), tag, "the ref names the tag object")
    c.same(r.sh(c.shown()).stdout.strip(), head, "command of the explanation")
    r = c.repo()
    r.commit("Start")
    r.sh("git tag v2.0")
    c.same(r.id("v2.0"), r.id(), "lightweight tag")


@question(13)
def stash_pop(c):
    def fresh():
        r = c.repo()
        r.commit("Start", app__py="y = 0\n")
        return r

    code, last = split_last(c.stem())
    r = fresh()
    r.sh(code)
    left = r.read("new.py") is not None
    c.same((r.status(), r.read("app.py")), (["?? new.py"], "y = 0\n"), "after git stash")
    r.sh(last)
    states = {"back but unstaged": " M app.py", "back and staged": "M  app.py"}

    def read(text):
        text = plain(text)
        state = next(status for words, status in states.items() if words in text)
        return state, {"was never stashed": True, "was stashed with it": False}[text.split("new.py ")[1]]

    c.result((next(line for line in r.status() if line.endswith("app.py")), left), read)
    r = fresh()
    r.sh(code + " -u")
    c.same(r.read("new.py"), None, "git stash -u")
    r = fresh()
    r.sh(code + "\ngit stash pop --index")
    c.that("M  app.py" in r.status(), "git stash pop --index")
    r = fresh()
    r.sh(code)
    r.commit("Other", app__py="y = 3\n")
    c.that(r.fails("stash", "pop"), "pop does not conflict")
    c.that(r.git("stash", "list"), "the stash entry is gone after a conflict")


@question(14)
def revert(c):
    r = c.repo()
    titles = c.stem("text").split("\n")
    ids = {}
    for title in reversed(titles):
        ids[title] = r.commit(title, **{title.split()[-1].lower(): "1\n"})
    r.git("revert", "--no-edit", ids["Cache prices"])
    now = r.git("log", "--format=%H").split()
    kept = now[1:] == [ids[title] for title in titles]
    start = r.git("ls-tree", "-r", "--name-only", ids["Start"]).split()
    c.claims({
        "It removes Cache prices": ids["Cache prices"] not in now and "Cache prices" not in r.titles(),
        "It moves the branch back": now[0] == ids["Start"],
        "with the files as in Start": kept and r.files() == set(start),
        "that undoes Cache prices alone": kept and r.files() == {"start", "menu", "export"},
    })
    r.sh("git restore --source=%s --staged --worktree :/" % ids["Start"])
    c.same(r.files(), set(start), "git restore --source brings back a whole state")


@question(15)
def cherry_pick(c):
    r = c.repo()
    base = r.commit("Start", a="1\n")
    r.git("branch", "release")
    r.commit("Feature", b="1\n")
    fix = r.commit("Fix", a="2\n")
    r.git("switch", "-q", "release")
    r.commit("Release notes", c="1\n")
    r.git("switch", "-q", "main")
    printed = r.sh(c.stem()).stdout.rstrip("\n").split("\n")[-1].strip()
    c.same(printed, "main", "what the last command of the stem lists")
    parents = r.git("log", "-1", "--format=%P", "release").split()
    both = {line.strip("* ") for line in r.git("branch", "--contains", base).split("\n")}
    new = r.id("release")
    c.claims({
        "it is not committed yet": r.status() or r.titles("release")[0] != "Fix",
        "a second parent": len(parents) > 1 or fix in parents,
        "a new commit with another id": new != fix and r.titles("release")[0] == "Fix"
        and "release" not in r.reaching(fix),
        "reused the original commit": new == fix,
    })
    c.same(both, {"main", "release"}, "--contains lists all branches")
    c.that(fix not in r.git("cat-file", "-p", "release"), "the new commit refers to the original")
    cherry = next(code for code in spans(c.q.explanation) if code.startswith("git cherry "))
    lines = r.sh(cherry).stdout.split("\n")
    c.that("- " + fix in lines, "git cherry marks the fix")
    c.that("+ " + r.id("main~1") in lines, "git cherry marks the feature otherwise")
    r.sh("git reset -q --hard HEAD~1; git cherry-pick -x main")
    c.that("cherry picked from commit " + fix in r.git("log", "-1", "--format=%b"), "-x")


@question(16)
def blame(c):
    r = c.repo()
    lines = ["a = 'one'", "b = 'two'", "c = 'three'", "d = 4"]
    r.commit("Start", app__py="\n".join(lines[:2]) + "\n")
    ben = {"GIT_AUTHOR_NAME": "Ben"}
    r.write("app.py", "\n".join(lines) + "\n")
    r.git("commit", "-qam", "More", **ben)
    r.write("app.py", r.read("app.py").replace("'", '"'))
    r.git("commit", "-qam", "Reformat", GIT_AUTHOR_NAME="Eve")
    reformat = r.id()
    r.commit("Unrelated", other="1\n")

    def authors(command):
        return re.findall(r"\((\w+) ", r.sh(command, REFORMAT=reformat).stdout)

    c.same(authors("git blame app.py"), ["Eve"] * 3 + ["Ben"], "plain blame")
    c.only(lambda text: authors(spans(text)[0]) == ["Ana", "Ana", "Ben", "Ben"])
    r.write(".git-blame-ignore-revs", reformat + "\n")
    r.git("config", "blame.ignoreRevsFile", ".git-blame-ignore-revs")
    c.same(authors("git blame app.py"), ["Ana", "Ana", "Ben", "Ben"], "blame.ignoreRevsFile")
    r = c.repo()
    r.commit("Start", app__py="a = 1\n")
    r.write("app.py", "a  =  1\n")
    r.git("commit", "-qam", "Spaces", GIT_AUTHOR_NAME="Eve")
    c.same((authors("git blame app.py"), authors("git blame -w app.py")), (["Eve"], ["Ana"]),
           "-w with white space")


@question(17)
def bisect(c):
    script = c.stem()
    if script.count("CODE") != 1:
        raise ValueError("CODE is not there once")
    layouts = [(5, {8, 9}), (12, {7, 8, 9}), (3, {8}), (14, {8, 10, 12})]

    def search(code, culprit, broken):
        r = c.repo()
        ids = []
        for n in range(1, 17):
            r.write("build", "#!/bin/sh\nexit %d\n" % (2 if n in broken else 0), 0o755)
            r.write("smoke-test", "#!/bin/sh\nexit %d\n" % (n >= culprit), 0o755)
            ids.append(r.commit("Commit %d" % n, n=str(n)))
        r.write("check.sh", script.replace("CODE", code) + "\n", 0o755)
        r.sh("git bisect start; git bisect bad; git bisect good " + ids[0])
        done = r.run("git", "bisect", "run", "./check.sh", check=False)
        found = re.search(r"^(\w+) is the first bad commit", done.stdout, re.M)
        return done.returncode, ids.index(found.group(1)) + 1 if found else None, done.stdout + done.stderr

    c.only(lambda text: all(search(spans(text)[0], *layout)[:2] == (0, layout[0]) for layout in layouts))
    c.same(search("0", 5, {8, 9})[1], 10, "0 names an innocent commit")
    c.same(search("1", 12, {7, 8, 9})[1], 7, "1 names an innocent commit")
    for code in ("124", "126", "127"):
        c.same(search(code, 12, {7, 8, 9})[1], 7, code + " counts as bad")
    for code in ("128", "255"):
        status, found, _ = search(code, 12, {7, 8, 9})
        c.that(status != 0 and found is None, code + " does not stop the search")
    status, found, said = search("125", 9, {8})
    c.that(found is None and "could be any of" in said, "candidates next to a skipped commit")


@question(18)
def lease(c):
    def fresh():
        origin = c.repo(bare=True)
        colleague = c.repo(origin)
        colleague.git("switch", "-q", "-C", "main")
        colleague.commit("Start", a="1\n")
        colleague.git("switch", "-q", "-c", "topic")
        colleague.commit("Topic", b="1\n")
        colleague.git("switch", "-q", "main")
        colleague.commit("Main moves", c="1\n")
        colleague.git("push", "-q", "origin", "main", "topic")
        mine = c.repo(origin)
        mine.sh("git switch topic; git rebase origin/main")
        colleague.git("switch", "-q", "topic")
        theirs = colleague.commit("Theirs", d="1\n")
        seen = mine.id("origin/topic")
        colleague.git("push", "-q", "origin", "topic")
        return origin, mine, theirs, seen

    origin, mine, theirs, _ = fresh()
    own = mine.id("topic")
    done = mine.sh(c.stem(), check=False)
    said, tip = done.stdout + done.stderr, origin.id("topic")
    on_branch = theirs in origin.git("log", "--format=%H", "topic").split() \
        or "Theirs" in origin.titles("topic")
    c.claims({
        "rejected, as the remote branch": "rejected" in said,
        "rejected, as origin/topic": "rejected" in said,
        "placed below yours": done.returncode == 0 and on_branch,
        "no longer on the branch": done.returncode == 0 and tip == own and not on_branch,
    })
    fetch_line, push_line = c.stem().split("\n")
    origin, mine, theirs, seen = fresh()
    c.that("stale info" in mine.fails(*push_line.split()[1:]), "the lease without the fetch")
    c.same(origin.id("topic"), theirs, "remote branch without the fetch")
    mine.sh(fetch_line)
    c.that("rejected" in mine.fails(*c.shown().split()[1:]), "--force-if-includes")
    c.that("stale info" in mine.fails("push", "--force-with-lease=topic:" + seen, "origin", "topic"),
           "the lease with the id one expects")
    c.same(origin.id("topic"), theirs, "remote branch after both")


@question(19)
def rebase_sides(c):
    def fresh():
        r = c.repo()
        r.commit("Start", app__conf="level=base\n")
        r.git("switch", "-q", "-c", "topic")
        r.commit("Topic", app__conf="level=topic\n")
        r.git("switch", "-q", "main")
        r.commit("Main", app__conf="level=main\n")
        return r

    def seen(r):
        return tuple(re.findall(r"level=\w+", r.read("app.conf")))

    code, last = split_last(c.stem())
    r = fresh()
    c.that(r.sh(code, check=False).returncode != 0, "the rebase does not stop")
    c.same((r.head(), r.id()), ("", r.id("main")), "HEAD is detached at main")
    c.same(seen(r), ("level=main", "level=topic"), "between the markers")
    r.sh(last)
    c.result(seen(r), lambda text: tuple(spans(text)))
    r.sh("git checkout --theirs app.conf")
    c.same(seen(r), ("level=topic",), "--theirs")
    r.sh("git restore --ours app.conf")
    c.same(seen(r), ("level=main",), "git restore --ours")
    r = fresh()
    r.sh("git switch topic; git rebase -X ours main")
    c.same(seen(r), ("level=main",), "git rebase -X ours")
    r = fresh()
    r.sh("git switch topic; git merge main || git checkout --ours app.conf")
    c.same(seen(r), ("level=topic",), "--ours in a merge")


@question(20)
def autosquash(c):
    rebase = next(code for code in spans(c.q.stem) if code.startswith("git rebase"))

    def outcome(command):
        r = c.repo()
        r.commit("Start", base="1\n")
        target = r.commit("Misleading", app="wrong\n")
        r.commit("Second", b="1\n")
        r.commit("Third", c="1\n")
        r.write("app", "right\n")
        r.git("add", "app")
        # An editor that writes the new message below the title that Git put there, if any.
        r.write("../edit", '#!/bin/sh\ntitle=$(sed -n "1{/! /p}" "$1")\n'
                '{ [ -z "$title" ] || printf "%s\\n\\n" "$title"; echo "Honest"; } > "$1.new"\n'
                'mv "$1.new" "$1"\n', 0o755)
        r.sh(command, C=target, GIT_EDITOR=r.path("../edit"))
        opened = r.path("../opened")
        r.write("../count", '#!/bin/sh\necho x >> "%s"\n' % opened, 0o755)
        made, staged = r.git("log", "-1", "--format=%s"), r.git("diff", "--cached", "--name-only")
        fine = r.sh(rebase, C=target, check=False, GIT_SEQUENCE_EDITOR=":",
                    GIT_EDITOR=r.path("../count")).returncode == 0
        messages = [m.strip() for m in r.git("log", "--reverse", "--format=%B%x00").split("\0")]
        return {"rebased": fine, "made": made, "staged": staged, "messages": [m for m in messages if m],
                "line": r.git("show", "HEAD:app"), "editor": os.path.exists(opened)}

    wanted = {"rebased": True, "staged": "", "messages": ["Start", "Honest", "Second", "Third"], "line": "right"}
    seen = {spans(text)[0]: outcome(spans(text)[0]) for text in c.q.options.values()}
    c.only(lambda text: {key: seen[spans(text)[0]][key] for key in wanted} == wanted)
    amend, fixup = seen["git commit --fixup=amend:$C"], seen["git commit --fixup=$C"]
    squash, reword = seen["git commit --squash=$C"], seen["git commit --fixup=reword:$C"]
    c.same(amend["made"], "amend! Misleading", "title of the commit")
    c.same((amend["editor"], fixup["editor"], squash["editor"]), (False, False, True), "editor in the rebase")
    c.same((fixup["line"], fixup["messages"][1]), ("right", "Misleading"), "--fixup= keeps the old message")
    c.same(squash["line"], "right", "--squash= folds in the content")
    c.that("Misleading" in squash["messages"][1] and "Honest" in squash["messages"][1], "both messages")
    c.same(reword["staged"], "app", "--fixup=reword: leaves the staged change out")


@question(21)
def worktree(c):
    r = c.repo()
    r.commit("Start", a="1\n")
    r.git("branch", "release")
    r.sh(c.stem())
    other = Repo.__new__(Repo)
    other.folder = os.path.normpath(r.path("../hotfix"))
    other.commit("Hotfix", b="1\n")
    other.git("branch", "made-there")
    shared = set()
    if "made-there" in r.git("branch") and r.id("release") == other.id():
        shared.add("branches")
    if r.head() == other.head() or r.id() == other.id():
        shared.add("HEAD")
    other.write("a", "2\n")
    other.git("add", "a")
    if r.git("ls-files", "-s") == other.git("ls-files", "-s") or r.git("diff", "--cached"):
        shared.add("index")
    other.git("stash")
    if "stash@{0}" in r.git("stash", "list"):
        shared.add("stash list")
    c.result(shared, lambda text: set(re.findall("branches|HEAD|index|stash list", text)))
    c.that(r.fails("switch", "release"), "a branch can be checked out twice")
    c.that(r.git("reflog", "HEAD") != other.git("reflog", "HEAD"), "the reflogs of HEAD agree")
    c.that(r.has(other.id()), "objects are not shared")


@question(22)
def hard_reset(c):
    r = c.repo()
    r.commit("Start", a__txt="1\n", b__txt="draft one\n", c__txt="draft one\n")
    r.write("a.txt", "2\n")
    code, last = split_last(c.stem())
    r.sh(code)
    lost = r.id()
    drafts = [r.read(name).strip() for name in ("b.txt", "c.txt")]
    c.same(drafts, ["draft two", "draft three"], "the drafts of the stem")
    r.sh(last)
    c.same([r.read(name).strip() for name in ("a.txt", "b.txt", "c.txt")], ["1", "draft one", "draft one"],
           "the files after the reset")
    stored = r.texts()
    back = {name for name, text in zip(("b", "c"), drafts) if text in stored}
    if r.has(lost) and lost in r.git("reflog", "--format=%H").split():
        back.add("commit")
    anywhere = "draft three" in "".join(
        open(os.path.join(root, name), "rb").read().decode("latin-1")
        for root, _, names in os.walk(r.folder) for name in names)
    c.that(not anywhere, "the unstaged draft is still somewhere")

    def read(text):
        text = re.split(", but (?:neither|not)", plain(text))[0]
        return set(re.findall(r"\b([bc])\.txt", text)) | ({"commit"} if "commit" in text else set())

    c.result(back, read)
    first, second = c.shown().split("\n")
    r.sh(first)
    c.same(r.id(), lost, "git reset --hard HEAD@{1}")
    r.sh(second)
    found = [r.read(".git/lost-found/other/" + name) for name in os.listdir(r.path(".git/lost-found/other"))]
    c.same(found, ["draft two\n"], "git fsck --lost-found")
    r.git("gc", "-q")
    c.that(drafts[0] in r.texts(), "git gc deletes the fresh blob")
    for days, kept in ((13, True), (15, False)):
        r = c.repo()
        r.commit("Start", a="1\n")
        r.write("draft", "some text\n")
        blob = r.git("hash-object", "-w", "draft")
        then = time.time() - days * DAY
        os.utime(r.path(".git/objects/%s/%s" % (blob[:2], blob[2:])), (then, then))
        r.git("gc", "-q")
        c.same(r.has(blob), kept, "unreachable blob of %d days kept" % days)


@question(23)
def reverted_merge(c):
    def fresh():
        r = c.repo()
        r.commit("Start", start="1\n")
        r.git("switch", "-q", "-c", "topic")
        r.commit("Search", search__py="1\n")
        r.commit("Rank", rank__py="1\n")
        r.git("switch", "-q", "main")
        return r

    every = {"search.py", "rank.py", "limits.py"}
    r = fresh()
    topic = r.id("topic")
    before, last = split_last(c.stem())
    r.sh(before)
    base, undone = r.git("merge-base", "main", "topic"), r.id("main")
    c.same(base, topic, "merge base of the second merge")
    c.that(every - {"limits.py"} <= set(r.git("ls-tree", "--name-only", base).split()), "files of the base")
    r.sh(last)
    there = r.files() & every
    c.that(r.git("log", "-1", "--format=%P").count(" ") == 1, "the second merge makes a merge commit")

    def read(text):
        if text.startswith("Neither"):
            return set()
        return set(re.findall(r"(?:search|rank|limits)\.py", text))

    c.result(there, read)
    cure = c.shown().replace("git revert <id of the revert>", "git revert --no-edit " + undone)
    r.sh(cure)
    c.same(r.files() & every, every, "reverting the revert afterwards")
    r = fresh()
    r.sh(before)
    r.sh(cure.replace(undone, r.id("main")))
    r.sh(last)
    c.same(r.files() & every, every, "reverting the revert before")
    r = fresh()
    r.sh(before)
    r.git("switch", "-q", "topic")
    # With the same parent and within the same second, the copies would have the ids of the originals.
    r.git("rebase", "-q", "--no-ff", "main~2", GIT_COMMITTER_NAME="Ben")
    r.git("switch", "-q", "main")
    r.sh(last)
    c.same(r.files() & every, every, "topic as new commits")


@question(24)
def delete_object(c):
    def fresh():
        r = c.repo()
        r.commit("Start", a="1\n")
        r.commit("Work", b="1\n", large__bin="large\n" * 1000)
        blob, old = r.id("HEAD:large.bin"), r.id()
        r.sh("git rm --cached large.bin; git commit --amend --no-edit")
        return r, blob, old

    r, blob, old = fresh()
    c.that(r.has(blob), "the blob is gone before anything was done")
    for name in ("HEAD", "main"):
        c.that(old in r.git("reflog", "--format=%H", name).split(), "not in the reflog of " + name)

    def works(text):
        r, blob, _ = fresh()
        for command in spans(text):
            r.sh(command)
        return not r.has(blob)

    c.only(works)
    r, blob, old = fresh()
    r.sh("git reflog delete HEAD@{0}")
    c.that(old in r.git("reflog", "--format=%H", "HEAD").split(), "git reflog delete hits the old commit")
    r, blob, _ = fresh()
    r.sh("echo 2 > a; git stash; git reflog expire --expire=now --all")
    c.same(r.git("stash", "list"), "", "the stash list after expiring")


# --- all of it ---------------------------------------------------------------------------------

def main(path):
    said = subprocess.run(["git", "--version"], capture_output=True, text=True).stdout
    version = tuple(map(int, re.search(r"(\d+)\.(\d+)", said).groups()))
    if version < NEEDED:
        return finish(["git %d.%d is too old, 2.32 or newer is needed" % version], 0)
    failures, passed = check_structure(path)
    questions = {q.number: q for q in load(path)}
    folder = tempfile.mkdtemp(prefix="check_git.")
    try:
        for number in sorted(set(questions) | set(EXECUTED)):
            q = questions.get(number)
            if q is None:
                failures.append("question %d is missing from the chapter" % number)
                continue
            if number not in EXECUTED:
                failures.append("%s: the script knows no check for it" % q.id)
                continue
            check = RepositoryCheck(q, os.path.join(folder, "q%d" % number))
            os.makedirs(check.folder)
            try:
                EXECUTED[number](check)
            except Exception as error:  # a broken question must not hide the others
                check.failures.append("%s: %s: %s" % (q.id, type(error).__name__, error))
            failures += [" ".join(line.split()) for line in check.failures]
            passed += check.passed
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("%d questions executed with %s" % (len(set(EXECUTED) & set(questions)), said.strip()))
    return finish(failures, passed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else CHAPTER))
