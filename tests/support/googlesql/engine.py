"""The GoogleSQL analyzer in this process: the WebAssembly build of PyPI's zetasql, made quick to start and to call."""

import contextlib
import ctypes
import hashlib
import os
import platform
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import wasmtime
from zetasql.core import wasm_client
from zetasql.core.local_service import ZetaSqlLocalService


@cache
def local_service() -> Any:
    """The analyzer, started once in a process."""
    # The package would compile 28 MB of WebAssembly at each start, and copy each request byte by byte.
    wasm_client.Module = _CachedModule
    wasm_client.WasmClient.write_bytes = _write_bytes
    wasm_client.WasmClient.read_bytes = _read_bytes
    return ZetaSqlLocalService.get_instance()


class _CachedModule:
    """Takes the place of wasmtime.Module where the package compiles."""

    @staticmethod
    def from_file(engine: wasmtime.Engine, path: str) -> wasmtime.Module:
        cached = _cache_directory() / f"{_cache_key(path)}.cwasm"
        # What another processor or wasmtime compiled is refused, and compiled anew.
        with contextlib.suppress(wasmtime.WasmtimeError):
            if cached.exists():
                return wasmtime.Module.deserialize_file(engine, str(cached))
        module = wasmtime.Module.from_file(engine, path)
        # A disk that cannot be written costs time, nothing else.
        with contextlib.suppress(OSError):
            _write_at_once(cached, module.serialize())
        return module


def _cache_directory() -> Path:
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "creative-approaches"


def _cache_key(wasm: str) -> str:
    parts = (version("zetasql"), version("wasmtime"), platform.machine(), str(Path(wasm).stat().st_size))
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


def _write_at_once(path: Path, content: bytes | bytearray) -> None:
    """Two processes may compile at the same time: each writes its own file, and the last name wins whole."""
    # Its owner's alone, because what lies in it is run as machine code.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(unfinished, path)
    except OSError:
        os.unlink(unfinished)
        raise


def _write_bytes(client: Any, pointer: int, content: bytes) -> None:
    ctypes.memmove(_address(client, pointer), content, len(content))


def _read_bytes(client: Any, pointer: int, size: int) -> bytes:
    return ctypes.string_at(_address(client, pointer), size)


def _address(client: Any, pointer: int) -> int:
    start = ctypes.addressof(client.memory.data_ptr().contents)
    return start + (pointer & 0xFFFFFFFF)  # wasmtime hands out 32-bit pointers as signed numbers
