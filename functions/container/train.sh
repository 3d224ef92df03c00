#!/usr/bin/env bash
# Trains the AOT cache of one function: train.sh FUNCTION CLOUD CACHE, in the folder of its
# quarkus-run.jar and with topology.yaml beside this script. Starts the local cloud in the folder CLOUD
# and the function on it; once that is ready pushes a few messages to it as Pub/Sub would, and stops it
# by SIGTERM, upon which the JVM writes CACHE. Runs in the image's own JVM, since a cache is valid for
# that one only; so it uses nothing that a JRE image lacks, such as curl.
set -euo pipefail

function=$1 cloud=$2 cache=$3
here=$(dirname "$0")
folder=$(mktemp -d)
touch "$folder"/{cloud,function}.log
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT

# await SECONDS WHAT COMMAND...
await() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    if ((SECONDS >= end)); then
      echo "train: $what" >&2
      cat "$folder"/*.log >&2
      exit 1
    fi
    sleep 0.2
  done
}

# http METHOD PORT PATH [BODY]: prints the status.
http() {
  local body=${4:-}
  exec 3<>"/dev/tcp/localhost/$2" || return 1
  printf '%s %s HTTP/1.1\r\nHost: localhost:%s\r\nContent-Type: application/json\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
    "$1" "$3" "$2" "${#body}" "$body" >&3
  head -n 1 <&3 | cut -d ' ' -f 2
  exec 3<&-
}

port_in() { sed -n "s|.*$2:\([0-9]\{1,\}\).*|\1|p" "$folder/$1.log" | head -n 1; }
has_port() { [[ -n $(port_in "$1" "$2") ]]; }
is_ready() { [[ $(http GET "$1" /q/health/ready) == 200 ]]; }

# push EVENT_TYPE PAYLOAD: the status does not matter, only that the code has run once.
push() {
  local task=trainingtrainingtrain01 event data
  event=$(printf '{"eventId":"00000000-0000-5000-8000-000000000000","eventType":"%s","taskId":"%s","traceId":"0123456789abcdef0123456789abcdef","timestamp":1,"source":"edge","payload":%s,"run":1,"schemaVersion":1}' \
    "$1" "$task" "$2")
  data=$(printf '%s' "$event" | base64 -w 0)
  http POST "$port" / "$(printf '{"message":{"data":"%s","messageId":"1","attributes":{"eventType":"%s","taskId":"%s","traceparent":"00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"}},"subscription":"projects/in-local/subscriptions/training","deliveryAttempt":1}' \
    "$data" "$1" "$task")"
}

java -Xmx512m -XX:+UseSerialGC -cp "$cloud/*:$cloud/lib/*" dev.in.emulator.Main \
  --identity training@in-local.iam.gserviceaccount.com >"$folder/cloud.log" 2>&1 &
await 180 "the local cloud does not start" has_port cloud "ready http://localhost"
host=localhost:$(port_in cloud "ready http://localhost")
topics=$(sed -n '/^topics:/,/^[^ #]/s/^  \([a-z-]*\):.*/\1/p' "$here/topology.yaml")
for topic in $topics; do
  http PUT "${host#*:}" "/v1/projects/in-local/topics/$topic" '{}' >"$folder/topic.status"
done

# The heap is that of an instance, whatever memory the builder has: above some 32 GB of heap the JVM gives
# up compressed pointers, and a small instance refuses a cache that was made without them.
#
# Pub/Sub's own variables, with which the clients go to the local cloud; nobody checks a token.
env PORT=0 GOOGLE_CLOUD_PROJECT=in-local IN_IMAGES_BUCKET=in-local-images IN_PUSH_AUTH=none \
  PUBSUB_EMULATOR_HOST="$host" FIRESTORE_EMULATOR_HOST="$host" VISION_EMULATOR_HOST="$host" \
  STORAGE_EMULATOR_HOST="http://$host" \
  GCE_METADATA_HOST="$(sed -n 's|^identity [^ ]* ||p' "$folder/cloud.log" | head -n 1)" \
  IN_EDGE_URL="http://$host" IN_EDGE_AUDIENCE=training \
  java @"$here/jvm.options" -Xmx300m -XX:AOTCacheOutput="$cache" -jar quarkus-run.jar \
  >"$folder/function.log" 2>&1 &
trained=$!
await 180 "the function does not start" has_port function "Listening on: http://[^:]*"
port=$(port_in function "Listening on: http://[^:]*")
await 180 "the function does not get ready" is_ready "$port"

object='{"bucket":"in-local-images","name":"tasks/trainingtrainingtrain01/1/original","generation":1}'
stored="{\"object\":$object,\"contentType\":\"image/png\",\"sizeBytes\":1,\"sha256\":\"$(printf '0%.0s' {1..64})\",\"features\":[\"text\"]"
# Each function gets everything, its own messages among them and others that it refuses.
push download.requested '{"input":{"imageUrl":"https://127.0.0.1/a.png"},"features":["text"]}'
push metadata.requested "$stored}"
push ai.requested "$stored,\"width\":1,\"height\":1}"
push task.failed '{"stage":"download","code":"internal","message":"training"}'
push nobody.knows '{}'
http GET "$port" /q/metrics

kill -TERM "$trained"
wait "$trained" || true # 143
[[ -s $cache ]] || { cat "$folder/function.log" >&2; echo "train: no cache was written" >&2; exit 1; }
echo "trained $function: $(du -h "$cache" | cut -f 1)"
