"""Loyalty (LOY-01…05): points that are only ever appended, member levels, coupons with stock, 老带新, yearly volume discounts.

Comes in: orders of the stream, redemptions and grants by people and playbooks. Goes out: `PointsEntry`, `LoyaltyMember`, `CouponCode`.
Read `domain/` (programme, earning, ledger, levels, volume), then `accruing.py` (nightly), `points.py`, `coupons.py`, `referrals.py`.
"""
