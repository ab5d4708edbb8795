import pytest

from creative_approaches.core.media.addresses import is_public


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "203.0.114.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_an_address_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "::1"),  # loopback
        *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fdff::1"),  # private
        *("169.254.1.1", "fe80::1", "fe80::1%eth0", "fec0::1"),  # of the link or the site
        *("0.0.0.0", "0.1.2.3", "::", "240.0.0.1", "255.255.255.255", "4000::1"),  # reserved, or not given out
        *("100.64.0.1", "198.18.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"),  # shared, examples
        *("224.0.0.1", "239.255.255.250", "ff02::1"),  # multicast
    ],
)
def test_an_address_that_the_internet_does_not_route_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "169.254.170.2", "fd00:ec2::254", "100.100.100.200", "192.0.0.192", "168.63.129.16"],
    ids=["most clouds", "AWS containers", "AWS IPv6", "Alibaba", "Oracle", "Azure"],
)
def test_the_metadata_services_of_clouds_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
        *("64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1"),  # NAT64
        *("2002:7f00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),  # 6to4, Teredo
    ],
)
def test_an_address_in_another_s_disguise_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_name_is_no_address() -> None:
    with pytest.raises(ValueError, match="localhost"):
        is_public("localhost")
