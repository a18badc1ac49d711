"""Thin routers: parse, check who asks, call one use case, answer."""
