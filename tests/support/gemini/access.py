"""What lets a client in at the local Gemini: a key, or a service account whose tokens the server gives out."""

from functools import cache
from typing import Final

KEY: Final = "AIzaSyPlantedKeyOfTheLoopbackServer1234"
TOKEN: Final = "ya29.planted-token-of-the-loopback-server"
PROJECT: Final = "planted-project"


def account(url: str) -> dict[str, str]:
    """A service account of the server with this address."""
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": "1",
        "private_key": _private_key(),
        "client_email": f"tester@{PROJECT}.iam.gserviceaccount.com",
        "token_uri": f"{url}/token",
    }


@cache
def _private_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
