# ruff: noqa: E501
"""Every field that can be imported, per entity (DAT-08/09/10): the one table that mapping, checking, templates and docs read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import pyarrow as pa


class FieldType(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    KEY = "key"
    """A number or code that names something: kept as text, `13085.0` of a spreadsheet becomes `13085`."""
    MONEY = "money"
    NUMBER = "number"
    DATETIME = "datetime"
    DATE = "date"
    BOOL = "bool"
    CHOICE = "choice"


ARROW: Mapping[FieldType, pa.DataType] = MappingProxyType(
    {
        FieldType.TEXT: pa.string(),
        FieldType.KEY: pa.string(),
        FieldType.CHOICE: pa.string(),
        FieldType.MONEY: pa.float64(),
        FieldType.NUMBER: pa.float64(),
        FieldType.DATETIME: pa.int64(),
        FieldType.DATE: pa.date32(),
        FieldType.BOOL: pa.bool_(),
    }
)
"""Columns of clean rows. Datetimes are UTC microseconds."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `may_lack`: required in every row, but the whole column may be absent. `names`: headers that mean it, Chinese and English, compared without case, blanks and punctuation.

    `choices` maps a canonical value to the words that mean it (a cell may also contain one); `otherwise` is what other words
    mean, `*` keeps them, "" rejects the row. `longest`: characters; a longer text rejects the row. `least`: smallest number.
    Label and help are the messages `fields.<entity>.<name>` and `fields.<entity>.<name>.help`, with `fields.<name>` as fallback.
    """

    name: str
    type: FieldType
    names: str
    required: bool = False
    may_lack: bool = False
    longest: int = 200
    choices: Mapping[str, str] | None = None
    otherwise: str = ""
    least: float | None = None

    @property
    def synonyms(self) -> tuple[str, ...]:
        """The accepted headers as a person would write them, the preferred one first."""
        return tuple(self.names.split("|"))


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of row. `one_of`: groups of fields of which at least one group must be mapped completely.

    `extras`: what becomes of unmapped columns that the user keeps (`attributes`, `attrs`, or nothing).
    """

    name: str
    fields: tuple[Field, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    extras: str = ""

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def schema(self) -> pa.Schema:
        """Clean rows: every field as a column, null where nothing is mapped."""
        return pa.schema([pa.field(field.name, ARROW[field.type]) for field in self.fields])


# fmt: off
T, K, M, N = FieldType.TEXT, FieldType.KEY, FieldType.MONEY, FieldType.NUMBER
AT, DAY, YES, ONE = FieldType.DATETIME, FieldType.DATE, FieldType.BOOL, FieldType.CHOICE
BODY = 20_000
"""Longest text of a message, ticket or survey, in characters."""

CUSTOMER = Field("customer_key", K, "客户编号|客户号|客户ID|客户代码|客户编码|会员号|会员ID|会员编号|用户ID|购货单位代码|往来单位编码|客户|customer id|customer key|customer no|customer number|customer code|customer|client id|client|account id|account no|account number|cust id|buyer id|user id|member id|company id|account", required=True, longest=80)
CUSTOMER_NAME = Field("customer_name", T, "客户名称|客户名|购货单位|客户全称|公司名称|customer name|client name|account name|company name|company", longest=160)
CONTACT = Field("contact", T, "联系人|联系人姓名|contact|contact name|contact person|sender", longest=120)
CHANNEL = Field("channel", T, "渠道|来源渠道|销售渠道|平台|channel|sales channel|platform|medium|source channel", longest=40)
ACTOR = Field("actor", T, "业务员|经办人|操作人|客服|销售员|员工|salesperson|sales rep|agent|operator|employee|handled by|actor", longest=80)

CUSTOMERS = Entity(
    "customers",
    (
        CUSTOMER,
        Field("name", T, "客户名称|客户名|公司名称|企业名称|名称|姓名|客户简称|客户全称|name|customer name|company name|company|account name|client name", required=True, longest=160),
        Field("owner_email", T, "负责人邮箱|客户经理邮箱|销售邮箱|归属人邮箱|owner email|account manager email|manager email|owner", longest=160),
        Field("registered_at", AT, "注册时间|建档日期|创建时间|开户日期|首次合作日期|成立日期|registered at|registered|sign up date|signup date|created at|created|customer since|start date"),
        Field("industry", T, "行业|所属行业|客户行业|industry|sector|trade", longest=80),
        Field("country", T, "国家|国家地区|country|nation|country region", longest=60),
        Field("province", T, "省份|省|地区|大区|province|state|region", longest=60),
        Field("city", T, "城市|所在城市|city|town", longest=60),
        Field("segment", T, "客户类型|客户级别|客户等级|分群|客户分类|segment|customer type|tier|grade|customer segment|category", longest=60),
    ),
    extras="attributes",
)
CONTACTS = Entity(
    "contacts",
    (
        CUSTOMER,
        Field("contact_id", K, "联系人编号|联系人ID|contact id|contact no|person id|id", longest=80),
        Field("name", T, "姓名|联系人|联系人姓名|名字|name|contact|contact name|full name|person", required=True, longest=80),
        Field("title", T, "职务|职位|岗位|头衔|title|job title|position|role", longest=80),
        Field("phone", T, "手机|手机号|电话|联系电话|手机号码|电话号码|phone|mobile|telephone|tel|phone number|cell", longest=32),
        Field("email", T, "邮箱|电子邮箱|邮件|email|e-mail|mail|email address", longest=160),
        Field("is_key", YES, "关键联系人|是否关键人|主要联系人|主联系人|决策人|is key|key contact|primary|is primary|main contact|decision maker"),
    ),
)
ORDERS = Entity(
    "orders",
    (
        Field("order_id", K, "订单号|订单编号|单据编号|单号|订单ID|销售单号|出库单号|发票号|order id|order no|order number|order|invoice|invoice no|invoice number|invoice id|document no", required=True, may_lack=True, longest=120),
        CUSTOMER,
        Field("ordered_at", AT, "下单时间|订单日期|下单日期|订单时间|日期|单据日期|成交时间|销售日期|开票日期|order date|ordered at|order time|date|invoice date|invoice ts|invoicedate|purchase date|created at|timestamp|transaction date", required=True),
        Field("line_id", K, "行号|明细编号|订单行号|行ID|明细ID|line id|line no|line number|item line|row id", longest=80),
        Field("sku", K, "商品编码|货号|产品编码|物料编码|商品编号|存货编码|物料代码|产品编号|sku|stock code|stockcode|item code|product code|product id|article no|item no|item id|material", longest=80),
        Field("description", T, "商品名称|产品名称|品名|物料名称|存货名称|商品|产品|description|product name|item name|product|item|product description", longest=400),
        Field("quantity", N, "数量|件数|销售数量|购买数量|实发数量|quantity|qty|units|pieces|count"),
        Field("price", M, "单价|含税单价|价格|成交单价|销售单价|price|unit price|unitprice|price per unit|unit cost"),
        Field("amount", M, "金额|订单金额|销售金额|价税合计|总金额|实付金额|成交金额|应收金额|小计|合计|amount|total|order amount|order total|total amount|revenue|sales|line total|subtotal|net amount|gross amount|value"),
        Field("status", ONE, "订单状态|状态|单据状态|status|order status|state", otherwise="placed", choices=MappingProxyType({"cancelled": "已取消|取消|已退货|退货|退款|已退款|已关闭|关闭|作废|已作废|交易关闭|cancelled|canceled|cancel|returned|return|refunded|refund|void|closed", "withdrawn": "已反审核|反审核|已删除|withdrawn|unaudited", "placed": "已完成|完成|已付款|已发货|待发货|待付款|已下单|交易成功|已审核|处理中|已签收|placed|completed|complete|paid|shipped|delivered|pending|processing|open|confirmed|approved|new|created|invoiced|success"})),
        Field("in_stock", YES, "是否有货|有货|库存充足|现货|in stock|available|stock available|availability"),
        Field("promised_on", DAY, "约定交期|承诺交期|交货日期|要求交期|预计送达|预计到货日期|promised on|promised date|due date|expected delivery|estimated delivery date|requested delivery date"),
        Field("delivered_on", DAY, "实际交付|实际到货|签收日期|签收时间|送达日期|实际交货日期|delivered on|delivered at|delivery date|actual delivery|delivered customer date"),
        CUSTOMER_NAME,
        CHANNEL,
        ACTOR,
    ),
    one_of=(("amount",), ("quantity", "price")),
    extras="attrs",
)
ACTIVITIES = Entity(
    "activities",
    (
        Field("activity_id", K, "行为编号|事件ID|事件编号|记录ID|activity id|event id|record id|id", longest=120),
        CUSTOMER,
        Field("at", AT, "时间|发生时间|行为时间|事件时间|日期|at|ts|time|timestamp|event time|occurred at|date|datetime|created at", required=True),
        Field("kind", T, "行为|行为类型|事件|事件类型|事件名称|动作|kind|event|event name|event type|action|activity|activity type|type", required=True, longest=60),
        Field("value", N, "值|数值|时长|金额|value|amount|duration|count|score"),
        CHANNEL,
        ACTOR,
        Field("text", T, "内容|备注|说明|text|note|notes|comment|content", longest=BODY),
        CUSTOMER_NAME,
    ),
    extras="attrs",
)
TICKETS = Entity(
    "tickets",
    (
        Field("ticket_id", K, "工单号|工单编号|工单ID|服务单号|ticket id|ticket no|ticket number|ticket|case id|case number|issue id|incident|number|id", longest=120),
        CUSTOMER,
        Field("opened_at", AT, "创建时间|提交时间|受理时间|报修时间|开始时间|日期|opened at|opened|created at|created|submitted at|open date|date|reported at", required=True),
        Field("closed_at", AT, "关闭时间|完成时间|解决时间|结束时间|closed at|closed|resolved at|resolved|close date|solved at|completed at"),
        Field("subject", T, "标题|主题|问题|工单标题|subject|title|summary|short description", longest=400),
        Field("text", T, "内容|描述|问题描述|详情|text|description|body|content|details|message", longest=BODY),
        Field("topic", T, "分类|类型|问题类型|工单类型|topic|category|type|issue type|subcategory", longest=80),
        CONTACT,
        CHANNEL,
        CUSTOMER_NAME,
    ),
    extras="attrs",
)
MESSAGES = Entity(
    "messages",
    (
        Field("message_id", K, "消息ID|消息编号|message id|msg id|msgid|id", longest=120),
        CUSTOMER,
        Field("sent_at", AT, "发送时间|时间|消息时间|日期|sent at|sent|time|timestamp|created at|date|datetime|msgtime", required=True),
        Field("direction", ONE, "方向|收发|消息方向|direction|inbound|type|way|in out", choices=MappingProxyType({"in": "客户|接收|收到|收|来信|客户发送|接入|in|inbound|incoming|received|customer|true|1", "out": "员工|发送|发出|发|回复|我方|外发|out|outbound|outgoing|sent|agent|staff|false|0"})),
        Field("text", T, "内容|消息内容|正文|聊天内容|消息|text|message|body|content", required=True, longest=BODY),
        CHANNEL,
        CONTACT,
        Field("thread", K, "会话|会话ID|会话编号|thread|thread id|conversation|conversation id|chat id|session id", longest=120),
        ACTOR,
        CUSTOMER_NAME,
    ),
    extras="attrs",
)
SURVEYS = Entity(
    "surveys",
    (
        Field("survey_id", K, "问卷编号|答卷编号|答卷ID|survey id|response id|answer id|id", longest=120),
        CUSTOMER,
        Field("answered_at", AT, "填写时间|提交时间|回答时间|评价时间|日期|时间|answered at|answered|submitted at|response date|date|created at|timestamp", required=True),
        Field("score", N, "评分|得分|分数|打分|满意度|星级|score|rating|nps|csat|nps score|satisfaction|stars|grade", required=True),
        Field("survey", ONE, "问卷|问卷类型|调查类型|survey|survey type|type|metric", otherwise="*", choices=MappingProxyType({"nps": "nps|推荐值|净推荐值|推荐度", "csat": "csat|满意度|满意度调查|评价|satisfaction|rating"})),
        Field("text", T, "意见|建议|评语|评论|反馈|评价内容|text|comment|comments|feedback|remark|answer", longest=BODY),
        CONTACT,
        CUSTOMER_NAME,
    ),
    extras="attrs",
)
PAYMENTS = Entity(
    "payments",
    (
        Field("payment_id", K, "账单号|应收单号|收款单号|发票号|付款编号|payment id|bill no|bill id|invoice no|invoice number|invoice id|receivable no|id", longest=120),
        CUSTOMER,
        Field("amount", M, "金额|应收金额|账单金额|收款金额|回款金额|amount|total|invoice amount|payment amount|invoiceamount|balance|value", required=True, least=0.0),
        Field("due_on", DAY, "到期日|应收日期|应付日期|付款期限|账期到期日|due on|due date|duedate|payment due|due"),
        Field("billed_on", DAY, "账单日期|出账日期|开单日期|开票日期|billed on|bill date|invoice date|invoicedate|issued on"),
        Field("paid_at", AT, "回款日期|付款时间|付款日期|收款日期|到账时间|结清日期|paid at|paid on|payment date|paid date|settled date|settleddate|paid"),
        Field("order_id", K, "订单号|订单编号|order id|order no|order number|order", longest=120),
        Field("cleared_at", AT, "核销日期|核销时间|cleared at|written off at"),
        Field("standing", ONE, "单据有效性|document standing", otherwise="stands", choices=MappingProxyType({"withdrawn": "已反审核|反审核|已删除|withdrawn|unaudited", "stands": "有效|stands|valid"})),
        CUSTOMER_NAME,
    ),
    one_of=(("due_on",), ("paid_at",)),
    extras="attrs",
)
CONTRACTS = Entity(
    "contracts",
    (
        Field("contract_id", K, "合同编号|合同号|协议编号|订阅编号|contract id|contract no|contract number|contract|agreement no|subscription id|subscription|id", required=True, longest=80),
        CUSTOMER,
        Field("name", T, "合同名称|协议名称|产品|套餐|name|contract name|title|plan|plan name|product", longest=160),
        Field("starts_on", DAY, "开始日期|生效日期|起始日期|签订日期|合同开始|starts on|start date|start|effective date|valid from|begin date|signed on"),
        Field("ends_on", DAY, "结束日期|到期日期|到期日|终止日期|合同到期|截止日期|ends on|end date|end|expiry date|expires on|valid to|expiration date|renewal date", required=True),
        Field("amount", M, "合同金额|金额|年费|合同额|总金额|amount|contract value|contract amount|value|annual value|arr|arr amount|mrr|total|price", required=True, least=0.0),
        Field("currency", T, "币种|货币|currency|currency code|ccy", longest=3),
        CUSTOMER_NAME,
    ),
    extras="attrs",
)
OPPORTUNITIES = Entity(
    "opportunities",
    (
        Field("opportunity_id", K, "商机编号|商机ID|机会编号|opportunity id|opportunity no|deal id|opportunity|deal|id", required=True, longest=80),
        CUSTOMER,
        Field("name", T, "商机名称|商机|机会名称|项目名称|name|opportunity name|deal name|title|product", longest=160),
        Field("stage", T, "阶段|商机阶段|销售阶段|stage|deal stage|sales stage|status|phase", required=True, longest=40),
        Field("amount", M, "预计金额|商机金额|金额|amount|value|deal value|close value|expected amount|expected revenue", least=0.0),
        Field("close_on", DAY, "预计成交日期|预计签约日期|成交日期|预计结单日期|close on|close date|expected close|expected close date"),
        Field("updated_at", AT, "更新时间|最后更新|最近跟进时间|修改时间|updated at|last updated|modified at|last activity|engage date"),
        CUSTOMER_NAME,
    ),
    extras="attrs",
)

# fmt: on
ENTITIES: Mapping[str, Entity] = MappingProxyType(
    {
        entity.name: entity
        for entity in (CUSTOMERS, CONTACTS, ORDERS, ACTIVITIES, TICKETS, MESSAGES, SURVEYS, PAYMENTS, CONTRACTS, OPPORTUNITIES)
    }
)
"""All entities by name, in the order of a menu."""
