"""Runs SQL files for the oracle: one line with a folder in, one line out, until the input ends.

A folder holds tables.sql, households.csv, persons.csv and any number of *.query.sql; each query's answer, or what is
wrong with the query, goes to a file *.answer.csv beside it.
"""

import pathlib
import sys

import duckdb


def run(folder):
    link = duckdb.connect(config={"threads": 2})
    link.execute("SET enable_progress_bar = false")
    link.execute((folder / "tables.sql").read_text())
    for table in ("households", "persons"):
        link.execute(f"COPY {table} FROM '{folder / table}.csv' (HEADER, NULLSTR '')")
    for query in sorted(folder.glob("*.query.sql")):
        answer = query.with_name(query.name.replace(".query.sql", ".answer.csv"))
        text = query.read_text().rstrip().rstrip(";")
        try:
            link.execute(f"COPY ({text}) TO '{answer}' (HEADER)")
        except duckdb.Error as why:
            answer.write_text("error: " + " ".join(str(why).split()))
    link.close()


for line in sys.stdin:
    try:
        run(pathlib.Path(line.strip()))
        print("done", flush=True)
    except Exception as why:
        print("error: " + " ".join(str(why).split()), flush=True)
