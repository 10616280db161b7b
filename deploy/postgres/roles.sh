#!/bin/sh
# Runs once, when the database cluster is made: the two roles of Podium and its database. The passwords are those in the
# addresses that the product is given, so each stands in one place only.
set -eu

password_in() {
    address=$(cat "$1")
    credentials=${address#*://}
    credentials=${credentials%%@*}
    printf '%s' "${credentials#*:}"
}

# By standard input and not as arguments: those can be read in the list of processes.
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<SQL
CREATE ROLE podium_owner LOGIN PASSWORD '$(password_in "${DATABASE_OWNER_URL_FILE}")';
CREATE ROLE podium_app LOGIN PASSWORD '$(password_in "${DATABASE_URL_FILE}")';
CREATE DATABASE podium OWNER podium_owner;
REVOKE ALL ON DATABASE podium FROM PUBLIC;
GRANT CONNECT ON DATABASE podium TO podium_app;
SQL
