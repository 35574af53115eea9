"""compose.yaml: what it starts is there, runs as nobody special, and writes nowhere else."""

from pathlib import Path

import pytest
import yaml

from bot.arguments import build_parser
from bot.config import RANKERS
from bot.jobs.watch import Watched

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_no_root_writes_to_its_volumes_alone_and_is_watched(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["user"] not in {"0", "root", ""}
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["bot", "worker", "gateway", "deliver"])
def test_what_a_service_runs_is_a_command(name):
    (command,) = SERVICES[name]["command"]
    assert build_parser("0", RANKERS).parse_args([command]).command == command
    assert SERVICES[name]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_the_health_check_is_a_program_over_what_there_is():
    """It asks for live workers, by the names that the module has."""
    *_, program = SERVICES["worker"]["healthcheck"]["test"]
    compile(program, "healthcheck", "exec")
    assert "from bot.jobs.watch import look" in program
    assert hasattr(Watched(), "workers")


def test_every_named_volume_is_declared():
    named = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service["volumes"]
        if not volume.startswith((".", "/"))
    }
    assert named == set(COMPOSE["volumes"])


def test_no_secret_stands_in_it():
    """They come from a file that is not in the repository."""
    assert "PASSWORD" not in str(COMPOSE)
    assert all(service["env_file"] == "secrets.env" for service in SERVICES.values())
    assert "secrets.env" in (ROOT / ".gitignore").read_text(encoding="utf-8")


def test_folders_that_are_written_belong_to_the_user_of_the_image():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    written = [volume.split(":")[1] for volume in SERVICES["bot"]["volumes"] if "ro" not in volume]
    made = next(line for line in dockerfile.splitlines() if "install -d -o whosaid" in line)
    assert all(folder in made for folder in written)
    assert f"--uid {SERVICES['bot']['user']}" in dockerfile
