"""The archive described for machines: schema.org and DCAT for catalogues, Croissant for those who load tables.

What is offered is the newest release that is here, file by file with its checksum; the live tables beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from harvester.definitions.media_types import MEDIA_TYPES
from harvester.site.parts.releases import Release, ReleasedFile, released
from harvester.site.parts.visit import Answer, FileAnswer, PageNotFound, PageRequest

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LIVE = ("reports", "requests_wide", "proactive_disclosure_wide", "review_litigation_wide", "indicators", "ledger")
_KEYWORDS = ("政府信息公开", "依申请公开", "freedom of information", "open government", "China", "county government")
_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "string": "sc:Text"}

CROISSANT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context of Croissant 1.0, as its specification prints it."""


def schema_org(visit: PageRequest, release: Release | None) -> dict[str, Any]:
    """A schema.org Dataset, for search engines. `release`: the newest whose files are here."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_told(visit, release),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": url,
                "encodingFormat": media_type,
                **({"sha256": file.sha256} if file is not None and file.sha256 else {}),
            }
            for name, url, media_type, file in _distributions(visit, release)
        ],
    }


def dcat(visit: PageRequest) -> Answer:
    """A DCAT 3 catalogue with one dataset, in JSON-LD."""
    release = newest(released(visit))
    told = _told(visit, release)
    catalogue = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{visit.origin}/",
        "@type": "dcat:Catalog",
        "dct:title": told["name"],
        "dcat:dataset": {
            "@id": f"{visit.origin}/downloads",
            "@type": "dcat:Dataset",
            "dct:title": [
                {"@value": told["name"], "@language": "en"},
                {"@value": told["alternateName"], "@language": "zh"},
            ],
            "dct:description": told["description"],
            "dct:license": {"@id": LICENCE},
            "dct:issued": {"@value": visit.known.published_at, "@type": "xsd:dateTime"},
            "dcat:version": told["version"],
            "dcat:keyword": list(_KEYWORDS),
            "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/CHN"},
            "dcat:distribution": [
                {
                    "@type": "dcat:Distribution",
                    "dct:title": name,
                    "dcat:downloadURL": {"@id": url},
                    "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
                    **(_checked(file) if file is not None and file.sha256 else {}),
                }
                for name, url, media_type, file in _distributions(visit, release)
            ],
        },
    }
    return _json_ld(catalogue)


def croissant(visit: PageRequest) -> Answer:
    """Croissant 1.0: the CSV files of the newest release, each column with its type and meaning. 404 without one."""
    release = newest(released(visit))
    if release is None:
        raise PageNotFound(visit.say("还没有发布数据包。", "No data package has been released yet."))
    said = json.loads((visit.data / "exports" / release.name / "datapackage.json").read_text(encoding="utf-8"))
    files = {file.name: file for file in release.files}
    tables = [one for one in said["resources"] if "schema" in one and one["path"] in files]
    cited = f"Disclosure Reports Archive, {release.name} ({release.made_from})."
    described = {
        "@context": CROISSANT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **_told(visit, release),
        "version": _semantic(release.name),
        "citeAs": f"{cited} {visit.origin}/downloads#{release.name}",
        "distribution": [_file_object(visit, release, files[one["path"]]) for one in tables],
        "recordSet": [_record_set(one) for one in tables],
    }
    return _json_ld(described)


def _told(visit: PageRequest, release: Release | None) -> dict[str, Any]:
    known = visit.known
    mark = "[SIMULATED 模拟站点] " if known.population else ""
    return {
        "name": f"{mark}Disclosure Reports Archive",
        "alternateName": f"{mark}政务公开年报档案",
        "description": f"{mark}The tables of {known.reports:,} annual reports on government information disclosure by"
        f" {known.agencies:,} Chinese public bodies, cell by cell, each with its place in the archived original.",
        "url": f"{visit.origin}/downloads",
        "license": LICENCE,
        "version": release.name if release else visit.known.published_at[:10],
        "datePublished": known.published_at,
        "temporalCoverage": f"{known.years[0]}/{known.years[-1]}" if known.years else "..",
        "spatialCoverage": "China",
        "inLanguage": ["zh", "en"],
        "keywords": list(_KEYWORDS),
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "The maintainers of the Disclosure Reports Archive"},
    }


def _semantic(name: str) -> str:
    """2025-03-02 as 2025.3.2: Croissant wants three numbers."""
    return ".".join(str(int(part)) for part in name.split("-")) if re.fullmatch(r"\d+-\d+-\d+", name) else "1.0.0"


def newest(listed: Iterable[Release]) -> Release | None:
    """The newest release whose files are here; they are listed newest first."""
    return next((one for one in listed if any(file.here for file in one.files)), None)


def _distributions(visit: PageRequest, release: Release | None) -> Iterable[tuple[str, str, str, ReleasedFile | None]]:
    """(name, address, media type, the file of a release or None for a live table)."""
    for file in release.files if release else ():
        media_type = MEDIA_TYPES.get(file.name.rpartition(".")[2])
        if media_type is not None and release is not None:
            yield file.name, _address(visit, release, file), media_type, file
    for name in LIVE:
        yield f"{name}.csv (live)", f"{visit.origin}/archive/{name}.csv", "text/csv", None


def _address(visit: PageRequest, release: Release, file: ReleasedFile) -> str:
    return f"{visit.origin}/downloads/files/{release.name}/{file.name}"


def _checked(file: ReleasedFile) -> dict[str, Any]:
    return {
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file.sha256,
        },
    }


def _file_object(visit: PageRequest, release: Release, file: ReleasedFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": _address(visit, release, file),
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "text/csv",
        "sha256": file.sha256,
    }


def _record_set(table: dict[str, Any]) -> dict[str, Any]:
    """A table of datapackage.json, its fields with their Frictionless types."""
    return {
        "@type": "cr:RecordSet",
        "@id": table["name"],
        "name": table["name"],
        "description": f"{table['description']} · {table['title']}",
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table['name']}/{one['name']}",
                "name": one["name"],
                "description": f"{one['description']} · {one['title']}",
                "dataType": _TYPES[one["type"]],
                "source": {"fileObject": {"@id": table["path"]}, "extract": {"column": one["name"]}},
            }
            for one in table["schema"]["fields"]
        ],
    }


def _json_ld(described: dict[str, Any]) -> FileAnswer:
    return FileAnswer(json.dumps(described, ensure_ascii=False, indent=1), "application/ld+json; charset=utf-8")
