# shellcheck shell=bash
# Part of ../../in: `./in test`.

run_tests() {
  require_tools
  open_tether
  together test_everything
}

test_everything() {
  local failed=()
  test_step "edge" test_edge || failed+=(edge)
  test_step "checks" test_checks || failed+=(checks)
  if test_step "Java" test_java; then
    test_step "end to end" test_end_to_end || failed+=("end to end")
  else
    failed+=(Java)
  fi
  [[ ${#failed[@]} -eq 0 ]] || fail "failed: ${failed[*]}"
  say "all tests passed ($SECONDS s)"
}

# test_step NAME COMMAND...
test_step() {
  local name=$1 start=$SECONDS status=0
  shift
  say "testing: $name"
  "$@" || status=$?
  say "tested: $name (exit $status, $((SECONDS - start)) s)"
  return "$status"
}

test_edge() {
  get_chromium
  packages edge typescript && tied edge npm run check
}

# Where it cannot be had the tests in a browser say that they are left out.
get_chromium() {
  if [[ -z $(find_chromium) ]] && command -v apt-get >/dev/null && [[ $(id -u) -eq 0 ]]; then
    say "getting Chromium for the tests in a browser ..."
    tied . sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium' \
      >/dev/null || say "Chromium cannot be had here"
  fi
}

# What no build sees: Terraform, workflows, scripts, Dockerfiles, dashboards, tables.
test_checks() {
  packages checks yaml && tied checks npm test
}

test_java() {
  stale_java >/dev/null
  tied . mvn -B -ntp verify && java_is_built
}

test_end_to_end() {
  build_edge
  # Everything has just been packaged, and the unit tests have just run.
  tied . mvn -B -ntp -pl runner -am verify -DskipITs=false \
    -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false
}
