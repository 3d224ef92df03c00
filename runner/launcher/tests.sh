# shellcheck shell=bash
# Part of ../../in: `./in test`.

run_tests() {
  require_tools
  open_tether
  together test_everything
}

test_everything() {
  local failed=()
  test_step "launcher" test_launcher || failed+=(launcher)
  test_step "edge" test_edge || failed+=(edge)
  test_step "deployment" test_deployment || failed+=(deployment)
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

test_launcher() {
  if command -v shellcheck >/dev/null; then
    tied . shellcheck in runner/launcher/*.sh .ci/run "$TETHER"
  else
    say "shellcheck is not here, so the launcher's scripts are not checked (apt-get install shellcheck)"
  fi
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

# Terraform, offline, and what else no build sees: workflows, Dockerfiles, dashboards, tables.
test_deployment() {
  packages terraform/check yaml && tied terraform/check npm test &&
    packages .github/check yaml && tied .github/check npm test
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
