"""SMS through both vendors' simulators: one body of tests, and what only one of them does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from liuke.act.channels import KINDS
from liuke.act.channels.sms_aliyun.kind import PER_SECOND as ALIYUN_RATE
from liuke.act.channels.sms_tencent.kind import PER_SECOND as TENCENT_RATE
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, OutMessage, Unknown
from liuke.act.domain.channel_asks import ReceiptAsk
from liuke.act.domain.channel_events import EventKind, Request
from liuke.act.domain.channel_fields import field_faults, rate_of
from liuke.act.domain.sms import LONGEST_VARIABLE, e164, own_id, refuses
from liuke.base.words import catalogue
from tests.act.targets import target
from tests.simulators.aliyun_sms import AliyunSms
from tests.simulators.server import Clock, Cut, Reply
from tests.simulators.tencent_sms import TencentSms

PHONE = "13800138000"
RATES = {"sms_aliyun": ALIYUN_RATE, "sms_tencent": TENCENT_RATE}


@dataclass
class Line:
    """A channel beside the vendor it sends through."""

    vendor: AliyunSms | TencentSms
    target: ChannelTarget
    kind: str
    notice: str

    def message(self, key: str = "k1", **changes: object) -> OutMessage:
        """An SMS to a customer."""
        return replace(OutMessage(key, "customer", "到期提醒", "", to=PHONE, template=self.notice, params={"1": "张三"}), **changes)

    def send(self, key: str = "k1", **changes: object) -> object:
        return KINDS[self.kind].send(self.message(key, **changes), self.target)

    def called_back(self, body: bytes) -> list[tuple[str, str, str, dict[str, str]]]:
        """What the vendor's posted body means: kind, ref, address, data."""
        callback = KINDS[self.kind].callback
        assert callback is not None
        answer = callback(Request("POST", {}, {}, body), self.target)
        assert answer.status == 200
        assert json.loads(answer.body) in ({"code": 0, "msg": "OK"}, {"result": 0, "errmsg": "OK"})
        return [(event.kind, event.ref, event.address, dict(event.data)) for event in answer.events]

    def asked(self, *keys: str) -> list[tuple[str, dict[str, str]]]:
        """What the vendor answers when it is asked about messages."""
        receipts = KINDS[self.kind].receipts
        assert receipts is not None
        asks = [ReceiptAsk(key, own_id(key), PHONE, self.vendor.clock()) for key in keys]
        return [(event.ref, dict(event.data)) for event in receipts(asks, self.target)]


def aliyun(vendor: AliyunSms) -> Line:
    config = {"access_key_id": "key", "sign_name": "留客", "base_url": vendor.base_url, "template": "SMS_1"}
    return Line(vendor, target(config, {"access_key_secret": "secret"}, now=vendor.clock), "sms_aliyun", "SMS_1")


def tencent(vendor: TencentSms) -> Line:
    config = {"secret_id": "id", "app_id": "1400", "sign_name": "留客", "base_url": vendor.base_url, "template": "11"}
    return Line(vendor, target(config, {"secret_key": "key"}, now=vendor.clock), "sms_tencent", "11")


