"""What every test shares: the Hypothesis profiles.

`default` looks at the same few examples each time, so that a failure repeats anywhere.
`trust` looks at many more of them, just as repeatably; `make trust` chooses it through
COMITY_HYPOTHESIS_PROFILE. Neither judges by the clock: that would fail on a busy machine.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    derandomize=True,
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("trust", settings.get_profile("default"), max_examples=1000)
settings.load_profile(os.environ.get("COMITY_HYPOTHESIS_PROFILE", "default"))
