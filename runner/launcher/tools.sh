# shellcheck shell=bash
# Part of ../../in: what iN needs of a machine, and how to get it.

JDK_VERSION=${IN_JDK_VERSION:-25} # another only in tests
NODE_VERSION=20.19

# Prints the home of a JDK of the right version, if there is one.
find_jdk() {
  local home
  for home in "${IN_JAVA_HOME:-}" "${JAVA_HOME:-}" \
    "$(/usr/libexec/java_home -v "$JDK_VERSION" 2>/dev/null || true)" \
    /usr/lib/jvm/*"$JDK_VERSION"* "$HOME"/.sdkman/candidates/java/"$JDK_VERSION"* \
    /opt/homebrew/opt/openjdk@"$JDK_VERSION" "$(java_on_path)"; do
    if is_jdk "$home"; then
      echo "$home"
      return
    fi
  done
  return 1
}

# A JDK, not only a runtime: Maven needs its compiler. `release` names the version without a start.
is_jdk() {
  [[ -n $1 && -x $1/bin/javac ]] && grep -q "^JAVA_VERSION=\"$JDK_VERSION" "$1/release" 2>/dev/null
}

java_on_path() {
  local java
  java=$(command -v java) && dirname "$(dirname "$(real_path "$java")")"
}

real_path() { readlink -f "$1" 2>/dev/null || echo "$1"; }

has_node() {
  command -v npm >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    const [wantedMajor, wantedMinor] = process.argv[1].split(".").map(Number);
    process.exit(major > wantedMajor || (major === wantedMajor && minor >= wantedMinor) ? 0 : 1);
  ' "$NODE_VERSION" 2>/dev/null
}

has_glibc() { [[ $(uname) != Linux ]] || getconf GNU_LIBC_VERSION >/dev/null 2>&1; }

JDK_HELP="JDK $JDK_VERSION: apt-get install openjdk-$JDK_VERSION-jdk, sdk install java $JDK_VERSION-tem, brew install openjdk@$JDK_VERSION, or adoptium.net; then set JAVA_HOME if it is in no usual place"
NODE_HELP="Node $NODE_VERSION or later with npm: apt-get install nodejs npm, brew install node, or nodejs.org"
MAVEN_HELP="Maven 3.8 or later: apt-get install maven, sdk install maven, or brew install maven"
GLIBC_HELP="glibc: the edge's workerd does not run on musl (Alpine); use a Debian, Ubuntu or Fedora"

require_tools() {
  JAVA_HOME=$(find_jdk) || fail "missing $JDK_HELP"
  export JAVA_HOME
  has_node || fail "missing $NODE_HELP"
  command -v mvn >/dev/null || fail "missing $MAVEN_HELP"
  has_glibc || fail "missing $GLIBC_HELP"
}

doctor() {
  local missing=0
  check "JDK $JDK_VERSION" "$(find_jdk || true)" "$JDK_HELP" || missing=1
  check "Node $NODE_VERSION" "$(has_node && node --version || true)" "$NODE_HELP" || missing=1
  check Maven "$(command -v mvn || true)" "$MAVEN_HELP" || missing=1
  check glibc "$(has_glibc && echo yes || true)" "$GLIBC_HELP" || missing=1
  check Chromium "$(find_chromium)" \
    "for the browser tests of ./in test only: apt-get install chromium" || true
  check libheif "$(find_libheif)" \
    "to look into HEIC and AVIF only: apt-get install libheif1, or brew install libheif" || true
  [[ $missing -eq 0 ]] || fail "./in run cannot work until what is needed is there"
}

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }

find_libheif() {
  find /usr/lib /usr/local/lib /opt/homebrew/lib -name 'libheif.*' -print -quit 2>/dev/null || true
}

# check NAME FOUND HELP
check() {
  if [[ -n $2 ]]; then
    printf 'ok       %-9s %s\n' "$1" "$2"
  else
    printf 'missing  %-9s %s\n' "$1" "$3"
    return 1
  fi
}
