"""Where the repository is, and what it has as files."""

from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).parents[2]
SEEDS: Final = REPOSITORY / "seeds"
MARTS: Final = sorted(path.stem for path in (REPOSITORY / "models" / "marts").rglob("*.sql"))
TRUTH: Final = REPOSITORY / "tests" / "support" / "demo_data"  # what is hidden in the demo's numbers
