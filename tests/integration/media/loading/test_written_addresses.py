"""Addresses as tables hold them: sent as they are written, or understood, or refused with a reason of their own."""

from dataclasses import replace

import pytest

from creative_approaches.adapters.media.content import MediaRules
from creative_approaches.adapters.media.uris import host_of
from creative_approaches.adapters.media.web_address import WebAddress
from tests.support.media.loading import fault, load
from tests.support.media.server import Site, content, signed, status

# Signatures are made of the text of an address. Each of these is another address to a host that signs.
TARGETS = [
    *("/a%2Fb.jpg?key=x%2Fy%2Fz", "/a%2fb.jpg?key=x%2fy%2fz", "/a/b.jpg?key=x/y/z"),
    *("/an%20ad.jpg?name=an%20ad", "/an+ad.jpg?name=an+ad", "/a%2Bb.jpg?name=a%2Bb"),
    *("/a.jpg?sig=c2ln%3D%3D", "/a.jpg?sig=c2ln%3d%3d", "/a.jpg?sig=c2ln=="),
    *("/%7Eme/a.jpg?by=%7Eme", "/~me/a.jpg?by=~me", "/%61.jpg?%61=%62%2D%2E%5F"),
    *("/a%2520b.jpg?next=https%253A%252F%252Fh%252F", "/a%25.jpg?share=100%25"),
    *("/a.jpg?", "/a.jpg??", "/a.jpg?x=1&", "/a.jpg?&&x=1"),
    *("/a.jpg?x=&y&z=", "/a.jpg?x=1&x=2&x=1", "/a.jpg?b=2&a=1"),
    *("/%C3%BC.jpg?q=%C3%BC", "/%c3%bc.jpg?q=%c3%bc", "/%FC.jpg?q=%FC"),
    *("/a.jpg?x=a|b[0]{c}^`", "/a|b[1].jpg", "/a:b@c;d,e!f$g'h(i)*.jpg?:@/?;,!$()*"),
    *("/100%.jpg?x=%zz%", "/a//b/.jpg", "/a/../b/./c.jpg", "/a%2E%2E/b.jpg", "/a\\b.jpg?x=\\"),
]


@pytest.mark.parametrize("target", TARGETS)
def test_an_address_is_sent_as_it_is_written(rules: MediaRules, site: Site, target: str) -> None:
    site.answers[target.partition("?")[0]] = signed(target, content(b"bytes"))
    assert load(rules, site.uri(target)).content == b"bytes"


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("is_absolute", [True, False])
def test_a_redirect_is_followed_as_it_is_written(rules: MediaRules, site: Site, target: str, is_absolute: bool) -> None:
    site.answers["/moved"] = status(302, Location=site.uri(target) if is_absolute else target)
    site.answers[target.partition("?")[0]] = signed(target, content(b"bytes"))
    assert load(rules, site.uri("/moved")).content == b"bytes"


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("/ü/日本.jpg?q=ü", "/%C3%BC/%E6%97%A5%E6%9C%AC.jpg?q=%C3%BC"),
        ("/an ad.jpg?name=an ad", "/an%20ad.jpg?name=an%20ad"),
        ("/a.jpg#part", "/a.jpg"),
        ("/a.jpg?x=1#part?y", "/a.jpg?x=1"),
        ('/"a"<b>{c}^.jpg?x="<>\'', "/%22a%22%3Cb%3E%7Bc%7D%5E.jpg?x=%22%3C%3E%27"),
        ("/a\n.j\tpg\r?x=1\r\nHost: evil", "/a.jpg?x=1Host:%20evil"),
        ("/a\0\x7f.jpg", "/a%00%7F.jpg"),
        ("", "/"),
        ("?x=1", "/?x=1"),
    ],
)
def test_what_cannot_be_sent_is_encoded_as_browsers_do(
    rules: MediaRules, site: Site, written: str, target: str
) -> None:
    site.answers[target.partition("?")[0]] = signed(target, content(b"bytes"))
    assert load(rules, site.uri(written)).content == b"bytes"


