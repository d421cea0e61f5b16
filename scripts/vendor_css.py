"""Fetch Designsystemet's CSS, build our theme, and put both under the web shell's static/vendor/.

For maintainers, not for installing or running Samverk: needs Node, npm and a package registry. Run it with
`python scripts/vendor_css.py`, look at the difference, and commit it. `--check` only compares the files that are
there with their manifest, and needs nothing but Python.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
TARGET = HOUSE / "src/samverk/web/static/vendor/designsystemet"
CSS, CLI = ("@digdir/designsystemet-css", "1.22.0"), ("@digdir/designsystemet", "1.15.0")
# Only what the pages use: the whole is 150 kB, and its icons are data: addresses, which our CSP refuses.
BASE = ("base",)
COMPONENTS = ("button", "input", "error-summary", "skip-link")
THEME = {
    "outDir": "./design-tokens",
    "themes": {
        "samverk": {
            "colors": {"main": {"accent": "#0b5d5b"}, "support": {}, "neutral": "#6b6558"},
            "typography": {"fontFamily": "system-ui"},
            "borderRadius": 10,
        }
    },
}


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*command: str, cwd: Path) -> None:
    """Run one command and stop if it fails."""
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def bundle(source: Path) -> str:
    """The chosen parts in Designsystemet's own order of layers, so that our rules win without `!important`."""
    parts = ["@layer ds.theme, ds.base, ds.components;"]
    for layer, names in (("ds.base", BASE), ("ds.components", COMPONENTS)):
        parts += [f"/* {name}.css */\n@layer {layer} {{\n{(source / f'{name}.css').read_text()}\n}}" for name in names]
    return (
        f"/* {CSS[0]} {CSS[1]}, MIT: see LICENSE.txt. Bundled by scripts/vendor_css.py. */\n" + "\n".join(parts) + "\n"
    )


def fetch() -> None:
    """Fetch, build and write everything, and the manifest last."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "package.json").write_text('{"private": true}')
        (work / "designsystemet.config.json").write_text(json.dumps(THEME))
        run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *map("@".join, (CSS, CLI)), cwd=work)
        run("npx", "--no-install", "designsystemet", "tokens", "create", cwd=work)
        run("npx", "--no-install", "designsystemet", "tokens", "build", cwd=work)
        package = work / "node_modules" / CSS[0]
        TARGET.mkdir(parents=True, exist_ok=True)
        (TARGET / "designsystemet.css").write_text(bundle(package / "dist/src"))
        (TARGET / "theme.css").write_text((work / "design-tokens-build/samverk.css").read_text())
        shutil.copyfile(package / "LICENSE", TARGET / "LICENSE.txt")
        sources = {name: digest(package / f"dist/src/{name}.css") for name in (*BASE, *COMPONENTS)}
    files = {path.name: digest(path) for path in sorted(TARGET.iterdir()) if path.name != "MANIFEST.json"}
    manifest = {"packages": dict((CSS, CLI)), "licence": "MIT", "theme": THEME, "sources": sources, "files": files}
    (TARGET / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n")


def strangers() -> list[str]:
    """Names of files that are missing, changed or not in the manifest."""
    known: dict[str, str] = json.loads((TARGET / "MANIFEST.json").read_text())["files"]
    there = {path.name: digest(path) for path in TARGET.iterdir() if path.name != "MANIFEST.json"}
    return sorted(name for name in known.keys() | there.keys() if known.get(name) != there.get(name))


def main() -> int:
    """Fetch, or check with --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare with the manifest")
    if not parser.parse_args().check:
        fetch()
    wrong = strangers()
    print("\n".join(f"{name}: not as in MANIFEST.json" for name in wrong) or "vendored CSS is as in MANIFEST.json")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
