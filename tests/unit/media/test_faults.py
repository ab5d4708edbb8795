"""Why there is nothing of a file: codes that are the same wherever they are listed."""

import pytest
import yaml

from creative_approaches.core.media.faults import MediaFaultError, Reason
from tests.support.paths import REPOSITORY

EARLIER = {"refused", "too_large"}  # of other versions; rows of media that no creative shows any more keep them


def test_a_fault_says_at_least_what_its_code_means() -> None:
    fault = MediaFaultError(Reason.PRIVATE_ADDRESS)
    assert fault.detail == "Its host's address is not public. Var allowed_private_hosts can allow it."
    assert all(reason.sentence.endswith(".") for reason in Reason)


def test_a_fault_may_quote_what_is_no_text() -> None:
    found = MediaFaultError(Reason.UNREADABLE, "It says \udcff, \x1b[31m, \r\n, \x07 and \u202e in Zürich.")
    assert found.detail == "It says ?, ?[31m, ??, ? and ? in Zürich."


@pytest.mark.parametrize("table", ["image_hashes", "video_hashes"])
def test_the_tables_accept_the_codes_and_no_others(table: str) -> None:
    (source,) = yaml.safe_load((REPOSITORY / "models/staging/jobs/_jobs__sources.yml").read_text())["sources"]
    columns = next(each for each in source["tables"] if each["name"] == table)["columns"]
    (test,) = next(each for each in columns if each["name"] == "reason")["data_tests"]
    assert set(test["accepted_values"]["arguments"]["values"]) == set(Reason) | EARLIER


def test_the_page_on_media_says_when_each_is_asked_for_again() -> None:
    page = (REPOSITORY / "docs/images.md").read_text()
    assert not [reason for reason in Reason if f"`{reason}`" not in page]
