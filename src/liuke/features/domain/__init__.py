"""Pure rules of features: metrics, churn definition."""
