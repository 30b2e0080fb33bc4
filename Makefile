# Every target is one command; what needs more lives in deploy/scripts/.
# Variables given here (make run GATEWAY_PORT=9090) reach the commands as environment variables.

.DEFAULT_GOAL := help
.PHONY: help run token vendor-key load purge-archive operator backup restore bench attack rolling upgrade-check reset test test-serializable lint fmt wire pictures ci-deps

help: ## show this list
	@deploy/scripts/help.sh $(firstword $(MAKEFILE_LIST))

run: ## start everything on 127.0.0.1:8080; DB=postgres://… uses PostgreSQL
	@exec deploy/scripts/stack.sh run

token: ## print a token: ROLE=member SUB=100001311 [SITE=1] [GRADE=30] [TTL=3600] [CLAIMS='{…}']
	@exec deploy/scripts/stack.sh token

vendor-key: ## print a fresh vendor key: ENTR=E0001
	@exec deploy/scripts/stack.sh vendor-key

load: ## send a document of goods, policies, coupons, orders and claims: FILE=x.json
	@exec deploy/scripts/stack.sh load

purge-archive: ## remove archived personal data past its date
	@exec deploy/scripts/stack.sh purge-archive

operator: ## give a service a command of its own: COMMAND="claim-service verify"
	@exec deploy/scripts/stack.sh operator

backup: ## keep databases and files of a stopped stack: TO=directory (on PostgreSQL it may run)
	@exec deploy/scripts/backup.sh "$(TO)"

restore: ## put a backup in the place of what is there: FROM=directory
	@exec deploy/scripts/restore.sh "$(FROM)"

bench: ## run the benchmarks
	@exec bash bench/run.sh

attack: ## attack the gateway and the services in full (make test does it with a tenth of the crowds)
	@exec deploy/scripts/attack.sh

rolling: ## restart every process 20 times under load; no request may be lost
	@exec deploy/scripts/rolling.sh

upgrade-check: ## run the last release's services on today's tables
	@exec deploy/scripts/upgrade-check.sh

reset: ## delete the data directory, and on PostgreSQL the schemas of the stack that last ran
	@exec deploy/scripts/stack.sh reset

test: ## everything a change must pass, on SQLite and on a throw-away PostgreSQL
	@exec deploy/scripts/test.sh

test-serializable: ## the tests that meet a database, on a PostgreSQL whose transactions are all serializable
	@exec deploy/scripts/test-serializable.sh

lint: ## formatting and clippy, as the CI judges them
	@exec deploy/scripts/lint.sh

fmt: ## format the code
	@cargo fmt --all

wire: ## write what the desk's page knows of the API (desk/web/wire)
	@cargo run -q -p desk --example wire

ci-deps: ## install what tests and CI need (Debian, Ubuntu)
	@exec deploy/scripts/need.sh compiler libpq postgres browser

pictures: ## take the pictures of the desk's screens (docs/desk) with a browser
	@DESK_PICTURES=$(CURDIR)/docs/desk cargo test -q -p stories --test it -- desk::screens
