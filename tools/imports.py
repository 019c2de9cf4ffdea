#!/usr/bin/env python3
"""Imports between source files, read as text: circles, upward imports, and who may name what.

    python3 tools/imports.py            counts circles and upward imports of src/ and crates/; exit 1 if there are any
    python3 tools/imports.py --edges    prints every import, `from -> to: names`

An import is a `use` (nested braces too) or a path in the code (`crate::a::b`, `super::x`, `nianbao_read::y`), followed
through `pub use` to the file that defines the name. `mod x;` is no import. Modules under `#[cfg(test)]` are left out.
A circle is a set of files of one crate each of which reaches the others.
"""

import argparse
import pathlib
import re
import sys
from collections import defaultdict

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Which crates a crate may name: what lies below it. `crates` are named by folder.
BELOW = {
    "document": set(),
    "read": {"document"},
    "report": {"document"},
    "dataset": {"document", "read", "report"},
    "testing": {"document", "read", "report"},
    "program": {"document", "read", "report", "dataset"},
}
# The folders of a crate from the top down: a folder may name those after it.
ORDER = {
    "program": ["cli", "run", "explore", "page", "summary"],
    "report": ["examine", "check", "extract", "region", "agency", "finding", "form"],
}

USE = re.compile(r"(?<!\w)(pub(?:\([^)]*\))?\s+)?use\s+([^;<]+);")


def crates():
    """Name and source folder of every crate."""
    found = {"program": ROOT / "src"}
    for folder in sorted((ROOT / "crates").glob("*/src")):
        found[folder.parent.name] = folder
    return found


def stripped(text):
    """The source without comments, strings and modules of tests."""
    out, i, n = [], 0, len(text)
    while i < n:
        if text.startswith("//", i):
            i = text.find("\n", i)
            i = n if i < 0 else i
        elif text.startswith("/*", i):
            i = text.find("*/", i) + 2
        elif (raw := re.compile(r'b?r(#*)"').match(text, i)) and (i == 0 or not (text[i - 1].isalnum() or text[i - 1] == "_")):
            end = text.find('"' + raw.group(1), raw.end())
            i = end + 1 + len(raw.group(1))
            out.append('""')
        elif text[i] == '"':
            i += 1
            while i < n and text[i] != '"':
                i += 2 if text[i] == "\\" else 1
            i += 1
            out.append('""')
        elif m := re.compile(r"'(\\.[^']*|[^\\'])'").match(text, i):
            i = m.end()
            out.append("' '")
        else:
            out.append(text[i])
            i += 1
    # A visibility is no import.
    text = re.sub(r"\bpub\(in [^)]*\)", "pub", "".join(out))
    while m := re.search(r"#\[cfg\(test\)\]\s*(pub(\([^)]*\))?\s+)?(mod|fn|use|impl)\b[^{;]*([{;])", text):
        end = m.end()
        if m.group(4) == "{":
            depth = 1
            while depth and end < len(text):
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
        text = text[: m.start()] + text[end:]
    return text


def leaves(tree):
    """The paths of a `use`: `a::{b, c::{self, d as e}}` -> (path, name)."""
    tree = tree.strip()
    depth, parts, start = 0, [], 0
    for i, c in enumerate(tree):
        depth += (c == "{") - (c == "}")
        if c == "," and not depth:
            parts.append(tree[start:i])
            start = i + 1
    parts.append(tree[start:])
    for part in (p.strip() for p in parts):
        if not part:
            continue
        if "{" in part:
            head, rest = part.split("{", 1)
            for path, name in leaves(rest.rsplit("}", 1)[0]):
                prefix = [s for s in re.split(r"\s*::\s*", head.strip()) if s]
                if path == ["self"]:
                    yield prefix, name if name != "self" else prefix[-1]
                else:
                    yield prefix + path, name
        else:
            path, _, alias = part.partition(" as ")
            path = [s.strip() for s in path.strip().split("::") if s.strip()]
            yield path, alias.strip() or path[-1]


