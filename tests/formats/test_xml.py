"""XML of unknown origin: what is refused, and that nothing outside is read."""

import pytest

from macros.formats import xml

HOSTILE = {
    "an entity": (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', xml.UnsafeXml),
    "a file": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', xml.UnsafeXml),
    "an outside type": (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', xml.UnsafeXml),
    "broken": (b"<a><b></a>", xml.InvalidXml),
    "cut short": (b"<a><b>", xml.InvalidXml),
    "nothing": (b"", xml.InvalidXml),
    "an unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', xml.UnknownEncoding),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("read", [xml.parse, lambda data: list(xml.events([data], max_depth=9))])
def test_hostile_xml_is_refused(name, read):
    data, error = HOSTILE[name]
    with pytest.raises(error):
        read(data)


def test_depth_is_bounded():
    deep = b"<a>" * 10 + b"</a>" * 10
    assert len(list(xml.events([deep], max_depth=10))) == 20
    with pytest.raises(xml.TooDeep):
        list(xml.events([deep], max_depth=9))
    with pytest.raises(xml.InvalidXml):
        xml.parse(b"<a>" * 1000 + b"</a>" * 1000)


def test_what_comes_before_a_fault_is_read():
    seen = []
    with pytest.raises(xml.InvalidXml):
        seen.extend(
            (event, depth, element.tag) for event, depth, element in xml.events([b"<a><b/>", b"<c>"], max_depth=9)
        )
    assert seen == [] or seen[0] == ("start", 1, "a")
    events = iter(xml.events([b"<a><b/>", b"<c>"], max_depth=9))
    assert [next(events)[:2] for _ in range(3)] == [("start", 1), ("start", 2), ("end", 2)]
