"""The figure of the README: the evidence matrix of the seeds, drawn anew by `make notebooks`."""

from pathlib import Path

from yigai import coding, compare, plot, store, study

case = study.load()
note = compare.note(case.gate, case.kept)
labels = {dimension.key: dimension.zh for dimension in coding.codebook().dimensions}
figure = plot.compare.matrix(case.matrix, case.names, labels=labels, note=note)
store.write_text(Path(__file__).with_name("matrix.svg"), plot.svg(figure) + "\n")
