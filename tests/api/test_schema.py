"""The description of the API: drawn up without a warning, valid, complete, and equal to the copy in the documentation."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from openapi_spec_validator import validate

from negotiations.api import schema
from negotiations.api.index import drawn_up

KEPT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_schema_is_drawn_up_without_a_warning_and_is_openapi_3_1(tmp_path: Path) -> None:
    call_command(
        "spectacular", "--format", "openapi-json", "--file", str(tmp_path / "x"), "--fail-on-warn", "--validate"
    )
    found = json.loads((tmp_path / "x").read_text())
    assert found["openapi"] == "3.1.0"
    validate(found)


def test_the_copy_in_the_documentation_is_the_schema_that_is_served() -> None:
    """Renew it with: manage.py draw_up_schema"""
    served = Client().get("/api/v1/schema/")
    assert served["Content-Type"] == "application/json"
    assert served.content == KEPT.read_bytes()


def test_every_address_is_described() -> None:
    described = {path.count("/") for path in drawn_up()["paths"]}
    routes = get_resolver("negotiations.api.urls").reverse_dict
    assert len(drawn_up()["paths"]) == len([key for key in routes if isinstance(key, str)]) - 2  # schema, docs
    assert described


@pytest.mark.parametrize("method", ["put", "post", "delete"])
def test_every_write_documents_its_headers_its_answers_and_its_problems(method: str) -> None:
    found = [said[method] for said in drawn_up()["paths"].values() if method in said]
    assert found
    for said in found:
        needed = {header["name"] for header in said["parameters"] if header["in"] == "header" and header["required"]}
        assert needed == {"If-Match", "Idempotency-Key"}
        done = said["responses"].get("201") or said["responses"]["200"]
        assert {"ETag", "Idempotent-Replayed"} <= done["headers"].keys()
        for status in ("400", "401", "403", "404", "409", "412", "428", "429"):
            assert said["responses"][status]["content"]["application/problem+json"]["examples"]


def test_the_page_for_people_lists_every_operation_under_the_strict_policy() -> None:
    answer = Client().get("/api/v1/docs/")
    page = answer.content.decode()
    assert all(path in page for path in drawn_up()["paths"])
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "<style" not in page


def test_the_bytes_of_the_schema_do_not_depend_on_when_it_is_drawn_up() -> None:
    assert schema.as_bytes(drawn_up()) == schema.as_bytes(drawn_up())
