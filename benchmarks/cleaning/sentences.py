"""Sentences that must survive unchanged, and sentences that must be mended, judged one by one."""

import json
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).parent
# A clean page around a sentence: what is right alone must stay right among others.
AROUND = (
    "关于深化医药卫生体制改革的实施意见\n"
    "为深化医药卫生体制改革，构建优质高效的医疗卫生服务体系，结合我市实际，提出以下意见。\n",
    "\n各县（市、区）要加强组织领导，明确责任分工，确保各项任务落到实处。\n",
)


def keep() -> list[str]:
    """Return the sentences that must survive."""
    return (FOLDER / "keep.txt").read_text(encoding="utf-8").splitlines()


def mend() -> list[dict[str, str]]:
    """Return the sentences that must be mended: kind, context before, as shown, as meant."""
    return json.loads((FOLDER / "mend.json").read_text(encoding="utf-8"))


def spoilt(cleaner: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the sentences a cleaner changes, alone or on a clean page."""
    found = []
    for sentence in keep():
        alone = cleaner(sentence)
        if alone.strip() != sentence:
            found.append((sentence, alone))
            continue
        placed = cleaner(AROUND[0] + sentence + AROUND[1])
        if placed.strip().splitlines()[2:3] != [sentence]:
            found.append((sentence, "\n".join(placed.splitlines()[2:-1])))
    return found


def unmended(cleaner: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """Return the sentences a cleaner does not mend: kind, as meant, as it came out."""
    found = []
    for case in mend():
        out = cleaner(case["context"] + case["shown"] + "\n").strip().splitlines()
        body = out[-1] if out else ""
        right = case["shown"] not in out if not case["meant"] else body == case["meant"]
        if not right:
            found.append((case["kind"], case["meant"] or case["shown"], body))
    return found
