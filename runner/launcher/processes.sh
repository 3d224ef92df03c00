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

# together FUNCTION...: all at once. In the background, since bash hears no signal while it waits
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
  if ! tied "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm "$log"
    fail "building $name failed"
  fi
  rm "$log"
  say "built $name ($((SECONDS - start)) s)"
}
