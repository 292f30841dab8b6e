"""Calls: from when until when which countries are asked for what."""
