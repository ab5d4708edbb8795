"""Where the repository is."""

from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).parents[2]
SEEDS: Final = REPOSITORY / "seeds"
TRUTH: Final = REPOSITORY / "tests" / "support" / "demo_data"  # what is hidden in the demo's numbers
