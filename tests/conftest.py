"""What every test shares: laws are tried without a clock, as a busy machine is no fault of the program, and in CI on the same examples."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI")))
settings.load_profile("untimed")
