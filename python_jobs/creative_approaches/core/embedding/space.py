"""What makes two vectors comparable: only vectors of one space are ever compared or mixed."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class EmbeddingSpace:
    """Where vectors come from.

    model : its name and version.  backend : who computes it: `offline`, `sentence-encoder`, `gemini-developer`,
    `gemini-vertex` or `sentence-transformers`.  dimensions : numbers per vector.
    """

    model: str
    backend: str
    dimensions: int

    def __str__(self) -> str:
        """The space in words."""
        return f"{self.model} ({self.backend}, {self.dimensions} dimensions)"
