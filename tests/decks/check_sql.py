"""Check chapter 3, "SQL That Does What You Meant".

Runs the queries that the chapter shows against sqlite3 in memory, compares what they give with
the option marked right, makes sure that no wrong option gives the same, and checks the structure.

usage: check_sql.py [CHAPTER.md]
"""

import itertools
import os
import random
import re
import sqlite3
import sys

from structure import Check, check_structure, code_blocks, finish, load

CHAPTER = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                       "..", "..", "decks", "sql-that-does-what-you-meant.md")
NEEDED = (3, 39, 0)  # FULL JOIN, IS DISTINCT FROM

# Questions whose answer this script cannot find by running something in SQLite: the reason, and
# words that pin the right option, so that at least a mixed-up answer is noticed.
REASONED = {
    13: ("choice of plan by PostgreSQL's cost model", "Nearly every row matches"),
    14: ("theory of normal forms", "Second normal form, as the title depends on only a part"),
    21: ("two PostgreSQL sessions at READ COMMITTED", "SET qty = qty - 1"),
    23: ("two PostgreSQL sessions at REPEATABLE READ", "Use `SERIALIZABLE` for both"),
}
EXECUTED = {}


def question(number):
    def register(function):
        EXECUTED[number] = function
        return function
    return register


# --- running SQL -------------------------------------------------------------------------------

def statements(sql):
    """The single statements of a text; the last one may lack its semicolon."""
    found, pending = [], ""
    for part in re.split(r"(?<=;)", sql):
        pending += part
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found + ([pending.strip()] if pending.strip() else [])


def connect():
    return sqlite3.connect(":memory:", isolation_level=None)


def run(sql, con=None):
    """Run all statements; the rows of the last one."""
    con, rows = con or connect(), []
    for statement in statements(sql):
        rows = con.execute(statement).fetchall()
    return rows


def plan(con, sql):
    return [row[3] for row in con.execute("EXPLAIN QUERY PLAN " + sql)]


def sql_of(text):
    return "\n".join(code for lang, code in code_blocks(text) if lang == "sql")


def blocks(text, lang="sql"):
    return [code for tag, code in code_blocks(text) if tag == lang]


def setup_and_query(q):
    """The stem's SQL, split in front of its last statement."""
    parts = statements(sql_of(q.stem))
    return "\n".join(parts[:-1]), parts[-1]


def swap(text, old, new):
    """Replace exactly one occurrence, or complain."""
    if text.count(old) != 1:
        raise ValueError("%r occurs %d times" % (old, text.count(old)))
    return text.replace(old, new)


# --- reading options ---------------------------------------------------------------------------

def spans(text):
    return re.findall(r"`([^`]+)`", text)


def value(text):
    text = text.strip()
    return None if text == "NULL" else int(text) if re.fullmatch(r"-?\d+", text) else text


def values(text):
    """The values in inline code: `1, NULL` or `a`, `b`."""
    return [value(part) for span in spans(text) for part in span.split(",")]


def pairs(text):
    return [(name, int(number)) for name, number in re.findall(r"\((\w+), (\d+)\)", text)]


# --- the questions -----------------------------------------------------------------------------

@question(1)
def null_comparison(c):
    setup, query = setup_and_query(c.q)
    c.result([row[0] for row in run(setup + query)], values)
    fixed = blocks(c.q.explanation)[0]
    meant = run(setup + fixed)
    c.same(meant, [(3,)], "query of the explanation")
    distinct = swap(query, "assignee <> 'ben'", "assignee IS DISTINCT FROM 'ben'")
    c.same(run(setup + distinct), meant, "IS DISTINCT FROM")


@question(2)
def count_forms(c):
    setup, query = setup_and_query(c.q)
    c.result(list(run(setup + query)[0]), values)
    c.same(run(setup + "SELECT DISTINCT user_id FROM visits ORDER BY 1"), [(None,), (7,), (9,)],
           "SELECT DISTINCT lists NULL")
    c.same(run(setup + "SELECT AVG(user_id) FROM visits"), [((7 + 7 + 9 + 7) / 4,)], "AVG divides by 4")


