# shellcheck shell=bash
# Part of ../../in: `./in test`. What it prints are the steps, what failed in them, and totals;
# everything else is in a log for each step.

TEST_LOGS=$ROOT/.in/test

run_tests() {
  require_tools
  open_tether
  together test_everything
}

# Node's tests and Java's run side by side: each of them waits half of its time. What runs the whole
# stack comes last, alone.
test_everything() {
  local failed side sides=() step steps=(edge checks java)
  rm -rf "$TEST_LOGS" && mkdir -p "$TEST_LOGS"
  get_chromium
  for side in test_node test_java_alone; do
    "$side" &
    sides+=($!)
  done
  for side in "${sides[@]}"; do wait "$side" || true; done
  if [[ -e $TEST_LOGS/java.passed ]]; then
    steps+=(end-to-end)
    test_step end-to-end test_end_to_end || true
  else
    say "end-to-end: left out, since java failed"
  fi
  failed=$(for step in "${steps[@]}"; do
    [[ -e $TEST_LOGS/$step.passed ]] || printf ' %s' "$step"
  done)
  [[ -z $failed ]] || fail "failed:$failed ($SECONDS s)"
  say "all tests passed ($SECONDS s)"
}

test_node() {
  test_step edge test_edge || true
  test_step checks test_checks
}

test_java_alone() { test_step java test_java; }

# test_step NAME COMMAND...: leaves NAME.passed where it says so, since a step that fails to build ends
# the shell that it runs in.
test_step() {
  local name=$1 start=$SECONDS log=$TEST_LOGS/$1.log status=0 since totals
  shift
  say "testing $name ..."
  since=$(date +%s)
  logged "$name" 60 "$log" "$@" || status=$?
  totals=$(node "$ROOT/runner/launcher/totals.mjs" "$log" "$ROOT" "$status" "$since") || status=1
  say "$name: ${totals%%$'\n'*}, exit $status, $((SECONDS - start)) s, log in ${log#"$ROOT"/}"
  [[ $totals != *$'\n'* ]] || printf '%s\n' "${totals#*$'\n'}" >&2
  [[ $status -ne 0 ]] || touch "$TEST_LOGS/$name.passed"
  return "$status"
}

test_edge() {
  packages edge typescript && tied edge npm run check
}

# Where it cannot be had the tests in a browser say that they are left out.
get_chromium() {
  if [[ -z $(find_chromium) ]] && command -v apt-get >/dev/null && [[ $(id -u) -eq 0 ]]; then
    say "installing Chromium for the browser tests ..."
    tied . sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium' \
      >"$TEST_LOGS/chromium.log" 2>&1 || say "Chromium cannot be installed here"
  fi
}

# What no build sees: Terraform, workflows, scripts, Dockerfiles, dashboards, tables.
test_checks() {
  packages checks yaml && tied checks npm test
}

test_java() {
  stale_java >/dev/null
  bench_is_stale || true
  tied . mvn "${MVN_OPTIONS[@]}" -ntp verify && java_is_built && is_built bench/target
}

# With trained caches everything starts in half the time, and these tests start much.
test_end_to_end() {
  build_edge
  tied . "$ROOT/in" train
  # Everything has just been packaged, and the unit tests have just run.
  tied . mvn "${MVN_OPTIONS[@]}" -ntp -pl runner -am verify -DskipITs=false \
    -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false
}
