"""Memory of a process and all its descendants, in MB. Linux only: elsewhere there is no /proc to ask."""

from pathlib import Path


def of_tree(root):
    """PSS (shared pages divided among those who share them), and RSS; nothing where it cannot be read."""
    try:
        processes = descendants(root)
        pss = sum(kilobytes(pid, "smaps_rollup", "Pss:") for pid in processes)
        rss = sum(kilobytes(pid, "smaps_rollup", "Rss:") for pid in processes)
    except OSError:
        return None
    return {"pss": pss / 1024, "rss": rss / 1024}


def descendants(root):
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        children.setdefault(int(parent), []).append(int(stat.parent.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def kilobytes(pid, name, label):
    for line in Path(f"/proc/{pid}/{name}").read_text().splitlines():
        if line.startswith(label):
            return int(line.split()[1])
    return 0
