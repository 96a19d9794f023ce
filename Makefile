# Works with GNU make 3.81 and newer. Each target sets up what it needs; nothing is
# installed outside .venv, but for a browser that `make test` may have to fetch.

PYTHON := .venv/bin/python
PORT ?= 8000
ARGS ?=
SIZE ?= small
DATASET ?=

# The production settings are checked with values made up for the occasion: nothing is
# contacted, and no variable of the caller can make the check pass or fail.
CHECK_ENVIRONMENT := env -i PATH="$$PATH" \
	DJANGO_SETTINGS_MODULE=flasky_site.settings.prod \
	SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	ALLOWED_HOSTS=flasky.example.com \
	DATABASE_URL=postgres://flasky:password@db.example.com/flasky \
	CACHE_URL=redis://cache.example.com:6379/0 \
	EMAIL_URL=submission://flasky:password@mail.example.com \
	DEFAULT_FROM_EMAIL=flasky@example.com

.NOTPARALLEL:
.PHONY: help run test check coverage audit bench bench-pages faults format lock setup clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: ## Serve Flasky with demo data on http://127.0.0.1:8000/ (PORT=9000 for another port)
	@bin/bootstrap requirements.txt
	@$(PYTHON) bin/serve.py $(PORT)

test: setup check ## Run every check and every test, in a browser too (ARGS="-k follow" for some)
	@bin/run-tests $(ARGS)

check: setup ## Run the linters, the type checker and Django's own checks
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m djlint --check --lint templates
	$(PYTHON) -m mypy
	$(PYTHON) manage.py makemigrations --check --dry-run --settings flasky_site.settings.test
	$(PYTHON) manage.py lintmigrations --settings flasky_site.settings.test
	@echo "$(PYTHON) manage.py check --deploy  (on the production settings)"
	@$(CHECK_ENVIRONMENT) $(PYTHON) manage.py check --deploy --fail-level WARNING

coverage: setup ## Run every test, show which branches none took; less than 95 % fails
	@bin/run-tests --cov --cov-report=term-missing:skip-covered --cov-report=html \
		--cov-fail-under=95 $(ARGS)
	@echo "The same, line by line: htmlcov/index.html"

bench: ## Measure how costs grow (SIZE=large; DATABASE_URL=postgres://root@127.0.0.1/flasky)
	@bin/bootstrap requirements.txt
	@$(PYTHON) -m bench.growth $(SIZE) $(ARGS)

bench-pages: ## Measure requests a second (DATASET=data.json; DATABASE_URL for PostgreSQL, too)
	@bin/bootstrap requirements.txt
	@$(PYTHON) -m bench.pages "$(DATASET)"

audit: setup ## Look for advisories about the pinned packages (asks pypi.org; without it, says so and fails)
	@$(PYTHON) bin/audit.py

faults: setup ## Break a site of its own in nine ways and count what is lost (ARGS="redis_killed")
	@$(PYTHON) -m tests.faults $(ARGS)

format: setup ## Put Python and templates into the project's form
	$(PYTHON) -m ruff check --fix-only
	$(PYTHON) -m ruff format
	@# djlint fails when it changed a file, and may find more to do in what it wrote.
	for pass in 1 2 3 4; do $(PYTHON) -m djlint --quiet --reformat templates && break; done

lock: setup ## Pin the packages of requirements*.in (ARGS="--upgrade-package django" to raise one)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@for name in requirements requirements-dev; do \
		echo "Pinning $$name.in in $$name.txt"; \
		$(PYTHON) -m uv pip compile --quiet --no-config --no-emit-index-url --universal \
			--python-version 3.11 --custom-compile-command "make lock" $(ARGS) \
			--output-file $$name.txt $$name.in || exit 1; \
	done

setup: ## Make .venv and install everything that tests and checks need
	@bin/bootstrap requirements-dev.txt

clean: ## Remove what the other targets made; your data in var/ stays
	rm -rf .venv staticfiles htmlcov .coverage .coverage.* \
		.pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
