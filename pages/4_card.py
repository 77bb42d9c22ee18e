"""Card: the formal process of service, its differences by segment, its life from draft to effect."""

from sbyt_core.ui.card import view as card
from sbyt_core.ui.page import open_page

card.show(open_page("card"))
