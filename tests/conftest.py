"""What holds for every test."""

from tests.support.commands.garbage import look_for_garbage_seldom

look_for_garbage_seldom()
