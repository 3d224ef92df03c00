# shellcheck shell=bash
# Part of ../../in: runs things that end when the launcher does.

# Ties a command to this script: it ends when the script does, however that happens.
TETHER=$ROOT/runner/src/main/resources/dev/in/runner/process/tether.sh

# From here on what `tied` runs ends when this script does: it alone holds the pipe's writing end, 9.
open_tether() {
  local folder
  folder=$(mktemp -d)
  mkfifo "$folder/pipe"
  exec 9<>"$folder/pipe"
  exec 7<"$folder/pipe"
  rm -r "$folder"
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# tied FOLDER COMMAND...
tied() (
  cd "$ROOT/$1" || exit
  shift
  exec sh "$TETHER" "$@" <&7 7<&- 8>&- 9>&-
)

# together FUNCTION...: all at once. In the background, since bash handles no signal while it waits
# for something in the foreground.
together() {
  local function pids=() pid failed=0
  for function in "$@"; do
    "$function" 9>&- &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    wait "$pid" || failed=1
  done
  [[ $failed -eq 0 ]] || exit 3
}

# step NAME FOLDER COMMAND...: builds; what is printed is only shown when it fails.
step() {
  local name=$1 start=$SECONDS log
  shift
  log=$(mktemp)
  say "building $name ..."
  if ! logged "building $name" 4 "$log" tied "$@"; then
    cat "$log" >&2
    rm "$log"
    fail "building $name failed"
  fi
  rm "$log"
  say "built $name ($((SECONDS - start)) s)"
}

# logged NAME INTERVAL LOG COMMAND...: writes the output to LOG, and how far it is to standard error:
# one line that changes on a terminal, else a line every INTERVAL seconds.
logged() {
  local name=$1 interval=$2 log=$3 progress status=0
  shift 3
  [[ ! -t 2 ]] || interval=1
  show_progress "$name" "$interval" "$log" 7<&- 8>&- 9>&- &
  progress=$!
  "$@" >"$log" 2>&1 || status=$?
  kill "$progress" 2>/dev/null || true
  wait "$progress" 2>/dev/null || true
  return "$status"
}

# Ends by itself when the launcher is gone; the sleep that may be left holds nothing open.
show_progress() {
  local name=$1 interval=$2 log=$3 start=$SECONDS
  while sleep "$interval" >/dev/null 2>&1 && kill -0 "$$" 2>/dev/null; do
    if [[ -t 2 ]]; then
      printf '\r\033[Kin: %s: %s' "$name" "$(progress_in "$log" | cut -c -60)$((SECONDS - start)) s" >&2
    else
      say "$name: $(progress_in "$log")$((SECONDS - start)) s"
    fi
  done
}

# progress_in LOG: what Maven's log says of where it is, if it is one.
progress_in() {
  awk '
    /Downloaded from / { files++ }
    /^\[INFO\] Building iN .*\[[0-9]+\/[0-9]+\]$/ {
      module = $0
      sub(/^\[INFO\] Building iN */, "", module)
      sub(/ *[0-9.]+(-SNAPSHOT)? *\[/, " [", module)
      sub(/\//, " of ", module)
    }
    /^\[INFO\] Running / { running = $3 }
    END {
      if (module) printf "%s, ", module
      if (running) printf "%s, ", running
      if (files) printf "%d files downloaded, ", files
    }' "$1"
}
