"""The nginx recipe of docs/: it is valid, it caches, it revalidates, it closes what should be closed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from harvester.site.server.site import app
from tests.conftest import ROOT

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def proxy(archive: Path, tmp_path: Path) -> Iterator[str]:
    """The recipe with its marked lines changed, in front of a running site."""
    if NGINX is None:
        pytest.skip("needs nginx (apt-get install nginx-light)")
    behind, before = free_port(), free_port()
    server = uvicorn.Server(uvicorn.Config(app(archive), port=behind, log_level="warning", lifespan="on", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    recipe = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # else the workers may not enter the test folder
    own = f"{user} pid {tmp_path}/pid; error_log {tmp_path}/error.log; daemon off;\n"
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    changed = (
        recipe.replace("127.0.0.1:8001", f"127.0.0.1:{behind}")
        .replace("listen 80;", f"listen 127.0.0.1:{before};")
        .replace("/var/cache/nginx/archive", f"{tmp_path}/cache")
        .replace("/srv/archive/static", str(ROOT / "harvester" / "site" / "static"))
        .replace("http {", f"http {{ access_log off; {temporary}", 1)
    )
    file = tmp_path / "nginx.conf"
    file.write_text(own + changed, encoding="utf-8")
    subprocess.run([NGINX, "-t", "-c", str(file)], check=True, capture_output=True)
    process = subprocess.Popen([NGINX, "-c", str(file)], stderr=subprocess.DEVNULL)
    while not server.started or not (tmp_path / "pid").exists():
        time.sleep(0.05)
    yield f"http://127.0.0.1:{before}"
    process.terminate()
    process.wait()
    server.should_exit = True
    thread.join()


@pytest.mark.slow
def test_recipe_caches_revalidates_and_closes(proxy: str) -> None:
    with httpx.Client(base_url=proxy) as client:
        assert client.get("/reports/223").headers["x-cache"] == "MISS"
        again = client.get("/reports/223", headers={"cookie": "a=1"})
        assert again.headers["x-cache"] == "HIT"
        assert again.headers["content-encoding"] == "gzip"
        tag = again.headers["etag"]
        assert client.get("/reports/223", headers={"if-none-match": tag}).status_code == 304
        assert client.get("/-/settings").status_code == 404
        assert client.get("/healthz").text.startswith("ok")
        limited = [client.get(f"/archive.json?sql=select+{n}").status_code for n in range(40)]
        assert limited[0] == 200
        assert 429 in limited