@pytest.fixture(params=["aliyun", "tencent"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    if request.param == "aliyun":
        with AliyunSms(Clock()) as vendor:
            yield aliyun(vendor)
    else:
        with TencentSms(Clock()) as other:
            yield tencent(other)


def test_an_accepted_sms_is_known_by_our_own_id(line: Line) -> None:
    result = line.send()
    assert isinstance(result, Delivered)
    assert result.ref == own_id("k1")
    assert len(line.vendor.sent) == 1
    assert "张三" in str(line.vendor.sent[0].params)


def test_a_message_for_a_colleague_uses_the_channels_own_template_with_its_subject(line: Line) -> None:
    line.send(template="", params={}, subject="高危预警：\n" + "长" * 60)
    params = line.vendor.sent[0].params
    text = next(iter(params.values())) if isinstance(params, dict) else params[0]
    assert text.startswith("高危预警： 长")
    assert len(text) == LONGEST_VARIABLE
    bare = {name: value for name, value in line.target.config.items() if name != "template"}
    assert KINDS[line.kind].send(line.message(template=""), replace(line.target, config=bare)) == Failed("sms_template_missing")


def test_a_time_out_after_acceptance_is_unknown_and_a_query_tells(line: Line) -> None:
    line.vendor.fails("/", Cut.AFTER)
    result = line.send()
    assert isinstance(result, Unknown)
    assert len(line.vendor.sent) == 1
    assert line.asked("k1") == []  # the carrier has not told yet
    line.vendor.carrier("delivered", "DELIVERED")
    assert line.asked("k1", "k2") == [(own_id("k1"), {"state": "delivered", "code": "DELIVERED"})]


def test_a_server_that_breaks_may_have_sent_it(line: Line) -> None:
    line.vendor.fails("/", Reply(502, b"bad gateway"))
    assert isinstance(line.send(), Unknown)


def test_an_accepted_sms_may_still_fail_and_its_receipt_comes_twice(line: Line) -> None:
    line.send()
    line.vendor.carrier("failed", "MK:0001")
    first = line.called_back(line.vendor.reports())
    assert first == [(EventKind.RECEIPT, own_id("k1"), "", {"state": "failed", "code": "MK:0001"})]
    assert line.called_back(line.vendor.reports()) == first
    assert line.asked("k1") == [(own_id("k1"), {"state": "failed", "code": "MK:0001"})]


def test_a_receipt_before_the_answer_names_a_message_that_is_known_already(line: Line) -> None:
    line.vendor.fails("/", Cut.AFTER)
    line.send()
    line.vendor.carrier("delivered")
    assert line.called_back(line.vendor.reports())[0][1] == own_id("k1")


@pytest.mark.parametrize("text", ["R", "ｒ", " td ", "T", "退订", "拒收。", "“退订”"])
def test_a_refusal_opts_out_whatever_its_case_and_width(line: Line, text: str) -> None:
    assert line.called_back(line.vendor.reply(PHONE, text)) == [(EventKind.OPT_OUT, "", "+8613800138000", {"text": text})]


def test_any_other_reply_is_something_to_read(line: Line) -> None:
    assert line.called_back(line.vendor.reply(PHONE, "谢谢，R 是什么？"))[0][0] is EventKind.REPLY


def test_a_body_that_is_not_the_vendors_is_refused(line: Line) -> None:
    callback = KINDS[line.kind].callback
    assert callback is not None
    for body in (b"", b"x", b"[1]" if line.kind == "sms_tencent" else b"{}"):
        answer = callback(Request("POST", {}, {}, body), line.target)
        assert (answer.status, answer.events) == (400, ())


def test_a_wrong_secret_and_a_wrong_clock_are_said_in_words(line: Line) -> None:
    wrong = replace(line.target, secrets=dict.fromkeys(line.target.secrets, "other"))
    late = replace(line.target, now=lambda: line.vendor.clock.at.replace(year=2025))
    for target_ in (wrong, late):
        result = KINDS[line.kind].send(line.message(), target_)
        assert isinstance(result, Failed)
        assert not result.transient
        assert f"errors.{result.code}" in catalogue("zh-CN")
        assert result.code != "vendor_other"
    assert line.vendor.sent == []


def test_the_check_tells_good_credentials_from_bad(line: Line) -> None:
    check = KINDS[line.kind].check
    assert check is not None
    assert [finding.ok for finding in check(line.target)] == [True]
    bad = check(replace(line.target, secrets={}))
    assert [(finding.name, finding.ok) for finding in bad] == [("credentials", False)]


def test_a_vendor_that_is_away_is_tried_again(line: Line) -> None:
    gone = replace(line.target, config={**line.target.config, "base_url": "http://127.0.0.1:9"})
    result = KINDS[line.kind].send(line.message(), gone)
    assert isinstance(result, Failed)
    assert result.transient


def test_the_own_rate_limit_waits_without_asking_the_vendor(line: Line) -> None:
    limit = rate_of(line.target, RATES[line.kind])
    while line.target.limits.take(f"{line.kind}:{line.target.config.get('access_key_id', 'id')}", limit) == 0.0:
        pass
    result = line.send()
    assert isinstance(result, Failed)
    assert (result.code, result.transient, result.again_in > 0) == ("vendor_limited", True, True)
    assert line.vendor.log == []


def test_a_channel_may_have_a_rate_of_its_own_which_is_kept_instead(line: Line) -> None:
    slow = replace(line, target=replace(line.target, config={**line.target.config, "per_second": 1}))
    results = [slow.send(key=f"k{n}", to=f"138{n:08}") for n in range(11)]
    assert [type(each) for each in results] == [Delivered] * 10 + [Failed]
    assert len(line.vendor.log) == 10


@pytest.mark.parametrize("typed", [0, -3, 1_001])
def test_a_rate_that_is_none_is_named_as_a_fault(line: Line, typed: int) -> None:
    kind = KINDS[line.kind]
    config = {each.name: "1" for each in kind.fields if each.required and each.name not in kind.secret_names} | {"per_second": typed}
    secrets = dict.fromkeys(kind.secret_names, "s")
    faults = field_faults(kind, config, secrets, ())
    assert faults == [{"field": "per_second", "got": typed, "allowed": "1–1000"}]
    assert field_faults(kind, config | {"per_second": 400}, secrets, ()) == []


def test_somebody_without_a_number_is_not_written_to(line: Line) -> None:
    assert line.send(to="") == Failed("channel_recipient")
    assert line.send(to="call me") == Failed("channel_recipient")


def test_marketing_at_22_01_waits_for_eight_in_the_morning() -> None:
    with TencentSms(Clock()) as vendor:
        line = tencent(vendor)
        vendor.clock.move(hours=12, minutes=54)
        assert f"{vendor.clock().hour + 8}:{vendor.clock().minute:02}" == "22:01"
        result = line.send(template="22")
        assert isinstance(result, Failed)
        assert (result.code, result.transient) == ("sms_tencent_FailedOperation.MarketingSendTimeConstraint", True)
        assert result.again_in == (9 * 60 + 59) * 60
        vendor.clock.move(seconds=result.again_in)
        assert isinstance(line.send(template="22"), Delivered)


def test_thirty_seconds_between_two_sms_to_one_number_may_pass_but_a_blocked_number_stays_blocked() -> None:
    with TencentSms(Clock()) as vendor:
        line = tencent(vendor)
        line.send()
        again, vendor.blocked = line.send("k2"), {"+8613800138001"}
        assert isinstance(again, Failed)
        assert again.transient
        blocked = line.send("k3", to="13800138001")
        assert blocked == Failed(
            "sms_tencent_FailedOperation.PhoneNumberInBlacklist",
            {"code": "FailedOperation.PhoneNumberInBlacklist", "said": "FailedOperation.PhoneNumberInBlacklist"},
        )


def test_aliyun_refuses_the_51st_sms_of_a_day_and_an_account_without_balance() -> None:
    with AliyunSms(Clock()) as vendor:
        line = aliyun(vendor)
        results = [line.send(f"k{n}") for n in range(51)]
        assert all(isinstance(result, Delivered) for result in results[:50])
        assert isinstance(results[50], Failed)
        assert results[50].code == "sms_aliyun_isv.BUSINESS_LIMIT_CONTROL"
        vendor.balance = 0
        poor = line.send("p", to="13800138001")
        assert isinstance(poor, Failed)
        assert (poor.code, poor.transient) == ("sms_aliyun_isv.AMOUNT_NOT_ENOUGH", False)


def test_template_variables_of_tencent_go_by_their_numbers() -> None:
    with TencentSms(Clock()) as vendor:
        vendor.templates["33"] = 11
        line = tencent(vendor)
        line.send(template="33", params={str(n): f"v{n}" for n in (10, 2, 1, 3, 4, 5, 6, 7, 8, 9, 11)})
        assert vendor.sent[0].params == [f"v{n}" for n in range(1, 12)]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("138 0013 8000", "+8613800138000"), ("+86-13800138000", "+8613800138000"), ("008613800138000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"), ("+447911123456", "+447911123456"),
        ("02112345678", ""), ("138****8000", ""), ("", ""),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(written: str, number: str) -> None:
    assert e164(written) == number


def test_a_sentence_with_the_letter_is_no_refusal() -> None:
    assert not any(refuses(text) for text in ("RT", "T恤", "我不退订", "", "TDD"))
