"""The pictures of the ads: what is sold, people, and some ways to show each approach."""
