"""Find the axes in which descriptors of pictures vary most: make picture_axes."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from creative_approaches.core.media.formats.local_features import (
    AXES,
    DIMENSIONS,
    detector,
    mirrored_descriptors,
    roots,
)
from picture_axes_training.drawings import drawing

DRAWINGS: Final = 160


class Axes(NamedTuple):
    """mean : shape (128,).  axes : shape (128, DIMENSIONS).  parities : 1 of an even axis, -1 of an odd one."""

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    parities: NDArray[np.int8]


def axes_of(descriptors: NDArray[np.float32]) -> Axes:
    """Their mean, and the principal axes of them and their mirror images together, each even or odd.

    descriptors : SIFT, shape (n, 128).
    """
    both = roots(np.vstack([descriptors, mirrored_descriptors(descriptors)])).astype(np.float64)
    mean = both.mean(axis=0)
    # What is as likely as its mirror image has a covariance that mirroring leaves alone; so it does its eigenvectors,
    # up to the sign.
    values, vectors = np.linalg.eigh(np.cov((both - mean).T))
    axes = vectors[:, np.argsort(-values)[:DIMENSIONS]]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(DIMENSIONS)])
    mirrored = mirrored_descriptors(axes.T.astype(np.float32)).T
    parities = np.sign((axes * mirrored).sum(axis=0)).astype(np.int8)
    return Axes(mean.astype(np.float32), axes.astype(np.float32), parities)


def drawn_descriptors(drawings: int) -> NDArray[np.float32]:
    """SIFT descriptors of so many drawings, shape (n, 128)."""
    return np.vstack(
        [np.asarray(detector().detectAndCompute(drawing(seed), None)[1], np.float32) for seed in range(drawings)]
    )


if __name__ == "__main__":
    found = axes_of(drawn_descriptors(DRAWINGS))
    np.savez_compressed(AXES, mean=found.mean, axes=found.axes, parities=found.parities)
