"""The pure part of playbooks: no Django, no clock, no disk, no network."""
