"""Visits: counted, suggested with reasons, and the branch's day made of them."""
