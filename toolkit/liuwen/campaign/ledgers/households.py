"""What became of households: an applicant whose household was merged follows it."""

from liuwen.campaign.registers import Registers


class Households:
    """The households that were merged by the end of a day."""

    def __init__(self, registers: Registers, on: int) -> None:
        self._into = {old: new for old, (new, last) in registers.survivors.items() if last < on}

    def now(self, household: str) -> str:
        """The household that this one is now."""
        seen: set[str] = set()
        while household in self._into and household not in seen:
            seen.add(household)
            household = self._into[household]
        return household
