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
ANGRY = (
    "等了三天还没人理我,电话一直占线,这就是你们的服务?",
    "第三次了!{item} 又碎一半,你们到底检不检查?",
    "呵呵,“马上处理”,订单 {order} 处理到现在还是没动静。",
    "太失望了,{item} 质量越来越差,客服还推来推去。",
    "再不给说法我就去投诉,{order} 的退款拖了两周。",
    "This is ridiculous. Third broken delivery of {item} in a row and nobody replies.",
    "Still no refund for {order}. I have been ignored for two weeks, this is unacceptable.",
)
LEAVING = (
    "我们正在对比汇贸礼品,他们的 {item} 便宜一成,到货还快。",
    "下季度打算换到 GiftHub,{order} 是最后一单了。",
    "在考虑其他供应商,这次 {item} 的事让我们很失望。",
    "不续了,年度供货协议到期就终止合作吧。",
    "账期能不能放宽到 60 天?不行的话我们就考虑其他供应商了。",
    "We are comparing you with GiftHub: cheaper and they answer the phone.",
)
REPLY = (
    "Thank you for your message, we are looking into it and will come back to you today.",
    "Dispatched this afternoon, tracking number follows.",
    "We have put it right; a credit note is on its way.",
    "您好,已经在处理,今天内给您回复。",
    "您好,今天下午发出,稍后发物流单号。",
    "非常抱歉,已为您安排补发。",
)
RESOLVED = (
    "补发的 {item} 今天到了,完好,问题解决了,谢谢。",
    "{order} 的退款到账了,感谢跟进。",
    "The replacement for {item} has arrived, all good now. Thank you.",
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
