"""The pHash of the imagededup package, where it is installed. Its hashes need no torch, its imports do."""

import sys
from functools import cache
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import sklearn.metrics.pairwise  # noqa: F401 - imagededup's own import must not meet the stand-ins
from PIL import Image

_UNUSED = (
    *("torch", "torch.nn", "torch.utils", "torch.utils.data", "torchvision", "torchvision.transforms"),
    *("torchvision.transforms.transforms", "torchvision.models", "torchvision.models.vision_transformer"),
    *("matplotlib", "matplotlib.gridspec", "matplotlib.pyplot", "matplotlib.figure"),
)


def imagededup_phash(image: Image.Image) -> int | None:
    """The 64 bits as a number; None where the package is not installed."""
    hasher = _hasher()
    return None if hasher is None else int(hasher.encode_image(image_array=np.asarray(image.convert("RGB"))), 16)


@cache
def _hasher() -> Any:
    stood_in = [name for name in _UNUSED if name not in sys.modules]
    sys.modules.update({name: MagicMock() for name in stood_in})
    try:
        from imagededup.methods import PHash
    except ImportError:
        return None
    finally:
        for name in stood_in:
            del sys.modules[name]
    return PHash(verbose=False)
