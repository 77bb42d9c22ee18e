"""An environment for peers that do not run beside the workbench: lifetimes 0.11.3, which pandas 3 breaks.

Made once, by `python -m venv` and pip, in SBYT_BENCH_VENV or a folder of the system's temporary ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGES = ("lifetimes==0.11.3", "pandas==2.3.3", "numpy>=2,<3", "pyarrow>=20")  # pandas: the last that lifetimes runs on


def peers_python() -> Path:
    """The Python of the peers' environment, which is made when it is not there."""
    folder = Path(os.environ.get("SBYT_BENCH_VENV", Path(tempfile.gettempdir()) / "bench_venv"))
    python = folder / "bin" / "python"
    ready = folder / ".ready"
    said = "\n".join(PACKAGES)
    if not ready.exists() or ready.read_text() != said:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
        ready.write_text(said)
    return python


if __name__ == "__main__":
    print(peers_python())
