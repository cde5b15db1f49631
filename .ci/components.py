"""What does GitLab make of a CI/CD component? Its jobs with the defaults of all inputs filled in, as one document a file.

    components.py [--scripts] INTO TEMPLATE…      writes INTO/<name>.yml, or with --scripts INTO/<name>.sh

Fails where a template has no header, an input has no description or no default, or where inputs and their uses differ.
"""

import io
import re
import sys
from pathlib import Path

from ruamel.yaml import YAML

USE = re.compile(r"\$\[\[\s*inputs\.([A-Za-z0-9_-]+)\s*\]\]")


def fail(template, words):
    sys.exit(f"{template}: {words}")


def jobs(template):
    """The second document, with the inputs filled in."""
    text = template.read_text()
    head, mark, body = text.partition("\n---\n")
    if not mark:
        fail(template, "there is no `---` between header and jobs")
    header = YAML(typ="safe").load(head)
    if list(header) != ["spec"] or list(header["spec"]) != ["inputs"]:
        fail(template, "the header is not `spec: inputs:`")
    inputs = header["spec"]["inputs"]
    for name, entry in inputs.items():
        unknown = set(entry) - {"default", "description", "options", "regex", "type"}
        if unknown or not entry.get("description") or "default" not in entry:
            fail(template, f"input {name}: description or default is missing, or {unknown} is unknown")
        if "options" in entry and entry["default"] not in entry["options"]:
            fail(template, f"input {name}: the default is none of the options")
    for name, job in YAML(typ="safe").load(body).items():
        if USE.search("\n".join(job["script"])):
            fail(template, f"{name}: an input stands inside of the script, where it would be code")
    if set(USE.findall(body)) != set(inputs):
        fail(template, f"declared and used inputs differ: {set(USE.findall(body)) ^ set(inputs)}")
    return YAML(typ="safe").load(USE.sub(lambda use: str(inputs[use[1]]["default"]), body))


arguments = sys.argv[1:]
scripts = arguments[:1] == ["--scripts"]
into, *templates = map(Path, arguments[scripts:])
into.mkdir(parents=True, exist_ok=True)
for old in into.glob("*.sh" if scripts else "*.yml"):
    old.unlink()
for template in templates:
    made = jobs(template)
    if scripts:
        (into / f"{template.stem}.sh").write_text("\n".join(line for job in made.values() for line in job["script"]))
    else:
        stream = io.StringIO()
        YAML(typ="safe").dump(made, stream)
        (into / f"{template.stem}.yml").write_text(stream.getvalue())
