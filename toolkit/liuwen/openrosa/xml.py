"""Queries on XML by local name, because forms and phones use different namespaces."""

from collections.abc import Iterator

from lxml import etree


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for a comment or processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local_attributes(element: etree._Element) -> dict[str, str]:
    """The attributes, by name without namespace."""
    return {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The child elements."""
    return (below for below in element if isinstance(below.tag, str))


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child element with this local name; None if there is none or `element` is None."""
    return None if element is None else next((below for below in children(element) if local_name(below) == name), None)


def text_of(element: etree._Element | None) -> str:
    """All the text in an element; "" if there is none."""
    return "".join(str(text) for text in element.itertext()) if element is not None else ""
