#!/bin/sh
# Make the secrets of an installation in secrets/, each once: what is there is never written over.
# Needs nothing but a shell, so it runs on a machine that has only a container engine.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets
# The folder is closed to everybody else on this machine. The files in it can be read by whoever is given them: the
# processes in the containers run as other users than you, and Compose hands a file over with the rights it has here.
chmod 700 secrets

random() {
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

keep() {
    if [ -e "secrets/$1" ]; then
        echo "secrets/$1 is there already and stays."
        return
    fi
    draft=$(mktemp "secrets/.$1.XXXXXX")
    printf '%s\n' "$2" > "$draft"
    chmod 444 "$draft"
    mv "$draft" "secrets/$1"
    echo "secrets/$1 is made."
}

keep secret_key "$(random)"
keep postgres_password "$(random)"
keep database_owner_url "postgresql://podium_owner:$(random)@postgres:5432/podium"
keep database_url "postgresql://podium_app:$(random)@postgres:5432/podium"
keep redis_url "redis://:$(random)@redis:6379/0"
