"""WeCom's customers (外部联系人): contacts, tags, mass tasks, moves and behaviour, on top of `wecom.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from tests.simulators.server import Asked, Reply, route
from tests.simulators.wecom import Mass, WeCom, fine, refuse

SETTLES = timedelta(hours=24)


class WeComCustomers(WeCom):
    """A WeCom whose colleagues have customers."""

    unlicensed_contacts: frozenset[str] = frozenset()
    """Listed with 701008: no licence for them."""
    mobiles: Mapping[str, Sequence[str]] = MappingProxyType({})
    """Phone numbers that colleagues noted, by customer."""
    unions: Mapping[str, str] = MappingProxyType({})
    """WeChat unionids, by customer."""
    refusing: frozenset[str] = frozenset()
    """Customers who refuse to be moved."""

    @route("GET", "/cgi-bin/externalcontact/list")
    def contact_list(self, request: Asked) -> Reply:
        """84061 for a colleague without customers."""
        found = self.contacts.get(request.query.get("userid", ""), set())
        return fine(external_userid=sorted(found)) if found else refuse(84061, "not external contact")

    @route("GET", "/cgi-bin/externalcontact/get")
    def contact_get(self, request: Asked) -> Reply:
        """One customer with everybody who has them."""
        wanted = request.query.get("external_userid", "")
        if wanted in self.unlicensed_contacts:
            return refuse(701008, "no interop licence")
        users = sorted(user for user, theirs in self.contacts.items() if wanted in theirs)
        if not users:
            return refuse(40096, "invalid external userid")
        noted = list(self.mobiles.get(wanted, ("13800001234",)))
        follows = [{"userid": user, "tags": [], "remark_mobiles": noted, "createtime": 1} for user in users]
        return fine(external_contact={"external_userid": wanted, "name": f"客户{wanted}", "type": 1}, follow_user=follows)

    @route("POST", "/cgi-bin/externalcontact/batch/get_by_user")
    def contact_batch(self, request: Asked) -> Reply:
        """Pages of two, so that a client that ignores the cursor is found out."""
        asked = request.json.get("userid_list")
        users = [str(user) for user in asked] if isinstance(asked, list) else []
        pairs = [(user, external) for user in users for external in sorted(self.contacts.get(user, set()))]
        start = int(str(request.json.get("cursor") or 0))
        rows = [
            {"external_contact": {"external_userid": external, "name": f"客户{external}", "unionid": self.unions.get(external, "")},
             "follow_info": {"userid": user, "tag_id": sorted(self.tags[user, external]), "createtime": 1700000000,
                             "remark_mobiles": list(self.mobiles.get(external, ()))}}
            for user, external in pairs[start : start + 2]
        ]  # fmt: skip
        return fine(external_contact_list=rows, next_cursor=str(start + 2) if start + 2 < len(pairs) else "")

    @route("POST", "/cgi-bin/externalcontact/mark_tag")
    def mark_tag(self, request: Asked) -> Reply:
        """Only on the colleague's own contact, and not without a tag."""
        user, external = str(request.json.get("userid")), str(request.json.get("external_userid"))
        add, remove = request.json.get("add_tag"), request.json.get("remove_tag")
        if external not in self.contacts.get(user, set()):
            return refuse(84061, "not external contact")
        if not add and not remove:
            return refuse(40035)
        self.tags[user, external] |= set(add if isinstance(add, list) else [])
        self.tags[user, external] -= set(remove if isinstance(remove, list) else [])
        return fine()

    @route("POST", "/cgi-bin/externalcontact/add_msg_template")
    def mass_add(self, request: Asked) -> Reply:
        """A task for the sender, for those of the customers whom they have."""
        asked, sender, text = request.json.get("external_userid"), str(request.json.get("sender")), request.json.get("text")
        to = [str(each) for each in asked] if isinstance(asked, list) else []
        mine = [each for each in to if each in self.contacts.get(sender, set())]
        if not mine:
            return refuse(41063, "no customer to send")
        made = Mass(f"msg{len(self.masses) + 1}", sender, mine, text["content"] if isinstance(text, dict) else "", self.clock())
        self.masses[made.id] = made
        return fine(msgid=made.id, fail_list=[each for each in to if each not in mine])

    def confirm_mass(self, task: str, *, deleted: frozenset[str] = frozenset(), had_another: frozenset[str] = frozenset()) -> None:
        """The sender presses 发送 in WeCom."""
        mass = self.masses[task]
        mass.confirmed = True
        mass.results = {each: 2 if each in deleted else 3 if each in had_another else 1 for each in mass.to}

    @route("POST", "/cgi-bin/externalcontact/get_groupmsg_list_v2")
    def mass_list(self, request: Asked) -> Reply:
        """All tasks."""
        return fine(group_msg_list=[{"msgid": each.id, "creator": each.sender, "create_time": 1} for each in self.masses.values()])

    @route("POST", "/cgi-bin/externalcontact/get_groupmsg_task")
    def mass_task(self, request: Asked) -> Reply:
        """Who must confirm."""
        mass = self.masses.get(str(request.json.get("msgid")))
        if mass is None:
            return refuse(41063, "invalid msgid")
        return fine(task_list=[{"userid": mass.sender, "status": 2 if mass.confirmed else 0}], next_cursor="")

    @route("POST", "/cgi-bin/externalcontact/get_groupmsg_send_result")
    def mass_result(self, request: Asked) -> Reply:
        """By customer: 0 before the confirmation."""
        mass = self.masses[str(request.json.get("msgid"))]
        rows = [{"external_userid": each, "userid": mass.sender, "status": mass.results.get(each, 0)} for each in mass.to]
        return fine(send_list=rows, next_cursor="")

    @route("POST", "/cgi-bin/externalcontact/add_moment_task")
    def moment(self, request: Asked) -> Reply:
        """An asynchronous job."""
        return fine(jobid="job1")

    @route("POST", "/cgi-bin/externalcontact/transfer_customer")
    def transfer(self, request: Asked) -> Reply:
        """Each move waits a day for the customer's refusal; 40096 for a customer whom the giver does not have."""
        giver, taker = str(request.json.get("handover_userid")), str(request.json.get("takeover_userid"))
        asked = request.json.get("external_userid")
        rows = []
        for each in asked if isinstance(asked, list) else []:
            has = each in self.contacts.get(giver, set())
            rows.append({"external_userid": each, "errcode": 0 if has else 40096})
            if has:
                self.moves[each] = (giver, taker, self.clock(), 2)
        return fine(customer=rows)

    @route("POST", "/cgi-bin/externalcontact/transfer_result")
    def transfer_result(self, request: Asked) -> Reply:
        """Settled 24 hours later."""
        self._settle()
        rows = [{"external_userid": each, "status": state} for each, (_, _, _, state) in sorted(self.moves.items())]
        return fine(customer=rows, next_cursor="")

    def _settle(self) -> None:
        for each, (giver, taker, at, state) in list(self.moves.items()):
            if state == 2 and each in self.refusing:
                self.moves[each] = (giver, taker, at, 3)
            elif state == 2 and self.clock() - at >= SETTLES:
                self.moves[each] = (giver, taker, at, 1)
                self.contacts[giver].discard(each)
                self.contacts.setdefault(taker, set()).add(each)

    @route("POST", "/cgi-bin/externalcontact/get_user_behavior_data")
    def behaviour(self, request: Asked) -> Reply:
        """Two days; a day without chats has no share of replies."""
        days = [{"stat_time": 1, "chat_cnt": 10, "reply_percentage": 66.5, "avg_reply_time": 3}, {"stat_time": 86401, "chat_cnt": 0}]
        return fine(behavior_data=days)
