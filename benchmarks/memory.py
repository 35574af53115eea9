"""How much memory a process takes."""

from __future__ import annotations

from pathlib import Path


def peak(process: int) -> float:
    """Return the peak of a process's resident memory in MB; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
