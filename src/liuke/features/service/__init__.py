"""What other steps call. These names need no Django, so that a notebook can use them; metrics of a workspace lie in `metrics.py`."""

from liuke.features.service.compute import Grouping, Run, Source, features_compute, features_sql, kinds_seen, peers_compute
from liuke.features.service.labelling import churn_days_suggested, churn_rates, label_inactive
from liuke.features.service.slices import slice_compute
from liuke.features.service.usual import usual_of

__all__ = [
    "Grouping",
    "Run",
    "Source",
    "churn_days_suggested",
    "churn_rates",
    "features_compute",
    "features_sql",
    "kinds_seen",
    "label_inactive",
    "peers_compute",
    "slice_compute",
    "usual_of",
]
