"""How often the processes of the tests look for garbage."""

import gc

OBJECTS = 1_000_000  # Python's own 700 makes it look dozens of times while it parses one statement


def look_for_garbage_seldom() -> None:
    """In this process and in its forks. Most of what they make, parsed projects and statements, is no garbage."""
    gc.set_threshold(OBJECTS)
