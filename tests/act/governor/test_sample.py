"""The sample's contacts have agreed to marketing, most of them, and always the same ones."""

from __future__ import annotations

import pytest

from liuke.act.governor.sample import sample_consents
from liuke.act.store.models import Consent
from tests.act.messages.world import NOON, person
from tests.factories import make_workspace


@pytest.mark.django_db
def test_seven_of_ten_contacts_of_the_sample_have_agreed_once() -> None:
    workspace = make_workspace()
    for number in range(200):
        person(workspace, agreed=False, email=f"p{number}@example.test")
    made = sample_consents(workspace, at=NOON)
    people = Consent.objects.filter(workspace=workspace).values("contact").distinct().count()
    assert made == 2 * people
    assert 110 <= people <= 170
    assert sample_consents(workspace, at=NOON) == 0
    assert Consent.objects.count() == made
