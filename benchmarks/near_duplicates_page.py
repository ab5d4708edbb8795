"""Print the tables of docs/near-duplicates.md: how far each edit moves each hash, and who finds it again."""

import numpy as np

from benchmarks.near_duplicates import (
    ORIGINAL,
    distances_from_original,
    distances_of_different,
    edit_and_hash,
    evaluate,
    photographs,
)


def main() -> None:
    """Markdown on standard output."""
    edited = edit_and_hash(photographs())
    pictures = sum(one.edit == ORIGINAL for one in edited)
    print(f"{pictures} photographs, {len(edited):,} images.\n")
    moved = distances_from_original(edited)
    found = evaluate(edited)
    edits = list(dict.fromkeys(one.edit for one in edited if one.edit != ORIGINAL))

    print("| edit | " + " | ".join(moved) + " |\n| --- |" + " ---: |" * len(moved))
    for edit in edits:
        cells = [f"{np.percentile(by_edit[edit], 95):.0f} / {max(by_edit[edit])}" for by_edit in moved.values()]
        print(f"| {': '.join(edit)} | " + " | ".join(cells) + " |")
    different = distances_of_different(edited)
    cells = [f"{ordered[0]} / {np.percentile(ordered, 0.1):.0f}" for ordered in different.values()]
    print("| different pictures: least / 0.1% | " + " | ".join(cells) + " |\n")

    header = [one.method if one.threshold is None else f"{one.method} <= {one.threshold}" for one in found]
    print("| edit | " + " | ".join(header) + " |\n| --- |" + " ---: |" * len(found))
    for edit in edits:
        print(f"| {': '.join(edit)} | " + " | ".join(f"{one.by_edit[edit]:.3f}" for one in found) + " |")
    print("| pairwise precision | " + " | ".join(f"{one.precision:.4f}" for one in found) + " |")
    print("| pairwise recall | " + " | ".join(f"{one.recall:.4f}" for one in found) + " |")


if __name__ == "__main__":  # the processes that hash import this module
    main()
