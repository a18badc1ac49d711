"""Every use case of checklists, packs, visits, comments, tickets and calendar feeds by name. The API imports from here."""

from liuke.act.plans.asked import ticket_routes
from liuke.act.plans.comments import comment_add, comment_remove, comments_of
from liuke.act.plans.feeds import feed_make, feed_of, feed_revoke, feed_text
from liuke.act.plans.packs import (
    content_pack_archive,
    content_pack_restore,
    content_pack_save,
    content_packs,
    pack_file_add,
    pack_file_open,
    pack_file_remove,
    pack_files,
)
from liuke.act.plans.recovery import ticket_routes_set
from liuke.act.plans.steps import (
    StepDraft,
    plan_apply,
    plan_remove,
    plan_restore,
    plans_of,
    step_add,
    step_remove,
    step_restore,
    step_tick,
    step_update,
    steps_of,
    steps_order,
)
from liuke.act.plans.templates import (
    plan_template,
    plan_template_archive,
    plan_template_restore,
    plan_template_save,
    plan_templates,
)
from liuke.act.plans.tickets import TicketDraft, moves_of, ticket_get, ticket_move, ticket_raise, tickets_visible
from liuke.act.plans.visits import Spot, photos_of, visit_photo_add, visit_photo_open, visit_record, visit_remove, visits_visible
from liuke.act.plans.who import who_sees

__all__ = [
    "Spot", "StepDraft", "TicketDraft",
    "comment_add", "comment_remove", "comments_of",
    "content_pack_archive", "content_pack_restore", "content_pack_save", "content_packs",
    "feed_make", "feed_of", "feed_revoke", "feed_text", "moves_of",
    "pack_file_add", "pack_file_open", "pack_file_remove", "pack_files", "photos_of",
    "plan_apply", "plan_remove", "plan_restore",
    "plan_template", "plan_template_archive", "plan_template_restore", "plan_template_save", "plan_templates", "plans_of",
    "step_add", "step_remove", "step_restore", "step_tick", "step_update", "steps_of", "steps_order",
    "ticket_get", "ticket_move", "ticket_raise", "ticket_routes", "ticket_routes_set", "tickets_visible",
    "visit_photo_add", "visit_photo_open", "visit_record", "visit_remove", "visits_visible", "who_sees",
]  # fmt: skip
