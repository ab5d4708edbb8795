"""How far the jobs may go to load media."""

from creative_approaches.adapters.media.content import MediaRules
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.settings import MediaSettings


def media_rules(
    warehouse: Warehouse, settings: MediaSettings, max_megabytes: float, timeout_seconds: float, connections: int
) -> MediaRules:
    """The rules of loading for a warehouse and the settings of a job."""
    allow_local = settings.allow_local_media
    return MediaRules(
        base_dir=warehouse.project_dir,
        max_bytes=int(max_megabytes * 1_000_000),
        timeout_seconds=timeout_seconds,
        connections=connections,
        # The demo's media are this project's own.
        allow_local=(warehouse.is_local or settings.demo_data) if allow_local is None else allow_local,
        allowed_private_hosts=frozenset(host.lower() for host in settings.allowed_private_hosts),
        google_credentials=warehouse.google_credentials,
    )
