"""A small terminal: enough of one to read what the program shows, and to press keys.

Understands what the program writes: placed text, erasing, and modes. Every character is one cell wide.
"""

import fcntl
import os
import pty
import re
import select
import struct
import termios
import time

from collection import PATIENCE, Wrong

SEQUENCE = re.compile(r"\x1b\[([?>=]?)([0-9;:]*)([@-~])|\x1b\][^\x07]*\x07|\x1b[()][A-Z0-9]|\x1b[=>78]")


class Screen:
    """The program, running in a pseudo-terminal of its own."""

    def __init__(self, start, *arguments, size=(80, 24), **more):
        self.columns, self.rows = size
        self.cells, self.at, self.rest, self.raw = {}, (0, 0), "", ""
        self.modes = set()
        self.master, near = pty.openpty()
        os.set_inheritable(self.master, False)
        self.resize(size)
        self.before = termios.tcgetattr(near)
        self.process = start(
            *arguments, stdin=near, stdout=near, stderr=near, start_new_session=True, preexec_fn=take, **more
        )
        os.close(near)

    def resize(self, size):
        self.columns, self.rows = size
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))

    def read(self, patience):
        """Takes in what is written within so many seconds; whether the program may still write."""
        deadline = time.monotonic() + patience + PATIENCE
        try:
            while select.select([self.master], [], [], patience)[0]:
                if time.monotonic() > deadline:
                    raise Wrong(f"it draws without an end: {self.raw[-200:]!r}")
                self.show(os.read(self.master, 65_536).decode(errors="replace"))
                patience = 0
        except OSError:
            return False
        return True

    def wait_for(self, reached, seconds=20):
        """Reads until the screen is as it should be; whether it came to that."""
        for _ in range(int(seconds / 0.02)):
            if reached(self):
                return True
            if not self.read(0.02):
                return reached(self)
        return False

    def show(self, text):
        self.raw += text
        text = self.rest + text
        self.rest = ""
        place = 0
        while place < len(text):
            if text[place] == "\x1b":
                found = SEQUENCE.match(text, place)
                if not found:
                    self.rest = text[place:]
                    return
                self.obey(*found.groups(default=""))
                place = found.end()
                continue
            self.put(text[place])
            place += 1

    def put(self, character):
        row, column = self.at
        if character == "\r":
            self.at = (row, 0)
        elif character == "\n":
            self.at = (row + 1, column)
        elif character >= " ":
            self.cells[self.at] = character
            self.at = (row, column + 1)

    def obey(self, private, numbers, final):
        parts = [int(part) if part.isdigit() else 0 for part in numbers.split(";")]
        if final == "H":
            self.at = (max(parts[0], 1) - 1, max(parts[1] if len(parts) > 1 else 1, 1) - 1)
        elif final == "J":
            self.cells.clear()
        elif final == "K":
            row, column = self.at
            self.cells = {at: c for at, c in self.cells.items() if at[0] != row or at[1] < column}
        if private == "?" and 1049 in parts:
            # The other screen begins empty, and the first one is not looked at.
            self.cells, self.at = {}, (0, 0)
        if private == "?" and final == "h":
            self.modes.update(parts)
        elif private == "?" and final == "l":
            self.modes.difference_update(parts)

    def text(self):
        lines = []
        for row in range(self.rows):
            lines.append(
                "".join(self.cells.get((row, column), " ") for column in range(self.columns)).rstrip()
            )
        return "\n".join(lines)

    def question(self):
        """The number of the question that is shown, if one is."""
        found = re.search(r"\bQ\d+\.(\d+) ", self.text())
        return found and int(found.group(1))

    def press(self, keys):
        try:
            os.write(self.master, keys.encode())
        except OSError:
            pass

    def has_ended(self, seconds):
        """Waits until the program ends, and takes in what it writes meanwhile."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < deadline:
            if not self.read(0.02):
                time.sleep(0.005)
        return self.process.poll() is not None

    def ends(self, seconds):
        """Waits until the program ends, takes in the rest, and gives its exit code; None if it does not."""
        self.has_ended(seconds)
        self.read(0)
        os.close(self.master)
        return self.process.poll()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.read(0)
        os.close(self.master)


def take():
    """Makes the terminal on standard input the one that controls this process."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
