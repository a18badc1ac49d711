# ruff: noqa: SIM905
"""Made names of companies and people: plausible, distinct, the same for a customer number for ever."""

from __future__ import annotations

_FIRST = (
    "Alder Amber Ashford Beacon Birch Blossom Bramble Bridge Cedar Chapel Cherry Clover Cobble Copper Coral Cotswold Daisy Dove "
    "Elm Ember Fern Finch Fox Garland Ginger Harbour Hartley Hazel Heather Holly Honey Ivory Ivy Jasmine Juniper Kestrel Lantern "
    "Lark Laurel Linden Lotus Maple Marigold Meadow Mill Misty Olive Orchard Otter Pearl Pebble Plum Poppy Primrose Quill Robin "
    "Rosewood Rowan Saffron Silver Sparrow Spruce Swan Thistle Violet Willow Wren"
).split()
_SECOND = (
    "Abbey Acre Barn Bay Brook Corner Court Cove Cross Dale Farm Field Fold Forge Gate Glen Grange Green Grove Hall Haven Heath "
    "Hill House Lane Lea Lodge Manor Mews Moor Nook Park Point Quay Ridge Row Square Stable Street Terrace Vale View Wharf Wood Yard"
).split()
_TRADE = ("Gifts", "Home", "Trading", "Emporium", "Interiors", "Wholesale", "Stores", "& Co.", "Living", "Supplies", "Market")
_GIVEN = (
    "Alice Amelia Ben Carla Chloe Daniel Edward Ella Emma Fiona George Grace Hannah Harry Helen Isla Jack James Julia Kate Laura Leo "
    "Liam Lucy Marco Maria Mark Mia Nina Noah Oliver Paul Peter Rachel Rosa Ruth Sam Sarah Sofia Tom Victor Wendy"
).split()
_FAMILY = (
    "Adams Bailey Barnes Bell Brown Carter Clarke Cole Cooper Davies Evans Fisher Foster Gibson Grant Green Harris Hill Hughes "
    "Jackson Jones Kelly King Lewis Marsh Mason Miller Moore Murray Owen Palmer Parker Price Reed Roberts Scott Shaw Stone Taylor "
    "Turner Walker Ward Webb White Wilson Wood Young"
).split()
_STEP = 7919
"""A prime that divides none of the list lengths: stepping by it visits every combination once."""


def company_name(number: int) -> str:
    """A trading name such as `Willow Lane Gifts`; numbers closer than 30,000 to each other never share one."""
    index = number * _STEP % (len(_FIRST) * len(_SECOND) * len(_TRADE))
    index, trade = divmod(index, len(_TRADE))
    index, second = divmod(index, len(_SECOND))
    return f"{_FIRST[index]} {_SECOND[second]} {_TRADE[trade]}"


def person_name(number: int) -> str:
    """A given and a family name; names may repeat."""
    index, family = divmod(number * _STEP, len(_FAMILY))
    return f"{_GIVEN[index % len(_GIVEN)]} {_FAMILY[family]}"


def phone_number(number: int) -> str:
    """A number of the range that Ofcom keeps free for drama: it rings nowhere."""
    return f"+44 7700 900{number * _STEP % 1000:03d}"


def email_address(person: str, company: str) -> str:
    """An address below `.example`, which never resolves."""
    domain = "".join(letter for letter in company.lower() if letter.isalpha())
    return f"{person.lower().replace(' ', '.')}@{domain}.example"
