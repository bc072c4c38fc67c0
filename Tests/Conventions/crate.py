"""Asks roc-validator about a folder, without a network: the context of RO-Crate comes from the package rocrate."""

import importlib.util
import io
import pathlib
import sys
import urllib.request

import requests
import urllib3

package = importlib.util.find_spec("rocrate").submodule_search_locations[0]
context = (pathlib.Path(package) / "data" / "ro-crate.jsonld").read_bytes()
SERVED = "https://w3id.org/ro/crate/"
open_url = urllib.request.urlopen
send = requests.adapters.HTTPAdapter.send


def urlopen(request, *arguments, **options):
    url = request if isinstance(request, str) else request.full_url
    if not url.startswith(SERVED):
        return open_url(request, *arguments, **options)
    headers = {"Content-Type": "application/ld+json"}
    return urllib.request.addinfourl(io.BytesIO(context), headers, url, 200)


def answer(adapter, request, *arguments, **options):
    if not request.url.startswith(SERVED):
        return send(adapter, request, *arguments, **options)
    raw = urllib3.HTTPResponse(
        io.BytesIO(context), {"Content-Type": "application/ld+json"}, 200,
        preload_content=False, request_method="GET", request_url=request.url)
    return adapter.build_response(request, raw)


urllib.request.urlopen = urlopen
requests.adapters.HTTPAdapter.send = answer

from rocrate_validator import services  # noqa: E402
from rocrate_validator.models import Severity, ValidationSettings  # noqa: E402

result = services.validate(ValidationSettings(
    rocrate_uri=sys.argv[1], profile_identifier="process-run-crate-0.5",
    requirement_severity=Severity.REQUIRED))
for issue in result.get_issues():
    print(issue.severity.name, issue.check.identifier, issue.message)
print("passed" if result.passed() else "did not pass")
sys.exit(not result.passed())