# The examples of RFC 3986, section 5.4.
@pytest.mark.parametrize(
    ("reference", "target"),
    [
        *(
            ("g", "/b/c/g"),
            ("./g", "/b/c/g"),
            ("g/", "/b/c/g/"),
            ("/g", "/g"),
            ("?y", "/b/c/d;p?y"),
            ("", "/b/c/d;p?q"),
        ),
        *(("g?y", "/b/c/g?y"), ("#s", "/b/c/d;p?q"), ("g#s", "/b/c/g"), (";x", "/b/c/;x"), ("g;x?y#s", "/b/c/g;x?y")),
        *((".", "/b/c/"), ("./", "/b/c/"), ("..", "/b/"), ("../", "/b/"), ("../g", "/b/g"), ("../..", "/")),
        *(("../../g", "/g"), ("../../../g", "/g"), ("g.", "/b/c/g."), (".g", "/b/c/.g"), ("..g", "/b/c/..g")),
        *(("./../g", "/b/g"), ("./g/.", "/b/c/g/"), ("g/../h", "/b/c/h"), ("g;x=1/../y", "/b/c/y")),
        *(("g?y/../x", "/b/c/g?y/../x"), ("//g", "/"), ("//g?y", "/?y"), ("http://g/h", "/h")),
    ],
)
def test_a_relative_redirect_leads_to_where_the_rfc_says(reference: str, target: str) -> None:
    found = WebAddress.of("http://a/b/c/d;p?q").to(reference)
    assert found.url.raw_path_qs == target
    assert found.host == ("g" if "//g" in reference else "a")


def test_a_redirect_in_bytes_that_are_no_utf_8_is_followed_to_them(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = status(302, Location="/\xfc.jpg")  # in Latin-1, as headers once were
    site.answers["/%FC.jpg"] = content(b"bytes")
    assert load(rules, site.uri("/a.jpg")).content == b"bytes"


@pytest.mark.parametrize("wrapped", ['["{}"]', ' [ "{}" ] ', '["\\n{} "]'])
def test_a_list_of_one_address_is_that_address(rules: MediaRules, site: Site, wrapped: str) -> None:
    site.answers["/a.jpg"] = content(b"bytes")
    uri = wrapped.format(site.uri("/a.jpg"))
    assert load(rules, uri).content == b"bytes"
    assert host_of(uri) == "localhost"


@pytest.mark.parametrize(
    ("uri", "reason", "detail"),
    [
        ('["https://h.de/a.jpg", "https://h.de/b.jpg"]', "several_addresses", "It is a list of 2 addresses."),
        ('["a.jpg","b.jpg","c.jpg"]', "several_addresses", "It is a list of 3 addresses."),
        ("[]", "not_an_address", "It is a list of 0 addresses."),
        ('{"url": "https://h.de/a.jpg"}', "not_an_address", "It is JSON"),
        ('[{"url": "https://h.de/a.jpg"}]', "not_an_address", "It is JSON"),
        ("[null]", "not_an_address", "It is JSON"),
        ("[" * 100_000, "unreadable", "The file cannot be read"),
        ("[draft] a.jpg", "gone", "There is no such file."),
        ("//cdn.example.com/a.jpg", "example_host", ""),
        ("//127.0.0.1/a.jpg", "private_address", ""),
        ("//nowhere.invalid/a.jpg", "unreachable", ""),
        ('["//cdn.example.com/a.jpg"]', "example_host", ""),
        ("cdn.example.com/a.jpg", "example_host", ""),
        ("nowhere.invalid/a.jpg?x=1", "unreachable", ""),
        ("nowhere.invalid:8443/a.jpg", "unreachable", ""),
        ("bücher.example.org/a.jpg", "example_host", ""),
        *((uri, "gone", "") for uri in ("images/a.jpg", "a.jpg", "v1.2/a.jpg", "../up/a.jpg", ".hidden/a.jpg")),
        *((uri, "not_an_address", "no address of the web") for uri in ("https:/h.de/a.jpg", "HTTP:h.de/a.jpg")),
    ],
)
def test_what_is_no_full_address_is_understood_or_named(rules: MediaRules, uri: str, reason: str, detail: str) -> None:
    found = fault(rules, uri)
    assert found.reason == reason
    assert detail in found.detail


def test_a_file_that_is_there_comes_before_a_host_of_its_name(rules: MediaRules) -> None:
    mirrored = rules.base_dir / "cdn.example.com"
    mirrored.mkdir()
    (mirrored / "a.jpg").write_bytes(b"bytes")
    assert load(rules, "cdn.example.com/a.jpg").content == b"bytes"
    assert fault(replace(rules, allow_local=False), "cdn.example.com/a.jpg").reason == "example_host"


@pytest.mark.parametrize(
    ("uri", "host"),
    [
        ("//CDN.brand.com/a.jpg", "cdn.brand.com"),
        ("cdn.brand.com:443/a.jpg", "cdn.brand.com"),
        ('["https://cdn.brand.com/a.jpg"]', "cdn.brand.com"),
        ('["https://a.com/a.jpg", "https://b.com/b.jpg"]', ""),
        ("images/a.jpg", ""),
    ],
)
def test_the_host_of_what_is_no_full_address(uri: str, host: str) -> None:
    assert host_of(uri) == host