@question(3)
def no_rows(c):
    setup, query = setup_and_query(c.q)
    c.result(run(setup + query), lambda text: [] if text.startswith("No row") else [tuple(values(text))])
    others = "SELECT AVG(amount), MIN(amount), MAX(amount), COALESCE(SUM(amount), 0) " \
             "FROM payments WHERE method = 'cash'"
    c.same(run(setup + others), [(None, None, None, 0)], "AVG, MIN, MAX, COALESCE over nothing")
    c.same(run(setup + query.rstrip(";") + " GROUP BY method"), [], "the same with GROUP BY")


@question(4)
def view(c):
    c.result(run(sql_of(c.q.stem)), pairs)


@question(5)
def union(c):
    setup, query = setup_and_query(c.q)
    every = swap(query, "UNION", "UNION ALL")
    c.result([len(run(setup + query)), len(run(setup + every))], values)


@question(6)
def parameters(c):
    names = ["ana", "O'Brien", "x' OR '1'='1", "?", "%s", '"', "'; DROP TABLE users; --", "", "a\\'b", "{name}"]

    def works(call):
        for name in names:
            con = connect()
            con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)")
            con.executemany("INSERT INTO users (name) VALUES (?)", [(n,) for n in names])
            try:
                found = eval(spans(call)[0], {"__builtins__": {}, "con": con, "name": name}).fetchall()
            except sqlite3.Error:
                return False
            if found != [(names.index(name) + 1,)]:
                return False
        return True

    c.only(works)

    def call(like, name):
        con = connect()
        con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)")
        con.execute("INSERT INTO users (name) VALUES ('ana'), ('ben')")
        text = next(spans(t)[0] for t in c.q.options.values() if like in t)
        try:
            return len(eval(text, {"__builtins__": {}, "con": con, "name": name}).fetchall())
        except sqlite3.Error as error:
            return type(error).__name__

    for like in ("{name}", "%s"):
        c.same(call(like, "O'Brien"), "OperationalError", "O'Brien with " + like)
        c.same(call(like, "x' OR '1'='1"), 2, "every user with " + like)
    c.same(call("'?'", "ana"), "ProgrammingError", "quoted question mark")


@question(7)
def outer_join(c):
    setup, query = setup_and_query(c.q)
    wanted = [(name, int(n)) for name, n in
              re.findall(r"\b(\w+) (\d)\b", re.search(r"orders: (.*?)\. It", c.q.stem).group(1))]
    c.same(len(wanted), 3, "rows wanted by the stem")
    c.same([row[0] for row in run(setup + query)], ["ana"], "names returned by the stem's query")
    condition = re.search(r"WHERE (.*)", query).group(1)

    def changed(text):
        code = spans(text)
        if text.startswith("Move"):
            without = swap(query, "WHERE " + code[0] + "\n", "")
            return re.sub(r"(ON .*)", lambda m: m.group(1) + " AND " + code[0], without, count=1)
        if text.startswith("Change the condition"):
            return swap(query, "WHERE " + condition, "WHERE " + code[0])
        return swap(query, code[0], code[1])

    c.only(lambda text: run(setup + changed(text)) == wanted)
    null_too = next(t for t in c.q.options.values() if "IS NULL" in t)
    c.same([row[0] for row in run(setup + changed(null_too))], ["ana", "cy"], "allowing NULL in WHERE")


@question(8)
def not_in(c):
    setup, query = setup_and_query(c.q)
    c.result([row[0] for row in run(setup + query)], values)
    c.same(run(setup + blocks(c.q.explanation)[0]), [("cy",), ("dee",)], "NOT EXISTS")
    c.same(run(setup + swap(query, "NOT IN", "IN")), [("ana",), ("ben",)], "plain IN")


