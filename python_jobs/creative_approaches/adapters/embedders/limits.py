"""Refusals that several embedders have in common: a model or a size of vectors that they do not make."""

from collections.abc import Sequence

from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.errors import UsageError
from creative_approaches.settings import VectorSettings


def checked(
    settings: VectorSettings, space: EmbeddingSpace, models: Sequence[str], dimensions: range
) -> EmbeddingSpace:
    """The space, if its model is one of these and its vectors have a size in this range. Else raises UsageError."""
    if space.model not in models:
        raise UsageError(
            f"Var embedding_model is {space.model!r}, which the embedder {settings.embedder} does not have. "
            f"Take one of: {', '.join(models)}, or null."
        )
    check_dimensions(settings, dimensions)
    return space


def check_dimensions(settings: VectorSettings, dimensions: range) -> None:
    """Raises UsageError if var embedding_dimensions is set, and not in this range."""
    asked = settings.embedding_dimensions
    if asked is not None and asked not in dimensions:
        least, most = dimensions.start, dimensions.stop - 1
        makes = f"{least} to {most}" if least < most else str(least)
        raise UsageError(f"Var embedding_dimensions is {asked}: the embedder {settings.embedder} makes {makes}.")
