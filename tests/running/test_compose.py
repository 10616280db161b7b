"""docker-compose.yml, Dockerfile and proxy keep what docs/operating.md promises, as far as files can say it."""

import importlib
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OF_THE_PRODUCT = ("migrate", "web", "live", "worker", "beat")
STRANGERS = {"POSTGRES_USER", "POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS"}
"""Variables of the image of PostgreSQL."""

EACH = pytest.mark.parametrize("name", SERVICES)


def test_the_services_are_those_of_the_design():
    assert set(SERVICES) == {"proxy", *OF_THE_PRODUCT, "postgres", "redis"}


@EACH
def test_every_service_is_watched_restarted_and_given_time_to_stop(name: str):
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert {"interval", "timeout", "start_period"} <= set(service["healthcheck"])
    assert service["stop_grace_period"].endswith("s")
    assert service["restart"] == ("on-failure:5" if name == "migrate" else "unless-stopped")
    assert {"max-size", "max-file"} <= set(service["logging"]["options"])


@EACH
def test_no_service_runs_as_root_or_can_change_its_files_or_gain_rights(name: str):
    service = SERVICES[name]
    assert str(service["user"]).split(":")[0] not in ("", "0", "root")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service


@EACH
def test_only_the_proxy_can_be_reached_and_any_service_can_be_scaled(name: str):
    service = SERVICES[name]
    assert service.get("ports", []) == (["80:8080", "443:8443"] if name == "proxy" else [])
    assert not {"container_name", "network_mode", "hostname"} & set(service)
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    assert ("behind" in service["networks"]) == (name != "proxy")
    assert ("outside" in service["networks"]) == (name in ("proxy", "web", "live"))
    assert COMPOSE["networks"]["behind"]["internal"] is True


@EACH
def test_what_a_service_waits_for_is_there_and_comes_to_the_state_that_is_waited_for(name: str):
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        ends = other == "migrate"
        assert wait["condition"] == ("service_completed_successfully" if ends else "service_healthy"), other
        assert other in SERVICES


@EACH
def test_secrets_are_files_that_are_declared_and_no_variable_holds_one(name: str):
    service = SERVICES[name]
    given = set(service.get("secrets", []))
    assert given <= set(COMPOSE["secrets"])
    used = {value for key, value in service.get("environment", {}).items() if key.endswith("_FILE")}
    assert used == {f"/run/secrets/{secret}" for secret in given}
    for variable in service.get("environment", {}):
        assert variable.endswith("_FILE") or not re.search("PASSWORD|SECRET|KEY|_URL", variable), variable
    assert not re.search(r"://[^:/\s]*:[^@*\s]+@", yaml.safe_dump(service))


def test_only_migrating_is_given_the_role_that_may_change_tables():
    assert [name for name in OF_THE_PRODUCT if "database_owner_url" in SERVICES[name]["secrets"]] == ["migrate"]


def test_every_secret_is_made_by_the_script_and_used_and_kept_out_of_images_and_history():
    made = re.findall(r"^keep (\w+) ", (ROOT / "deploy" / "make-secrets.sh").read_text(), re.MULTILINE)
    assert {f"./secrets/{name}" for name in made} == {secret["file"] for secret in COMPOSE["secrets"].values()}
    assert set(made) == {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert {"secrets/", ".env", "deploy/certificates/"} <= set((ROOT / ".gitignore").read_text().split())
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"


def test_there_is_no_default_for_what_only_the_operator_can_know():
    asked = set(re.findall(r"\$\{(\w+)([^}]*)\}", re.sub(r"\$\$", "", (ROOT / "docker-compose.yml").read_text())))
    for variable, rest in asked:
        assert rest.startswith(":?") or variable == "LOG_LEVEL", variable
    assert {variable for variable, _ in asked} == {"PODIUM_HOST", "PROXY_TLS", "LOG_LEVEL"}


@pytest.mark.parametrize("name", OF_THE_PRODUCT)
def test_every_variable_is_one_that_the_settings_read(name: str):
    settings = (ROOT / "config" / "settings.py").read_text()
    for variable in SERVICES[name]["environment"]:
        assert f'"{variable.removesuffix("_FILE")}"' in settings, variable


def test_the_other_images_are_given_variables_that_they_or_our_scripts_read():
    caddyfile = (ROOT / "deploy" / "Caddyfile").read_text()
    assert set(re.findall(r"\{\$(\w+)", caddyfile)) == set(SERVICES["proxy"]["environment"])
    roles = (ROOT / "deploy" / "postgres" / "roles.sh").read_text()
    ours = set(SERVICES["postgres"]["environment"]) - STRANGERS
    assert all(f"${{{variable}}}" in roles for variable in ours)
    assert "$REDIS_URL_FILE" in (ROOT / "deploy" / "redis.sh").read_text()


@EACH
def test_every_volume_is_declared_or_a_folder_of_ours(name: str):
    for volume in SERVICES[name].get("volumes", []):
        source, _, *mode = volume.split(":")
        if not source.startswith("./"):
            assert source in COMPOSE["volumes"]
            continue
        assert mode == ["ro"]
        assert (ROOT / source).exists() or source == "./deploy/certificates", source


@pytest.mark.parametrize("name", OF_THE_PRODUCT)
def test_every_program_that_is_started_is_there(name: str):
    command = SERVICES[name]["command"]
    for target in (word for word in command if re.fullmatch(r"config\.\w+:application", word)):
        module, _, attribute = target.partition(":")
        assert hasattr(importlib.import_module(module), attribute)
    program = shlex.split(command[2])[0] if command[0] == "sh" else command[0]
    assert (ROOT / ".venv" / "bin" / program).exists()


def test_the_proxy_asks_services_and_ports_that_are_there():
    upstreams = re.findall(r"dynamic a (\w+) (\d+)", (ROOT / "deploy" / "Caddyfile").read_text())
    assert sorted(upstreams) == [("live", "8000"), ("web", "8000")]
    for name, port in upstreams:
        command = SERVICES[name]["command"]
        assert command[command.index("--port") + 1] == port


def test_there_are_enough_connections_for_three_of_each():
    """web and live hold a pool in each process; a worker one connection a task. docs/operating.md tells the sum."""
    allowed = int(SERVICES["postgres"]["command"][-1].removeprefix("max_connections="))
    web = SERVICES["web"]["command"]
    pools = int(web[web.index("--workers") + 1]) * int(SERVICES["web"]["environment"]["PODIUM_POOL"])
    live = int(SERVICES["live"]["environment"]["PODIUM_POOL"])
    assert 3 * (pools + live + 2) + 10 <= allowed


def test_the_image_is_made_from_the_lock_by_the_floor_of_python_and_ends_as_nobody_in_particular():
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    assert re.findall(r"^FROM python:([\d.]+)-", DOCKERFILE, re.MULTILINE) == [floor]
    assert "RUN python -m config.install requirements.lock" in DOCKERFILE
    for stage in DOCKERFILE.split("\nFROM ")[1:]:
        assert re.findall(r"^USER (\S+)$", stage, re.MULTILINE)[-1] == "10001:10001"
    stages = re.findall(r"^FROM \S+ AS (\w+)$", DOCKERFILE, re.MULTILINE)
    assert {service["build"]["target"] for service in SERVICES.values() if "build" in service} == set(stages)


def test_what_the_image_copies_is_there_and_let_in():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source in let_in or source.split("/")[0] in let_in, source


def test_every_package_of_the_product_is_in_the_image():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    for package in contracts["root_packages"]:
        assert f"COPY {package} {package}" in DOCKERFILE
