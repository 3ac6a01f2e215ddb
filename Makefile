# Two commands: `make report` and `make test`. Both keep their environment in .venv (or use the
# active conda environment "yigai") and reinstall only when the lock or pyproject.toml changes.

PYTHON ?= python3
ifeq ($(CONDA_DEFAULT_ENV),yigai)
VENV := $(CONDA_PREFIX)
else
VENV := .venv
endif
PY := $(VENV)/bin/python
STAMP := $(VENV)/.yigai-installed

.PHONY: report test lint notebooks lock clean

report: $(STAMP)
	@$(PY) -m yigai run

test: $(STAMP)
	@$(PY) -m pytest -q -n 2 --dist loadfile
	@$(PY) -m pytest -q -p no:xdist --nbval --nbval-current-env notebooks

lint: $(STAMP)
	$(PY) -m ruff check .
	$(PY) -m mypy

notebooks: $(STAMP)  ## refresh the stored outputs from fresh kernels
	$(PY) -m jupyter nbconvert --to notebook --execute --inplace --log-level=ERROR \
	  --ExecutePreprocessor.record_timing=False notebooks/*.ipynb
	@$(PY) docs/figure.py

lock:  ## needs uv; readers install with pip
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --python-version 3.11 --extra test --extra cluster pyproject.toml -o requirements.lock

clean:
	rm -rf .venv build src/*.egg-info outputs/*/

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "yigai needs Python 3.11 or newer: install it, or call make PYTHON=/path/to/python3.11" >&2; exit 3; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) 2>/dev/null || \
	  { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) && \
	    $(PYTHON) -m pip --python $(PY) install -q pip; } || \
	  { echo "no venv module: on Debian 'apt install python3-venv', then make again" >&2; exit 3; }
	@echo "installing the locked packages into $(VENV) (once) …"
	@$(PY) -m pip install -q --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	@$(PY) -m pip install -q --disable-pip-version-check --no-input --no-build-isolation --no-deps -e .
	@touch $@