@question(9)
def fan_out(c):
    setup = sql_of(c.q.stem)
    con = connect()
    run(setup, con)
    credit = dict(con.execute("SELECT id, credit FROM customers"))
    wanted = sum(credit[i] for i in {row[0] for row in con.execute("SELECT customer_id FROM orders")})
    c.only(lambda text: run(spans(text)[0], con) == [(wanted,)])
    joined = next(spans(t)[0] for t in c.q.options.values() if "SELECT SUM(c.credit)" in t and "JOIN" in t)
    inner = next(spans(t)[0] for t in c.q.options.values() if "(SELECT DISTINCT c.credit" in t)
    for query, total in ((joined, 1600), (swap(joined, "SELECT SUM", "SELECT DISTINCT SUM"), 1600),
                         (inner, 800), (swap(joined, "SUM(", "SUM(DISTINCT "), 800)):
        c.same(run(query, con), [(total,)], query)
    c.same(wanted, 1100, "sum wanted")


@question(10)
def ranking(c):
    setup, query = setup_and_query(c.q)
    c.result(list(run(setup + query)[0]), values)
    outer = "WHERE player = 'dee'"
    inside = swap(swap(query, outer, ""), "FROM scores\n", "FROM scores " + outer + "\n")
    c.same(run(setup + inside), [(1, 1, 1)], "WHERE inside the subquery")
    everyone = swap(swap(query, outer, "ORDER BY num"), "SELECT rnk", "SELECT player, rnk")
    table = []
    for line in c.q.explanation.split("\n"):
        cells = [cell.strip().split(", ") for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[1][0].isdigit():
            for i, player in enumerate(cells[0]):
                table.append((player, *(int(cell[i]) for cell in cells[2:])))
    observed = run(setup + everyone)
    c.same([row[1:] for row in observed], [row[1:] for row in table], "ranks in the table")
    c.same({row[0] for row in observed}, {row[0] for row in table}, "players in the table")


@question(11)
def paging(c):
    create, insert = statements(sql_of(c.q.stem))
    rows = run(create + insert + "SELECT * FROM events")
    layouts = random.Random(3).sample(list(itertools.permutations(rows)), 40)
    ids = sorted(row[0] for row in rows)
    size = int(re.search(r"LIMIT (\d)", c.q.stem).group(1))

    def pages(text, layout):
        con = connect()
        run(create, con)
        con.executemany("INSERT INTO events VALUES (?, ?, ?)", layout)
        code = spans(text)
        if "index" in text:
            con.execute("CREATE INDEX i ON events (%s)" % code[-1])
        if "transaction" in text:
            con.execute("BEGIN")
        query = "SELECT id FROM events ORDER BY %s LIMIT ? OFFSET ?" % code[0]
        return [[row[0] for row in con.execute(query, (size, start))] for start in range(0, len(rows), size)]

    # A database may keep the rows, and therefore the ties, in another order for every page.
    def works(text):
        every = [pages(text, layout) for layout in layouts]
        return all(sorted(one[0] + other[1] + other[2]) == ids and sorted(one[0] + one[1] + other[2]) == ids
                   for one in every for other in every)

    c.same(len(rows), 3 * size, "three full pages")
    c.only(works)


@question(12)
def composite_index(c):
    con = connect()
    run(sql_of(c.q.stem), con)

    def details(text):
        return plan(con, "SELECT total FROM orders WHERE " + spans(text)[0])

    shown = blocks(c.q.explanation, "text")
    c.only(lambda text: details(text) == shown)
    for letter, text in c.q.options.items():
        if letter != c.q.answer:
            c.same(details(text), ["SCAN orders"], "plan of option " + letter)


@question(15)
def constraints(c):
    def ids(sql):
        con, rows, refused = connect(), [], 0
        for statement in statements(sql):
            try:
                rows = con.execute(statement).fetchall()
            except sqlite3.IntegrityError:
                refused += 1
        return [row[0] for row in rows], refused

    found, refused = ids(sql_of(c.q.stem))
    c.result(found, values)
    c.same(refused, 1, "statements refused")
    unforced = swap(sql_of(c.q.stem), "PRAGMA foreign_keys = ON;", "")
    c.same(ids(unforced), ([1, 2, 3, 4, 5], 0), "without the PRAGMA")
    c.same(connect().execute("PRAGMA foreign_keys").fetchall(), [(0,)], "foreign keys on a new connection")


@question(16)
def upsert(c):
    sql = sql_of(c.q.stem)
    c.result(run(sql), pairs)
    always = swap(sql, "\n  WHERE excluded.qty > stock.qty", "")
    c.same(dict(run(always))["bolt"], 3, "bolt without the condition")
    never = re.sub(r"DO UPDATE.*?;", "DO NOTHING;", sql, flags=re.S)
    c.same(dict(run(never))["nut"], 4, "nut with DO NOTHING")


@question(17)
def frame(c):
    setup, query = setup_and_query(c.q)

    def totals(window):
        return [row[0] for row in run(setup + swap(query, "SUM(amount) OVER (ORDER BY day)", window))]

    c.result([row[0] for row in run(setup + query)], values)
    default = "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
    c.same(totals("SUM(amount) OVER (ORDER BY day %s)" % default), [10, 60, 60, 100], "default frame spelt out")
    c.same(totals(blocks(c.q.explanation)[0]), [10, 30, 60, 100], "frame of the explanation")
    c.same(totals("SUM(amount) OVER ()"), [100] * 4, "empty OVER")
    c.same(totals("SUM(amount) OVER (PARTITION BY day)"), [10, 50, 50, 40], "PARTITION BY day")


@question(18)
def recursion(c):
    setup, query = setup_and_query(c.q)
    rows = [row[0] for row in run(setup + query)]
    c.result(rows, values)
    words = {"Two": 2, "Four": 4, "Five": 5, "No": 0}
    for letter, text in c.q.options.items():
        c.same(words[text.split()[0]], len(values(text)), "number of rows named in option " + letter)
    endless = swap(swap(query, "UNION", "UNION ALL"), "ORDER BY page;", "LIMIT 20000")
    c.same(len(run(setup + endless)), 20000, "UNION ALL goes on")
    depth = swap(swap(query, "reach (page)", "reach (page, depth)"), "SELECT 'home'", "SELECT 'home', 0")
    depth = swap(swap(depth, "SELECT l.dst", "SELECT l.dst, r.depth + 1"), "ORDER BY page;", "LIMIT 20000")
    c.same(len(run(setup + depth)), 20000, "UNION with a depth column goes on")


@question(19)
def covering(c):
    create, query = statements(sql_of(c.q.stem))
    shown = blocks(c.q.explanation, "text")
    plans = {}
    for letter, text in c.q.options.items():
        con = connect()
        run(create, con)
        con.execute("CREATE INDEX ix ON orders " + spans(text)[0])
        plans[text] = plan(con, query)
    c.only(lambda text: plans[text] == shown)
    bare = "SEARCH orders USING INDEX ix (customer_id=? AND status=?)"
    sort = "USE TEMP B-TREE FOR ORDER BY"
    part = "SEARCH orders USING COVERING INDEX ix (customer_id=?)"
    by_columns = {spans(text)[0]: details for text, details in plans.items()}
    c.same(by_columns.get("(customer_id, status, created_at)"), [bare], "plan without total")
    c.same(by_columns.get("(customer_id, status, total, created_at)"), shown + [sort], "plan with total early")
    c.same(by_columns.get("(customer_id, created_at, status, total)"), [part], "plan with created_at second")


@question(20)
def name_capture(c):
    setup, delete = setup_and_query(c.q)

    def outcome(sql, prepare=setup):
        con, failed = connect(), False
        run(prepare, con)
        names = {row[0] for row in con.execute("SELECT name FROM customers")}
        try:
            con.execute(sql)
        except sqlite3.OperationalError:
            failed = True
        return failed, names - {row[0] for row in con.execute("SELECT name FROM customers")}

    def read(text):
        gone = {"nobody": set(), "only": {"ben"}, "all": {"ana", "ben", "cy"}}
        return "fails" in text, gone[re.search(r"nobody|only|all", text).group()]

    c.result(outcome(delete), read)
    c.same(outcome(blocks(c.q.explanation)[0]), (True, set()), "qualified name")
    c.same(outcome(delete, setup + "DELETE FROM blocked;"), (False, set()), "blocked empty")


@question(22)
def update_from(c):
    setup, first, second = blocks(c.q.stem)
    look = "SELECT price FROM products WHERE sku = 'nut'"
    c.result([run(setup + one + look)[0][0] for one in (first, second)], values)
    rest = "SELECT sku, price FROM products WHERE sku <> 'nut' ORDER BY sku"
    for one in (first, second):
        c.same(run(setup + one + rest), [("bolt", 12), ("pin", 3)], "the other prices")
    several = swap(setup, "new_prices (sku TEXT PRIMARY KEY", "new_prices (sku TEXT")
    several += "INSERT INTO new_prices VALUES ('nut', 6), ('nut', 7);"
    c.that(run(several + second + look)[0][0] in (6, 7), "several matches do not give one of the prices")


@question(24)
def runs(c):
    create, insert, query = statements(sql_of(c.q.stem))

    def changed(text):
        first, *others = re.split(r",", text)
        new = query
        for part in [first] + [other for other in others if " for " in other]:
            by, old = spans(part)
            new = swap(new, old, by)
        return new

    def longest(days):
        best = 0
        for day in set(days):
            length = 0
            while day + length in days:
                length += 1
            best = max(best, length)
        return best

    def answer(sql, days):
        con = connect()
        run(create, con)
        con.executemany("INSERT INTO logins (day) VALUES (?)", [(day,) for day in days])
        return con.execute(sql).fetchone()[0]

    shown = [row[0] for row in run(create + insert + "SELECT day FROM logins")]
    rng = random.Random(24)
    samples = [shown] + [[rng.randint(1, 15) for _ in range(rng.randint(1, 14))] for _ in range(300)]
    c.that(answer(query, shown) != longest(shown), "the query of the stem is not wrong on the rows shown")
    c.only(lambda text: all(answer(changed(text), days) == longest(days) for days in samples))
    for letter, text in c.q.options.items():
        if letter != c.q.answer:
            c.that(answer(changed(text), shown) != longest(shown),
                   "wrong option %s is right on the rows shown" % letter)
    cured = swap(query, "FROM logins\n", "FROM (SELECT DISTINCT day FROM logins) AS once\n")
    c.that(all(answer(cured, days) == longest(days) for days in samples), "cure of the explanation")


# --- all of it ---------------------------------------------------------------------------------

def main(path):
    if sqlite3.sqlite_version_info < NEEDED:
        print("SQLite %s is too old, 3.39 or newer is needed" % sqlite3.sqlite_version)
        return finish(["SQLite is too old"], 0)
    failures, passed = check_structure(path)
    questions = {q.number: q for q in load(path)}
    for number in sorted(set(questions) | set(EXECUTED) | set(REASONED)):
        q = questions.get(number)
        if q is None:
            failures.append("question %d is missing from the chapter" % number)
        elif number in REASONED:
            reason, words = REASONED[number]
            print("%s not executed: %s" % (q.id, reason))
            check = Check(q)
            check.only(lambda text: words in text)
            failures += check.failures
            passed += check.passed
        elif number not in EXECUTED:
            failures.append("%s: the script knows no check for it" % q.id)
        else:
            check = Check(q)
            try:
                EXECUTED[number](check)
            except Exception as error:  # a broken question must not hide the others
                check.failures.append("%s: %s: %s" % (q.id, type(error).__name__, error))
            failures += check.failures
            passed += check.passed
    print("%d questions executed with SQLite %s, %d not executed"
          % (len(set(EXECUTED) & set(questions)), sqlite3.sqlite_version, len(set(REASONED) & set(questions))))
    return finish(failures, passed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else CHAPTER))
