import subprocess
import sys
from pathlib import Path


def test_every_benchmark_can_be_started():
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-m", "benchmarks", "--help"], cwd=root, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "publish" in ran.stdout
