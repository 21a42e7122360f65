"""The publisher by the host of the document's own address: the last resort, and never on a host of others."""

from __future__ import annotations

import pytest

import seedclean
from seedclean.packs.registry import load
from seedclean.values import houses
from seedclean.values.tables import table

PAGE = "<html><head><title>{title}</title></head><body><h1>The ferry came late</h1><p>{prose}</p></body></html>"
PROSE = "Nobody on the quay could say why the ferry was late, and the crew did not ask either. " * 6


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("world.huanqiu.com", "环球网"),
        ("huanqiu.com", "环球网"),
        ("nothuanqiu.com", ""),
        ("huanqiu.com.example.org", ""),
        ("com", ""),
        ("", ""),
    ],
)
def test_a_host_is_known_with_those_below_it(host: str, name: str) -> None:
    assert houses.name_of([host]) == name


def test_the_house_is_the_publisher_of_a_document_that_names_none() -> None:
    record = seedclean.clean(PAGE.format(title="The ferry came late", prose=PROSE), url="https://www.wired.com/a/late")
    assert (record.publisher, record.provenance["publisher"].place) == ("WIRED", "host")


def test_what_the_document_states_goes_first() -> None:
    page = PAGE.format(title="The ferry came late", prose=PROSE).replace(
        "<head>", '<head><meta property="og:site_name" content="Harbour Post">'
    )
    assert seedclean.clean(page, url="https://www.wired.com/a/late").publisher == "Harbour Post"


def test_no_platform_is_a_house() -> None:
    hosts = {host for pack in load().packs.values() if pack.platform for host in pack.host}
    assert hosts.isdisjoint(table("houses")["names"])
