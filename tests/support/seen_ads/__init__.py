"""Sixty ads of which it is known how they persuade and what they sell, for those who judge a reader of ads by them."""
