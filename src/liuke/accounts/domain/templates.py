"""What a new workspace starts from, by industry. Names are the texts `templates.<key>` and `templates.<key>.about`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndustryTemplate:
    """Defaults of an industry; everything can be changed afterwards.

    `churn_kinds` and `churn_days` say when a customer counts as lost (SCR-10): that many days without any of these activities.
    """

    key: str
    churn_kinds: tuple[str, ...]
    churn_days: int
    counting_word: str
    currency: str = "CNY"
    country: str = "CN"
    time_zone: str = "Asia/Shanghai"
    locale: str = "zh-CN"

    @property
    def name_key(self) -> str:
        """Message key of the name."""
        return f"templates.{self.key}"

    @property
    def about_key(self) -> str:
        """Message key of one explaining sentence."""
        return f"templates.{self.key}.about"

    def churn(self) -> dict[str, object]:
        """The churn definition as the workspace keeps it."""
        return {"kinds": list(self.churn_kinds), "days": self.churn_days}


_ALL = (
    IndustryTemplate("ecommerce", ("order.placed",), 180, "位"),
    IndustryTemplate("saas", ("login", "feature.used"), 90, "家"),
    IndustryTemplate("manufacturing", ("order.placed",), 180, "家"),
    IndustryTemplate("education", ("login", "feature.used", "order.placed"), 60, "位"),
    IndustryTemplate("finance", ("login", "order.placed", "payment.received"), 180, "位"),
    IndustryTemplate("telecom", ("feature.used", "payment.received"), 90, "位"),
    IndustryTemplate("retail", ("order.placed",), 120, "位"),
)
TEMPLATES: dict[str, IndustryTemplate] = {template.key: template for template in _ALL}
SAMPLE = IndustryTemplate("sample", ("order.placed",), 180, "家", "GBP", "GB", "Europe/London")
"""The template of the sample workspace: a British wholesaler of gifts; amounts are £."""
