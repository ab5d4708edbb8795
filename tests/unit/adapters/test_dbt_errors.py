"""What to do about errors of dbt."""

import sys
from types import SimpleNamespace

import pytest
from dbt.adapters.factory import FACTORY

from creative_approaches.adapters.dbt.project import _next_step


def test_a_missing_adapter_is_told_from_a_wrong_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dbt.adapters.bigquery", None)
    with pytest.raises(RuntimeError) as caught:
        FACTORY.load_plugin("bigquery")
    assert _next_step(SimpleNamespace(exception=caught.value)).startswith("Install it: pip install")
    assert "dbt debug" in _next_step(SimpleNamespace(exception=RuntimeError("Could not find profile named 'x'")))
    assert "dbt parse" in _next_step(SimpleNamespace(exception=RuntimeError("No such macro")))
