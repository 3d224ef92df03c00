# shellcheck shell=bash
# Part of ../../in: `./in test`. What it prints are the steps, what failed in them, and totals;
# everything else is in a log for each step.

TEST_LOGS=$ROOT/.in/test

run_tests() {
  require_tools
  open_tether
  together test_everything
}

test_everything() {
  local failed=()
  rm -rf "$TEST_LOGS" && mkdir -p "$TEST_LOGS"
  get_chromium
  test_step edge test_edge || failed+=(edge)
  test_step checks test_checks || failed+=(checks)
  if test_step java test_java; then
    test_step end-to-end test_end_to_end || failed+=(end-to-end)
  else
    failed+=(java)
    say "end-to-end: left out, since java failed"
  fi
  [[ ${#failed[@]} -eq 0 ]] || fail "failed: ${failed[*]} ($SECONDS s)"
  say "all tests passed ($SECONDS s)"
}

# test_step NAME COMMAND...
test_step() {
  local name=$1 start=$SECONDS log=$TEST_LOGS/$1.log status=0 since totals
  shift
  say "testing $name ..."
  since=$(date +%s)
  logged "$name" 60 "$log" "$@" || status=$?
  totals=$(node "$ROOT/runner/launcher/totals.mjs" "$log" "$ROOT" "$status" "$since") || status=1
  say "$name: ${totals%%$'\n'*}, exit $status, $((SECONDS - start)) s, log in ${log#"$ROOT"/}"
  [[ $totals != *$'\n'* ]] || printf '%s\n' "${totals#*$'\n'}" >&2
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

test_end_to_end() {
  build_edge
  # Everything has just been packaged, and the unit tests have just run.
  tied . mvn "${MVN_OPTIONS[@]}" -ntp -pl runner -am verify -DskipITs=false \
    -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false
}
