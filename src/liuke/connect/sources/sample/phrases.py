"""Made texts of messages, tickets and surveys, English and Chinese. `{item}` and `{order}` are filled with real rows."""

from __future__ import annotations

QUESTION = (
    "Hi, could you tell me when order {order} will be dispatched?",
    "Do you have more of {item} in stock? We would take another box.",
    "Could you send the invoice for {order} again please, accounts cannot find it.",
    "Is there a discount if we order {item} by the pallet?",
    "Can you add two more cartons of {item} to {order}?",
    "请问订单 {order} 什么时候能发货?",
    "{item} 还有现货吗?想再补一箱。",
    "麻烦把 {order} 的发票再发一份,财务说没收到。",
    "{item} 整托盘采购有没有优惠?",
    "新品目录什么时候出?想提前看看圣诞款。",
)
THANKS = (
    "Parcel arrived this morning, everything fine. Thank you!",
    "{item} is selling well, we will be back before the season.",
    "Thanks for the quick answer.",
    "货收到了,包装很好,谢谢!",
    "{item} 卖得不错,旺季前再来补货。",
    "好的,收到,谢谢。",
)
COMPLAINT = (
    "Three pieces of {item} arrived broken. This is the second time.",
    "Order {order} is a week late and nobody answers the phone. Very disappointed.",
    "You sent the wrong colour of {item} again. Please fix this.",
    "The price of {item} went up without notice, another supplier offers it cheaper.",
    "{item} 到货碎了三个,已经是第二次了,很失望。",
    "订单 {order} 晚了一周还没到,电话也没人接,太慢了!",
    "又发错颜色了,{item} 要的不是这个,请尽快处理。",
    "{item} 涨价也不通知一声,别家报价更低,我们在考虑换供应商。",
)
REPLY = (
    "Thank you for your message, we are looking into it and will come back to you today.",
    "Dispatched this afternoon, tracking number follows.",
    "We have put it right; a credit note is on its way.",
    "您好,已经在处理,今天内给您回复。",
    "您好,今天下午发出,稍后发物流单号。",
    "非常抱歉,已为您安排补发。",
)
TICKETS = (
    ("Damaged on arrival", "Several pieces of {item} in order {order} were damaged.", "quality"),
    ("Late delivery", "Order {order} has not arrived, the promised day has passed.", "logistics"),
    ("Wrong item", "We received something else instead of {item} (order {order}).", "picking"),
    ("Invoice question", "The amount on invoice {order} does not match our order.", "billing"),
    ("到货破损", "订单 {order} 的 {item} 有破损,请补发。", "quality"),
    ("物流延迟", "订单 {order} 超过约定时间还没到。", "logistics"),
    ("发错货", "订单 {order} 里没有 {item},发成了别的。", "picking"),
    ("发票问题", "发票 {order} 的金额和订单对不上。", "billing"),
)
PRAISE = ("Reliable and friendly.", "Good range, fair prices.", "服务很好,会继续合作。", "品类齐全,发货快。", "")
BLAME = ("Deliveries take too long.", "Too many breakages.", "发货太慢。", "价格比别家高。", "")
TITLES = ("采购经理 Buyer", "店主 Owner", "财务 Accounts", "运营经理 Operations")
TRADES = ("礼品零售", "家居用品", "百货批发", "文创杂货", "花店", "线上店铺")
STAGES = ("初步接洽", "需求确认", "方案报价", "商务谈判")
