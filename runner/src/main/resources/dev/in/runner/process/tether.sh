#!/bin/sh
# Ties a command to whoever holds the other end of its standard input: when that end closes, be it by
# `kill -9`, the command gets TERM, and KILL after five seconds. The command keeps this process' id.
# Usage: sh tether.sh COMMAND [ARGUMENT...]

# A Ctrl-C goes to everyone at the terminal; whoever holds the tether ends the command in order.
trap '' INT HUP
tied=$$
# By way of 3, since a shell gives a command in the background an empty standard input.
exec 3<&0
(
  trap '' TERM
  # Nobody ever writes: this returns when the last writer has gone, which is also when the command
  # itself has ended and the holder closes the pipe.
  read -r _
  kill -TERM "$tied" || exit 0
  tries=0
  while [ "$tries" -lt 25 ]; do
    sleep 0.2
    kill -0 "$tied" || exit 0
    tries=$((tries + 1))
  done
  kill -KILL "$tied"
) <&3 >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-
