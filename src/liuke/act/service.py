"""Every use case of `act` by name. The API and the pipeline import from here."""

from liuke.act.notices.escalate import escalations_run
from liuke.act.notices.groups import groups_inform
from liuke.act.notices.reading import notices_mine, notices_read, notices_unread
from liuke.act.outgoing.deliver import OUTBOX_HANDLERS
from liuke.act.outgoing.health import Health, health_of
from liuke.act.outgoing.mailbox import bounces_poll
from liuke.act.outgoing.manage import (
    TestTo,
    channel_check,
    channel_create,
    channel_delete,
    channel_get,
    channel_renew_callback,
    channel_secrets_set,
    channel_test,
    channel_update,
    channels_list,
    channels_order,
    findings_of,
)
from liuke.act.outgoing.trouble import Trouble, receipts_poll, trouble_ask, trouble_mark, troubles
from liuke.act.plans.templates import plan_template, plan_templates
from liuke.act.renewals.ledger import RenewalChange, customer_renewed, renewal_start, renewal_update, renewals_sweep
from liuke.act.renewals.reading import renewal_get, renewal_totals, renewals_visible, window_filter
from liuke.act.tasks.handling import (
    alert_verdict,
    alerts_assign,
    alerts_claim,
    alerts_close,
    alerts_snooze,
    customers_assign,
    verdict_undo,
)
from liuke.act.tasks.items import items_close
from liuke.act.tasks.playbook import ItemAsk, item_for_playbook, items_for_playbook_many
from liuke.act.tasks.reading import follow_ups_of, work_item_get, work_items_visible
from liuke.act.tasks.review import customers_review
from liuke.act.tasks.undo import Changed, bulk_undo
from liuke.act.tasks.work import (
    follow_up_record,
    work_item_assign,
    work_item_cancel,
    work_item_claim,
    work_item_complete,
    work_item_create,
    work_item_move,
    work_item_reopen,
    work_item_update,
)
from liuke.act.watch.following import Seen, watch_follow
from liuke.act.watch.handover import hand_over, hand_over_undo, hand_overs_recent, holding_of
from liuke.act.watch.reading import watches_visible

__all__ = [
    "OUTBOX_HANDLERS",
    "Changed",
    "Health",
    "ItemAsk",
    "RenewalChange",
    "Seen",
    "TestTo",
    "Trouble",
    "alert_verdict",
    "alerts_assign",
    "alerts_claim",
    "alerts_close",
    "alerts_snooze",
    "bounces_poll",
    "bulk_undo",
    "channel_check",
    "channel_create",
    "channel_delete",
    "channel_get",
    "channel_renew_callback",
    "channel_secrets_set",
    "channel_test",
    "channel_update",
    "channels_list",
    "channels_order",
    "customer_renewed",
    "customers_assign",
    "customers_review",
    "escalations_run",
    "findings_of",
    "follow_up_record",
    "follow_ups_of",
    "groups_inform",
    "hand_over",
    "hand_over_undo",
    "hand_overs_recent",
    "health_of",
    "holding_of",
    "item_for_playbook",
    "items_close",
    "items_for_playbook_many",
    "notices_mine",
    "notices_read",
    "notices_unread",
    "plan_template",
    "plan_templates",
    "receipts_poll",
    "renewal_get",
    "renewal_start",
    "renewal_totals",
    "renewal_update",
    "renewals_sweep",
    "renewals_visible",
    "trouble_ask",
    "trouble_mark",
    "troubles",
    "verdict_undo",
    "watch_follow",
    "watches_visible",
    "window_filter",
    "work_item_assign",
    "work_item_cancel",
    "work_item_claim",
    "work_item_complete",
    "work_item_create",
    "work_item_get",
    "work_item_move",
    "work_item_reopen",
    "work_item_update",
    "work_items_visible",
]
