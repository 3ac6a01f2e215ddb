"""Give every term of the reform lexicon the smallest frequency at which jieba keeps it whole.

    python benchmarks/topics/calibrate_lexicon.py [NEW_TERMS]

Reads `src/yigai/data/lexicon/reform_terms.txt` (term, frequency, theme) and, if given, a file of lines
`THEME term term …`; writes the lexicon back, sorted by theme and term. A small frequency spares the
neighbours: a term never wins by more than it must.
"""

import sys
from pathlib import Path

import jieba

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "src/yigai/data/lexicon/reform_terms.txt"
EXCESS = LEXICON.with_name("jieba_total_excess.txt")
CARRIERS = (
    "{}", "推进{}建设", "完善{}制度，", "我市{}的做法", "加强{}管理", "实施{}改革", "对{}进行考核", "以{}为重点",
    "全县{}工作", "建立健全{}机制", "开展{}试点", "落实{}政策", "在{}方面", "实现{}全覆盖", "和{}等",
)  # fmt: skip


def wanted(extra: str | None) -> dict[str, str]:
    """Terms and their themes, old and new."""
    themes = {}
    if LEXICON.exists():
        themes = {line.split()[0]: line.split()[2] for line in LEXICON.read_text(encoding="utf-8").splitlines()}
    for line in Path(extra).read_text(encoding="utf-8").splitlines() if extra else ():
        theme, *terms = line.split()
        themes |= dict.fromkeys(terms, theme)
    return themes


def main() -> None:
    """Raise frequencies until every term stands whole in every carrier, all terms loaded together."""
    themes = wanted(sys.argv[1] if len(sys.argv) > 1 else None)
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    frequency = {}
    known = {term: tokenizer.FREQ.get(term, 0) for term in themes}
    for term in sorted(themes, key=len):
        frequency[term] = max(tokenizer.suggest_freq(term), tokenizer.FREQ.get(term, 0), 3)
        tokenizer.add_word(term, frequency[term])
    for _ in range(12):
        split = [t for t in themes if any(t not in tokenizer.lcut(c.format(t)) for c in CARRIERS)]
        for term in split:
            frequency[term] = frequency[term] * 2 + 1
            tokenizer.add_word(term, frequency[term])
    print(len(themes), "terms; never whole:", split)
    # jieba adds a known word's frequency to its total again, rjieba replaces it
    EXCESS.write_text(f"{sum(known.values())}\n", encoding="utf-8")
    order = {theme: n for n, theme in enumerate(dict.fromkeys(themes.values()))}
    lines = [f"{t} {frequency[t]} {themes[t]}" for t in sorted(themes, key=lambda t: (order[themes[t]], t))]
    LEXICON.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
