"""One query for near hashes: prints its seconds, the peak memory in MB, pairs found, and planted ones among them."""

import resource
import sys
import time
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.hash_pairs import MEMORY, THREADS

database = Path(sys.argv[1])
planted_hashes = np.load(database.with_suffix(".npz"))
hash_value, planted = planted_hashes["hashes"], planted_hashes["planted"]
with duckdb.connect(str(database), config={"threads": THREADS, "memory_limit": MEMORY}) as connection:
    columns = {"hash_value": hash_value}
    connection.execute("create table hashes as select * from columns")
    start = time.perf_counter()
    connection.execute(f"create table found as {database.with_suffix('.sql').read_text()}")
    seconds = time.perf_counter() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pairs = {"hash_value": planted.min(axis=1), "near_hash_value": planted.max(axis=1)}
    recalled = "select count(*) from pairs semi join found using (hash_value, near_hash_value)"
    counts = connection.execute(f"select (select count(*) from found), ({recalled})").fetchone()
    print(seconds, peak_mb, *(counts or ()))
