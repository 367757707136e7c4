#!/usr/bin/env python3
"""Check every #include against sim/layers.txt: one-way layers, third-party headers in one place.

usage: check_layers.py [ROOT]      prints each violation as file:line; exit status 1 if any
"""
import re
import sys
from pathlib import Path


def read_layers(path):
    """Module -> (modules it may use, prefixes of headers only it may include); checks the order."""
    layers = {}
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        module, rest = line.split(":", 1)
        used, _, owned = rest.partition("|")
        layers[module.strip()] = (set(used.split()), tuple(owned.split()))
        unknown = set(used.split()) - set(layers)
        if unknown or module.strip() in used.split():
            sys.exit(f"{path}: {module.strip()} may only name modules above it, not {unknown}")
    return layers


def module_of(file, root):
    """The module that a source file belongs to; main.cpp counts as command_line."""
    parts = file.relative_to(root).parts
    name = parts[2] if parts[0] == "include" else parts[1]
    return "command_line" if name == "main.cpp" else name


def faults_in(file, module, layers):
    used, _ = layers[module]
    owners = {}
    for name, (_, owned) in layers.items():
        for prefix in owned:
            owners.setdefault(prefix, set()).add(name)
    for number, line in enumerate(file.read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if not match:
            continue
        header = match[1]
        ours = re.match(r"rsasim/(\w+)/", header)
        if ours and ours[1] != module and ours[1] not in used:
            yield number, f"{module} may not use {ours[1]} ({header})"
        for prefix, names in owners.items():
            if header.startswith(prefix) and module not in names:
                yield number, f"only {', '.join(sorted(names))} may include {prefix}* ({header})"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    layers = read_layers(root / "sim/layers.txt")
    files = [f for top in ("sim", "include") for f in (root / top).rglob("*") if f.suffix in (".hpp", ".cpp")]
    count = 0
    for file in sorted(files):
        for number, fault in faults_in(file, module_of(file, root), layers):
            print(f"{file.relative_to(root)}:{number}: {fault}")
            count += 1
    print(f"{len(files)} files, {count} violations of sim/layers.txt")
    sys.exit(1 if count or not files else 0)


if __name__ == "__main__":
    main()
