# shellcheck shell=bash
# Part of ../../in: builds what is stale.

# Maven's output goes to a log, which the launcher reads.
MVN_OPTIONS=(-B -Dstyle.color=never)

# What the edge needs of npm: a package that shows whether all are there, and npm's options.
EDGE_PACKAGES=(workerd --omit=dev)

# Whoever runs on what was built holds .in/build.lock together with others of its kind, so that
# nothing is built anew under them; who builds holds it alone. (macOS has no flock.)
#
# build [bench]
build() {
  if edge_is_stale || [[ -n $(stale_java) ]] || { [[ ${1:-} == bench ]] && bench_is_stale; }; then
    if ! lock --nonblock; then
      say "something has changed, and is built when what runs from $ROOT has ended ..."
      # Wait in small pieces, since bash handles no signal while something runs in the foreground.
      until lock --nonblock; do sleep 0.2; done
    fi
    together build_edge build_java
    [[ ${1:-} != bench ]] || together build_bench
  fi
}

# Until this process ends, and what it becomes.
hold_built() { until lock --shared --nonblock; do sleep 0.2; done; }

lock() {
  command -v flock >/dev/null || return 0
  mkdir -p "$ROOT/.in"
  exec 8>>"$ROOT/.in/build.lock"
  flock "$@" 8
}

edge_is_stale() {
  lacks_packages edge "${EDGE_PACKAGES[0]}" ||
    is_stale edge/dist src page build wrangler.jsonc package.json package-lock.json \
      ../common-events/src/main/resources/failure-sentences.json
}

build_edge() {
  packages edge "${EDGE_PACKAGES[@]}"
  if edge_is_stale; then
    step "the edge" edge npm run --silent build
    is_built edge/dist
  fi
}

# packages FOLDER WITNESS [NPM_OPTION...]
packages() {
  local folder=$1 witness=$2
  if lacks_packages "$folder" "$witness"; then
    shift 2
    step "packages of $folder" "$folder" npm ci --no-audit --no-fund --loglevel=error "$@"
  fi
}

# lacks_packages FOLDER WITNESS: npm writes .package-lock.json last, and WITNESS shows whether
# development packages are installed, too.
lacks_packages() {
  local folder=$ROOT/$1
  [[ ! -e $folder/node_modules/$2 ||
    $folder/package-lock.json -nt $folder/node_modules/.package-lock.json ]]
}

build_java() {
  local stale
  stale=$(stale_java)
  if [[ -n $stale ]]; then
    step "Java" . mvn "${MVN_OPTIONS[@]}" -T4 -Din.untested=true -pl "$stale" -am package
  fi
  java_is_built
}

# Prints the modules to build, with commas. A change in a library is a change everywhere; one in a
# program concerns it alone.
stale_java() {
  local module stale='' everything=no
  ! is_stale target pom.xml .mvn || everything=yes
  for module in $(java_modules); do
    if is_stale "$module/target" pom.xml package-lock.json src/main; then
      stale+=,$module
      [[ $module == emulator || $module == runner || ($module == functions/* && $module != functions/core) ]] || everything=yes
    fi
  done
  [[ $everything == no ]] || stale=,$(java_modules | paste -sd, -)
  echo "${stale#,}"
}

java_is_built() {
  local module
  is_built target
  for module in $(java_modules); do is_built "$module/target"; done
}

# Those of the benchmarks are built for ./in bench alone.
java_modules() { all_modules | grep -v '^bench'; }

all_modules() { sed -n 's|.*<module>\(.*\)</module>.*|\1|p' "$ROOT/pom.xml"; }

bench_is_stale() {
  is_stale bench/target pom.xml src/main minimal/pom.xml minimal/src \
    ../{common-events,image-formats,analysis,functions/metadata}/src/main
}

build_bench() {
  if bench_is_stale; then
    step "the benchmarks" . mvn "${MVN_OPTIONS[@]}" -Din.untested=true -pl bench,bench/minimal -am package
    is_built bench/target
  fi
}

# is_stale FOLDER SOURCE...: whether what lies in FOLDER was built of other sources, which lie beside
# it. Told by their names and contents, so neither a checkout nor a touch builds anything anew; noted
# before the build, so a change in between is not lost.
is_stale() {
  local folder=$ROOT/$1
  shift
  mkdir -p "$folder"
  (cd "$folder/.." && checksum "$@") >"$folder/.stamp.new"
  ! cmp -s "$folder/.stamp.new" "$folder/.stamp"
}

is_built() { mv "$ROOT/$1/.stamp.new" "$ROOT/$1/.stamp"; }

checksum() {
  { find "$@" -type f -print0 2>/dev/null || true; } | LC_ALL=C sort -z | xargs -0 cksum
}
