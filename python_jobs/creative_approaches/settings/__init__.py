"""Every setting, declared once: name, type, unit, range, default and meaning.

Values are set as vars of dbt. It renders them into the `meta` of exposure `settings` (`models/settings.yml`), so that
`--vars`, targets and packages work as they do for models. `make generated` writes what dbt and the documentation need
of the declarations.
"""

from creative_approaches.settings.approaches import ClusteringSettings, LineageSettings, TagFamily, TagTestSettings
from creative_approaches.settings.data import Grain
from creative_approaches.settings.models import GeminiSettings
from creative_approaches.settings.names import check_var_names
from creative_approaches.settings.readers import (
    SETTINGS,
    AnnotateSettings,
    ClusterSettings,
    EmbedSettings,
    MediaSettings,
    NameSettings,
    ReaderSettings,
    Settings,
    VectorSettings,
)

__all__ = [
    "SETTINGS",
    "AnnotateSettings",
    "ClusterSettings",
    "ClusteringSettings",
    "EmbedSettings",
    "GeminiSettings",
    "Grain",
    "LineageSettings",
    "MediaSettings",
    "NameSettings",
    "ReaderSettings",
    "Settings",
    "TagFamily",
    "TagTestSettings",
    "VectorSettings",
    "check_var_names",
]
