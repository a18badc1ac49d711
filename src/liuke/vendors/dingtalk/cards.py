"""Interactive cards: delivered into a person's chat with the robot or into a group, changed by their `outTrackId`.

The card is drawn by the company on DingTalk's card platform; we send its template id and the values of its variables.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.dingtalk.app import App, Nothing

USER_IDS = 1
"""`userIdType`: user ids of the company, in calls and in callbacks."""


class _Delivery(msgspec.Struct, frozen=True, rename="camel"):
    success: bool = True
    error_msg: str = ""


class _Outcome(msgspec.Struct, frozen=True, rename="camel"):
    deliver_results: list[_Delivery] = []


class _Delivered(msgspec.Struct, frozen=True):
    success: bool = True
    result: _Outcome = _Outcome()


class _Registered(msgspec.Struct, frozen=True):
    success: bool = True


def card_deliver(app: App, *, template: str, track: str, space: str, values: Mapping[str, str], route: str) -> None:
    """Creates and delivers one card. `track` is ours and unique; `space` comes from `person` or `group`.

    `route` names the registered callback address (`route_register`); empty = clicks come over the stream. Raises Rejected, Busy, Unsure.
    """
    robot = app.robot_code or app.app_key
    models: dict[str, object] = (
        {"imGroupOpenSpaceModel": {"supportForward": False}, "imGroupOpenDeliverModel": {"robotCode": robot}}
        if ".card//IM_GROUP." in space
        else {"imRobotOpenSpaceModel": {"supportForward": False}, "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": robot}}
    )
    body = {
        "cardTemplateId": template,
        "outTrackId": track,
        **({"callbackType": "HTTP", "callbackRouteKey": route} if route else {"callbackType": "STREAM"}),
        "cardData": {"cardParamMap": dict(values)},
        "openSpaceId": space,
        "userIdType": USER_IDS,
        **models,
    }
    answer = app.ask_new("POST", "/v1.0/card/instances/createAndDeliver", _Delivered, body)
    failed = [each.error_msg for each in answer.result.deliver_results if not each.success]
    if failed or not answer.success:
        raise Rejected("card.deliver", "; ".join(failed))


def card_update(app: App, track: str, values: Mapping[str, str]) -> None:
    """Changes the named variables of a card for everybody; the others stay."""
    body = {
        "outTrackId": track,
        "cardData": {"cardParamMap": dict(values)},
        "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
        "userIdType": USER_IDS,
    }
    app.ask_new("PUT", "/v1.0/card/instances", Nothing, body)


def route_register(app: App, *, route: str, address: str, secret: str) -> None:
    """Tells DingTalk where clicks of cards with `route` go and with which secret they are signed; again is harmless."""
    body = {"callbackRouteKey": route, "callbackUrl": address, "apiSecret": secret, "forceUpdate": True}
    if not app.ask_new("POST", "/v1.0/card/callbacks/register", _Registered, body).success:
        raise Rejected("card.register", route)


def person(user_id: str) -> str:
    """The space of one person's chat with the robot."""
    return f"dtv1.card//IM_ROBOT.{user_id}"


def group(conversation: str) -> str:
    """The space of a group, by its openConversationId."""
    return f"dtv1.card//IM_GROUP.{conversation}"
