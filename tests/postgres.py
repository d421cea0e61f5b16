"""Runs a command against a PostgreSQL of its own: `python tests/postgres.py pytest tests/spec`.

The machine's own server programs, a temporary folder, a socket in it and no network, Swedish collation.
A wrapper and not a fixture, because pytest-django reads the settings before any conftest. The role that the tests
connect as is no superuser: a superuser would pass row security, and hide its mistakes.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def programs() -> Path:
    """The folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        sys.exit("PostgreSQL's server programs are missing: run `make system`.")
    return found[-1].parent


def main(command: list[str]) -> int:
    """Start the server, run the command, stop the server; the command's exit code."""
    bin_ = programs()
    folder = Path(tempfile.mkdtemp(prefix="samverk-pg-"))
    # PostgreSQL refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)

    def run(*arguments: str) -> None:
        subprocess.run([*user, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    data, socket = str(folder / "data"), str(folder)
    server = f"-c listen_addresses='' -c unix_socket_directories={socket} -c fsync=off -c max_connections=50"
    superuser = ["--host", socket, "--username", "postgres"]
    try:
        locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=sv-SE", "--encoding=UTF8"]
        run(f"{bin_}/initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--no-sync", *locale)
        run(f"{bin_}/pg_ctl", "start", "--wait", "--pgdata", data, "--options", server, "--log", f"{folder}/log")
        run(f"{bin_}/createuser", *superuser, "--createdb", "--createrole", "--no-superuser", "samverk")
        run(f"{bin_}/createuser", *superuser, "--no-login", "--no-inherit", "samverk_app")
        run(f"{bin_}/createuser", *superuser, "--login", "--no-inherit", "samverk_web")
        roles = "GRANT samverk_app TO samverk, samverk_web; GRANT samverk_web TO samverk"
        run(f"{bin_}/psql", *superuser, "--command", roles, "--dbname", "postgres")
        run(f"{bin_}/createdb", *superuser, "--owner", "samverk", "samverk")
        url = f"postgresql://samverk@/samverk?host={socket}"
        return subprocess.run(command, env=os.environ | {"SAMVERK_DATABASE": url}, check=False).returncode
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            run(f"{bin_}/pg_ctl", "stop", "--mode=immediate", "--pgdata", data)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
