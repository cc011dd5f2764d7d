"""A real Superset on this machine, in its own environment, and the little of its REST API that analysts' work needs."""

import json
import os
import secrets
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

CONFIG = """
SECRET_KEY = {key!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{home}/superset.db"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
PREVENT_UNSAFE_DB_CONNECTIONS = False
RATELIMIT_ENABLED = False
"""


class Superset:
    """Started in `home` on `port`; logged in as admin."""

    def __init__(self, binaries: Path, home: Path, port: int) -> None:
        self.url, self.password = f"http://127.0.0.1:{port}", secrets.token_hex(8)
        config = home / "superset_config.py"
        config.write_text(CONFIG.format(key=secrets.token_hex(32), home=home))
        environment = {
            "PATH": f"{binaries}:{os.environ['PATH']}",
            "HOME": str(home),
            "SUPERSET_CONFIG_PATH": str(config),
            "FLASK_APP": "superset",
        }
        superset = str(binaries / "superset")
        admin = ["--username", "admin", "--firstname", "A", "--lastname", "A", "--email", "a@example.com"]
        for command in (["db", "upgrade"], ["fab", "create-admin", *admin, "--password", self.password], ["init"]):
            ran = subprocess.run([superset, *command], env=environment, capture_output=True, text=True)
            assert ran.returncode == 0, ran.stderr[-3000:]
        with (home / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                [superset, "run", "-p", str(port), "--with-threads"], env=environment, stdout=log, stderr=log
            )
        self.token = ""
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 180
        login = {"username": "admin", "password": self.password, "provider": "db", "refresh": True}
        while True:
            try:
                self.token = self.post("/api/v1/security/login", login)["access_token"]
                return
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, "Superset has ended"
                assert time.monotonic() < until, "Superset does not answer"
                time.sleep(1)

    def post(self, path: str, body: dict) -> dict:
        return self._request("POST", path, body)

    def get(self, path: str) -> dict:
        return self._request("GET", path, None)

    def _request(self, method: str, path: str, body: dict | None) -> dict:
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self.token}"} if self.token else {}
        )
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if not self.token:
                raise
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()[:2000]}") from None

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
