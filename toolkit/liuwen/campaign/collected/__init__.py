"""What phones, browsers and the desk sent, as the events of a campaign: no form writes a matter, the rows here become matters."""

from liuwen.campaign.collected.reading import collected_events
from liuwen.campaign.collected.registers import kept_registers

__all__ = ["collected_events", "kept_registers"]
