#!/usr/bin/env bash
# Lists the targets of a Makefile that carry a "## description".
set -euo pipefail

echo "make TARGET [NAME=value …]"
echo
while IFS= read -r line; do
    if [[ $line =~ ^([a-z-]+):.*\#\#\ (.*)$ ]]; then
        printf '  %-18s %s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    fi
done <"$1"
cat <<'END'

Honoured by every command, so that two stacks can run beside each other:
  GATEWAY_PORT   port of the gateway                         (8080)
  SHOP_PORT      port of the local issuer and the shop       (GATEWAY_PORT + 10)
  DATA_DIR       databases, keys and logs                    (.data)
  DB             postgres://… ; empty means embedded SQLite  ()
                 to `run`, and to the others the database of the
                 stack that last ran in DATA_DIR
  LOG            log filter, as info,member_service=debug    (info)
  RATE_LIMIT     requests a second per caller, 0 = off       (100)
  NOTI_SINK      where the local messages go                 (.noti-sink.jsonl)
  CLAIM_AUTO_APPROVE  N: returns and exchanges wait for an agent  (Y)
  HOLIDAYS       days nobody refunds: yyyyMMdd,yyyyMMdd      ()

The processes log to DATA_DIR/logs/.
END
