#!/usr/bin/env bash
# A new revision gets a share of the requests first.
#   canary.sh begin          prints Terraform's variable `canary`: who serves each function now
#   canary.sh watch FILE     fails if the new revisions fail more often than those in FILE, or the probe does
#   canary.sh forward FILE   all requests to the new revisions
#   canary.sh back FILE      all requests to those in FILE
# In terraform/, after its apply but for `begin`. IN_EDGE and IN_TOKEN are the probe's, if there is one.
set -euo pipefail

here=$(dirname "$0")

begin() {
  gcloud run services list --format json | jq '{canary: {percent: 5, stable: (
    [.[] | {key: .metadata.name, value: (.status.traffic | max_by(.percent).revisionName)}] | from_entries
  )}}'
}

# Calls a command with function, region and stable revision of each that has one.
each() {
  terraform output -json functions_serving |
    jq --raw-output --slurpfile file "$2" 'to_entries[]
      | select($file[0].canary.stable[.key]) | "\(.key) \(.value.region) \($file[0].canary.stable[.key])"' |
    while read -r function region stable; do "$1" "$function" "$region" "$stable" </dev/null; done
}

forward() { gcloud run services update-traffic "$1" --region "$2" --to-latest; }
back() { gcloud run services update-traffic "$1" --region "$2" --to-revisions "$3=100"; }

# Requests since the start, by function, revision and class of the answer.
requests() {
  local now
  now=$(date +%s)
  curl --fail --silent --show-error --get "https://monitoring.googleapis.com/v3/projects/$(gcloud config get-value project)/timeSeries" \
    --header "Authorization: Bearer $(gcloud auth print-access-token)" \
    --data-urlencode 'filter=resource.type="cloud_run_revision" AND metric.type="run.googleapis.com/request_count"' \
    --data-urlencode "interval.startTime=$(date --utc --date="@$1" +%FT%TZ)" \
    --data-urlencode "interval.endTime=$(date --utc --date="@$now" +%FT%TZ)" \
    --data-urlencode "aggregation.alignmentPeriod=$((now - $1 < 60 ? 60 : now - $1))s" \
    --data-urlencode aggregation.perSeriesAligner=ALIGN_DELTA \
    --data-urlencode aggregation.crossSeriesReducer=REDUCE_SUM \
    --data-urlencode aggregation.groupByFields=resource.label.service_name \
    --data-urlencode aggregation.groupByFields=resource.label.revision_name \
    --data-urlencode aggregation.groupByFields=metric.label.response_code_class
}

watch() {
  local start end
  start=$(date +%s)
  end=$((start + CANARY_SECONDS))
  while :; do
    [[ -z ${IN_TOKEN:-} ]] || node modules/probe/probe.mjs
    requests "$start" | jq --raw-output --slurpfile file "$1" --from-file "$here/canary.jq"
    [[ $(date +%s) -lt $end ]] || break
    sleep $((CANARY_SECONDS < 60 ? CANARY_SECONDS : 60))
  done
}

case $1 in
begin) begin ;;
watch) watch "$2" ;;
forward | back) each "$1" "$2" ;;
*) exit 2 ;;
esac