class Tree:
    """Modules of all crates and what each names."""

    def __init__(self):
        self.files, self.text, self.uses = {}, {}, {}
        for crate, folder in crates().items():
            for path in sorted(folder.rglob("*.rs")):
                parts = list(path.relative_to(folder).with_suffix("").parts)
                if parts[-1] in ("mod", "lib"):
                    parts.pop()
                if parts and parts[-1] == "tests":
                    continue
                # In the program, main.rs is the root.
                if crate == "program" and parts == ["main"] and not (folder / "lib.rs").exists():
                    parts = []
                module = (crate, *parts)
                self.files[module] = path
                self.text[module] = stripped(path.read_text("utf-8"))
        for module, text in self.text.items():
            self.uses[module] = [
                (bool(m.group(1)), path, name)
                for m in USE.finditer(text)
                for path, name in leaves(m.group(2))
            ]

    def absolute(self, module, path):
        """(crate, segments…) of a path seen in a module, or None where it leaves the project."""
        head, rest = path[0], path[1:]
        if head == "crate":
            return (module[0], *rest)
        if head in ("self", "super"):
            at = list(module)
            if head == "super":
                at.pop()
            while rest and rest[0] == "super":
                at.pop()
                rest = rest[1:]
            return (*at, *rest)
        if head == "nianbao":
            return ("program", *rest)
        if head.startswith("nianbao_") and head[8:] in BELOW:
            return (head[8:], *rest)
        if (*module, head) in self.files:
            return (*module, head, *rest)
        return None

    def home(self, target, seen=()):
        """The module that defines what an absolute path names, through `pub use`."""
        at = len(target)
        while at and target[:at] not in self.files:
            at -= 1
        if not at:
            return None
        module, rest = target[:at], target[at:]
        if not rest or target in seen:
            return module
        for _, path, name in self.uses.get(module, ()):
            if name in (rest[0], "*"):
                to = self.absolute(module, path[:-1] if name == "*" else path)
                if to and name == "*":
                    found = self.home((*to, *rest), (*seen, target))
                    if found and re.search(rf"\b{rest[0]}\b", self.text[found]):
                        return found
                elif to:
                    return self.home((*to, *rest[1:]), (*seen, target))
        return module

    def edges(self):
        """{(from, to): names} between files."""
        found = defaultdict(set)
        for module, text in self.text.items():
            for public, path, name in self.uses[module]:
                # A re-export in the root of a folder is its surface and not a need of it.
                if public and name != "*" and self.absolute(module, path) and self.is_surface(module, name):
                    continue
                to = self.absolute(module, path)
                home = self.home(to) if to else None
                if home and home != module:
                    found[module, home].add(name)
            body = USE.sub("", text)
            imported = {name: path for _, path, name in self.uses[module]}
            for m in re.finditer(r"(?<![\w:])([a-z_][a-z0-9_]*)((?:::\w+)+)", body):
                path = [m.group(1), *m.group(2)[2:].split("::")]
                if path[0] in imported:
                    path = [*imported[path[0]], *path[1:]]
                to = self.absolute(module, path)
                home = self.home(to) if to else None
                if home and home != module:
                    found[module, home].add("::".join(path))
        return found

    def is_surface(self, module, name):
        """Whether a re-exported name is not used in the file itself."""
        body = USE.sub("", self.text[module])
        return not re.search(rf"\b{re.escape(name)}\b", body)


def circles(edges):
    """Strongly connected sets of more than one file (Tarjan, without recursion)."""
    graph = defaultdict(list)
    for a, b in edges:
        if a[0] == b[0]:
            graph[a].append(b)
    index, low, on, stack, out = {}, {}, set(), [], []
    for root in sorted(graph):
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on.add(root)
        while work:
            node, rest = work[-1]
            for to in rest:
                if to not in index:
                    index[to] = low[to] = len(index)
                    stack.append(to)
                    on.add(to)
                    work.append((to, iter(graph.get(to, []))))
                    break
                if to in on:
                    low[node] = min(low[node], index[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group = []
                    while True:
                        last = stack.pop()
                        on.discard(last)
                        group.append(last)
                        if last == node:
                            break
                    if len(group) > 1:
                        out.append(sorted(group))
    return out


def folder(module):
    """The folder of a module below its crate."""
    return module[1] if len(module) > 1 else "main" if module[0] == "program" else ""


def upward(edges):
    """Imports against the order of crates or of folders."""
    for (a, b), names in sorted(edges.items()):
        if a[0] != b[0]:
            if b[0] not in BELOW[a[0]]:
                yield a, b, names
        elif folder(a) != folder(b):
            order = ORDER.get(a[0], [])
            if folder(a) in order and folder(b) in order and order.index(folder(a)) > order.index(folder(b)):
                yield a, b, names


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--edges", action="store_true", help="print every import")
    args = options.parse_args()
    tree = Tree()
    edges = tree.edges()
    show = lambda m: "/".join(m)  # noqa: E731
    if args.edges:
        for (a, b), names in sorted(edges.items()):
            print(f"{show(a)} -> {show(b)}: {', '.join(sorted(names))}")
        return 0
    rings = circles(edges)
    for ring in rings:
        print(f"circle of {len(ring)}: {' '.join(show(m) for m in ring)}")
        inside = set(ring)
        for (a, b), names in sorted(edges.items()):
            if a in inside and b in inside:
                print(f"    {show(a)} -> {show(b)}: {', '.join(sorted(names))}")
    ups = list(upward(edges))
    for a, b, names in ups:
        print(f"upward: {show(a)} -> {show(b)}: {', '.join(sorted(names))}")
    print(f"{len(tree.files)} files, {len(edges)} imports, {len(rings)} circles, {len(ups)} upward")
    return 1 if rings or ups else 0


if __name__ == "__main__":
    sys.exit(main())
