"""A programme as linked data of schema.org, for search engines."""

from __future__ import annotations

from typing import Any, Iterable

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Offered, Programme, School
from bot.catalogue.offers import Hit, OfferResult
from bot.catalogue.page_words import about, day_text, offered_text, web_address

AVAILABLE = {True: "https://schema.org/InStock", False: "https://schema.org/OutOfStock"}


def linked_data(
    catalogue: Catalogue, result: OfferResult, programme: Programme
) -> dict[str, Any]:
    """The programme as an EducationalOccupationalProgram of schema.org, only what is known."""
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "EducationalOccupationalProgram",
        "name": programme.title, "identifier": programme.number,
        "description": about(programme), "programType": "duaal leren",
    }
    if programme.qualification:
        data["occupationalCredentialAwarded"] = programme.qualification
    if result.hits:
        data["provider"] = [_provider(hit.school) for hit in result.hits]
        data["offers"] = [_offer_data(catalogue, hit, offered)
                          for hit in result.hits for offered in hit.offered]
    return data


def _provider(school: School) -> dict[str, Any]:
    more: Iterable[tuple[str, str]] = (("telephone", school.phone),
                                       ("url", web_address(school.website)))
    return {
        "@type": "EducationalOrganization", "identifier": school.key, "name": school.name,
        "address": {
            "@type": "PostalAddress", "streetAddress": school.street,
            "postalCode": school.postcode, "addressLocality": school.municipality,
            "addressRegion": school.province, "addressCountry": "BE",
        },
        **{name: value for name, value in more if value},
    }


def _offer_data(catalogue: Catalogue, hit: Hit, offered: Offered) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Offer", "name": offered.title,
        "description": f"{offered_text(offered)} (schooljaar {catalogue.info.school_year}, stand "
                       f"{day_text(catalogue.info.date)})",
        "offeredBy": {"@type": "EducationalOrganization", "identifier": hit.school.key,
                      "name": hit.school.name},
    }
    if offered.open is not None:
        data["availability"] = AVAILABLE[offered.open]
    return data
