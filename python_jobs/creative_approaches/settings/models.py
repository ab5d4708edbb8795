"""The models that make vectors and names, and how Gemini is asked for them."""

from dataclasses import dataclass
from typing import Literal

from creative_approaches.settings.schema import ANY_TEXT, Group, Text, setting

EmbedSource = Literal["traits", "text", "both"]

_LOCATION = Text("[a-z0-9-]+", "the name of a location in Google Cloud, such as europe-west4")
# It goes into the instructions of a model, so that it must not be able to hold a sentence.
_LANGUAGE = Text(r"[^\W\d_][\w ()-]{1,39}", "the name of a language, such as English or Portuguese (Brazil)")


@dataclass(frozen=True)
class AnnotatorSettings(Group):
    """What says what a creative does."""

    title = "Traits"

    annotator: str = setting(
        "offline",
        "What reads the traits of seed creative_traits in each creative; `offline`: models that come with the package, "
        "no download, no key; `gemini`: a language model, which looks at pictures and films as well; `text`: nothing "
        "does, as in the published recipe. A package may add others.",
        text=ANY_TEXT,
    )


@dataclass(frozen=True)
class AnnotatorModelSettings(AnnotatorSettings):
    """What says it, where that is a service."""

    annotator_model: str = setting(
        "gemini-3.5-flash-lite", "`gemini` only: the model that reads creatives.", text=ANY_TEXT
    )


@dataclass(frozen=True)
class RepeatSettings(Group):
    """How readings are measured."""

    title = "Traits"

    repeated_readings: int = setting(
        0,
        "Contents that the annotator reads a second time, once, to tell how stable its readings are. A service is paid "
        "for them.",
        unit="contents",
        least=0,
        most=100_000,
    )


@dataclass(frozen=True)
class SourceSettings(Group):
    """What the vectors are of that are clustered."""

    title = "Embeddings"

    embed_source: EmbedSource = setting(
        "traits",
        "What creatives are grouped by; `traits`: what they do; `text`: the vectors of their texts, as in the "
        "published recipe, which finds products and topics; `both`: one vector beside the other.",
    )


@dataclass(frozen=True)
class MixSettings(Group):
    """How vectors of texts are made to say less of what is sold."""

    title = "Embeddings"

    center_by: Literal["product"] | None = setting(
        "product",
        "What is taken out of the vectors of texts; `product`: the mean of each product of a cohort and period, where "
        "the creatives say which it is; `null`: nothing, as in the published recipe.",
    )
    text_weight: float = setting(
        0.3, "`both` only: length of the vector of a text beside that of its traits, which is 1.", above=0, most=10
    )


@dataclass(frozen=True)
class EmbeddingSettings(Group):
    """What turns a text into a vector."""

    title = "Embeddings"

    embedder: str = setting(
        "offline",
        "What turns a text into a vector; `offline`: word and phrase features, no download, no key; "
        "`sentence-encoder`: sentence vectors in 16 languages, no download, no key; `gemini`; "
        "`sentence-transformers`: a model on your own machine. A package may add others.",
        text=ANY_TEXT,
    )
    embedding_model: str | None = setting(
        None,
        "The model of the embedder; `gemini`: gemini-embedding-2 (`null`) or gemini-embedding-001; "
        "`sentence-transformers`: a name or a directory.",
        text=ANY_TEXT,
    )
    embedding_dimensions: int | None = setting(
        None,
        "Numbers per vector; `null`: 512 for `offline` and `sentence-encoder`, 768 for `gemini`; "
        "`sentence-transformers`: the number that the model makes.",
        least=2,
        most=16_000,
    )


@dataclass(frozen=True)
class BackendSettings(Group):
    """How Gemini is asked, and what that may cost."""

    title = "Gemini"

    gemini_backend: Literal["developer", "vertex"] = setting(
        "developer",
        "`developer`: Gemini's Developer API, by the key in `GEMINI_API_KEY`; `vertex`: Vertex AI, by Google "
        "credentials.",
    )


@dataclass(frozen=True)
class GeminiSettings(BackendSettings):
    """All that a job needs which asks it."""

    gemini_project: str | None = setting(
        None,
        "Vertex AI: Google Cloud project; `null`: that of the BigQuery target, else the machine's "
        "(`GOOGLE_CLOUD_PROJECT`).",
    )
    gemini_location: str = setting("global", "Vertex AI: location.", text=_LOCATION)
    gemini_connections: int = setting(
        16, "Requests to Gemini that are under way at once.", unit="requests", least=1, most=256
    )
    gemini_timeout_seconds: float = setting(60, "Time for one answer.", unit="seconds", above=0, most=3600)
    gemini_patience_seconds: float = setting(
        300,
        "Time for one request over all attempts, counted anew while a small quota lets others through.",
        unit="seconds",
        above=0,
        most=86_400,
    )
    max_cost_usd: float | None = setting(
        None, "Estimated cost that one run of a job may reach; `null`: no limit.", unit="US dollars", least=0
    )
    max_requests: int | None = setting(
        None,
        "Requests that one run of a job may send, retries included; `null`: no limit.",
        unit="requests",
        least=0,
    )


@dataclass(frozen=True)
class NamingSettings(Group):
    """What names an approach."""

    title = "Names"

    namer: str = setting(
        "offline",
        "What names an approach; `offline`: the two traits that set it apart, or words and tags where no traits are "
        "read; `gemini`. A package may add others.",
        text=ANY_TEXT,
    )
    name_model: str = setting("gemini-3.5-flash-lite", "`gemini` only: the model that names.", text=ANY_TEXT)
    name_language: str = setting("English", "`gemini` only: language of names and descriptions.", text=_LANGUAGE)
