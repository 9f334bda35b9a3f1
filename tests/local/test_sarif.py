"""SARIF 2.1.0 as its specification has it: each assertion names the section that it is about.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from urllib.parse import unquote, urlsplit

import orjson
import pytest

from bot.analysis.model import LeftOut, Original, Remark
from bot.local.formats import View, render
from tests.analysis.reports import a_file
from tests.local.test_formats import finding, of_change, of_tree, report

LEVELS = {"none", "note", "warning", "error"}  # 3.27.10
KNOWN = {
    "run": {"tool", "invocations", "originalUriBaseIds", "columnKind", "results"},
    "driver": {"name", "version", "semanticVersion", "properties", "rules"},
    "rule": {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "properties",
               "suppressions", "relatedLocations", "baselineState"},
    "location": {"id", "physicalLocation", "logicalLocations", "message"},
    "notification": {"level", "message", "locations"},
}  # fmt: skip
"""Properties of each object that the specification defines and that we use; others would be forbidden (3.8, schema)."""


def sarif(answer):
    document = orjson.loads(render("sarif", answer, View()))
    check(document)
    return document["runs"][0]


def check(document):
    assert document.keys() == {"$schema", "version", "runs"}  # 3.13
    assert document["version"] == "2.1.0"  # 3.13.2
    (run,) = document["runs"]
    assert run.keys() <= KNOWN["run"]  # 3.14
    driver = run["tool"]["driver"]
    assert driver.keys() <= KNOWN["driver"]  # 3.19
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))  # 3.19.23
    for rule in driver["rules"]:
        assert rule.keys() <= KNOWN["rule"]  # 3.49
        assert rule["defaultConfiguration"]["level"] in LEVELS  # 3.50.3
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))  # 3.12.3
    for result in run["results"]:
        check_result(result, ids)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True  # 3.20.14
    for notification in invocation["toolExecutionNotifications"] + invocation["toolConfigurationNotifications"]:
        assert notification.keys() <= KNOWN["notification"]  # 3.58
        assert notification["level"] in LEVELS
        for location in notification["locations"]:
            check_location(location, run)


def check_result(result, ids):
    assert result.keys() <= KNOWN["result"]  # 3.27
    assert ids[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
    assert result["level"] in LEVELS
    assert result["message"]["text"]  # 3.11.8
    assert result.get("baselineState", "new") in {"new", "unchanged", "updated", "absent"}  # 3.27.24
    assert all(isinstance(value, str) for value in result["partialFingerprints"].values())  # 3.27.17
    for suppression in result["suppressions"]:
        assert suppression["kind"] in {"inSource", "external"}  # 3.35.2
        assert suppression["status"] in {"accepted", "underReview", "rejected"}  # 3.35.3
    for location in result["locations"] + result.get("relatedLocations", []):
        check_location(location, None)


def check_location(location, _run):
    assert location.keys() <= KNOWN["location"]  # 3.28
    artifact = location["physicalLocation"]["artifactLocation"]
    uri = urlsplit(artifact["uri"])
    assert not (uri.scheme or uri.netloc or uri.path.startswith("/"))  # 3.4.3: relative, since there is a base
    assert artifact["uri"].isascii()
    region = location["physicalLocation"].get("region")
    if region:
        assert 1 <= region["startLine"] <= region["endLine"]  # 3.30.5, 3.30.7


ALL = (
    finding(severity="info", line=1),
    finding(severity="critical", line=2, accepted="we know"),
    finding("eval-of-text", kind="rule", line=3, detail="a [b](c) {0}"),
    finding("IDENTITY", kind="duplication", line=4, original=Original("ä b.py", 1, 9)),
    finding("secret-github-token", kind="secret", severity="critical", line=5),
    finding("a-rule-of-old", kind="rule", line=6),
)


def test_a_tree_is_as_the_specification_has_it():
    run = sarif(
        of_tree(*ALL, left_out=(LeftOut("x y.js", "minified"),), remarks=(Remark("", 0, "so"), Remark("s", 3, "t")))
    )
    assert [result["level"] for result in run["results"]] == ["note", "error", "warning", "warning", "error", "warning"]
    assert "baselineState" not in run["results"][0]


def test_the_check_itself_sees_a_slip():
    document = orjson.loads(render("sarif", of_tree(*ALL), View()))
    document["runs"][0]["results"][0]["severity"] = "high"
    with pytest.raises(AssertionError):
        check(document)


def test_an_accepted_finding_is_suppressed_with_its_reason_and_others_say_that_they_are_not():
    results = sarif(of_tree(*ALL))["results"]
    assert results[0]["suppressions"] == []  # 3.27.23: known not to be
    assert results[1]["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "we know"}]


def test_a_change_says_what_is_new_and_what_is_gone():
    old, new = (finding("eval-of-text", kind="rule", severity="error", fingerprint=mark) for mark in "ab")
    both = finding("weak-hash", kind="rule", fingerprint="c")
    results = sarif(of_change(report(old, both), report(new, both, finding(severity="error"))))["results"]
    assert [(it["ruleId"], it["baselineState"]) for it in results] == [
        ("eval-of-text", "new"),
        ("weak-hash", "unchanged"),
        ("CYCLO", "updated"),
        ("eval-of-text", "absent"),
    ]


def test_a_path_becomes_a_uri_and_back():
    name = "a b/ä#1?%.py"
    answer = of_tree(finding(path=name), path=name)
    (result,) = sarif(answer)["results"]
    assert unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == name


def test_text_from_the_source_makes_no_link_and_no_placeholder():
    (result,) = sarif(
        of_tree(finding("SIMILARITY", kind="duplication", original=Original("[x](http://evil){0}", 1, 2)))
    )["results"]
    assert "\\[x\\](http://evil){{0}}" in result["message"]["text"]  # 3.11.5, 3.11.6


def test_rules_about_security_carry_a_number_and_secrets_their_advice():
    rules = {rule["id"]: rule for rule in sarif(of_tree(*ALL))["tool"]["driver"]["rules"]}
    assert rules["secret-github-token"]["properties"] == {"tags": ["security", "secret"], "security-severity": "9.5"}
    assert "revoke it" in rules["secret-github-token"]["help"]["text"]
    assert "security-severity" not in rules["CYCLO"]["properties"]


def test_what_was_not_looked_into_is_a_notification():
    answer = of_tree(left_out=(LeftOut("big.js", "minified"),))
    (told,) = sarif(answer)["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "Not looked into: minified"
    assert a_file("a.py").note == ""
