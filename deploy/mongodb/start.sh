#!/bin/bash
# Starts MongoDB as a replica set of one.
set -eu

# Members of a replica set with passwords know each other by a common key. The only member makes a new one at each start.
key=/tmp/replica-set.key
(umask 077 && head -c 48 /dev/urandom | base64 --wrap 0 >$key)
chown mongodb $key

exec docker-entrypoint.sh mongod --replSet rs0 --keyFile $key --bind_ip_all
