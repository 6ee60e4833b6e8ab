"""Put the demonstration case into the wheel, so that `comity demo` runs without a checkout.

An editable install reads the case from the checkout: a copy there would go stale.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CASE = "yerevan-2022"


class DemonstrationCase(BuildHookInterface):
    """Adds `examples/cases/<CASE>` to a standard wheel as `comity/cases/<CASE>`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"][f"examples/cases/{CASE}"] = f"comity/cases/{CASE}"
