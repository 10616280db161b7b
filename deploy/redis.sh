#!/bin/sh
# Start the server with the password in the address that the product is given. By standard input: arguments can be read
# in the list of processes.
set -eu
address=$(cat "$REDIS_URL_FILE")
password=${address#*://:}
password=${password%%@*}

# Nothing is kept: a wake-up that is lost is made up for by the sweep, and a page asks by itself (docs/operating.md).
exec valkey-server - <<SETTINGS
requirepass $password
save ""
appendonly no
maxmemory 256mb
maxmemory-policy noeviction
SETTINGS
