#!/usr/bin/env bash
# serves.sh FUNCTION REGION IMAGE: fails unless all requests of the function go to a revision of that image.
set -euo pipefail

function=$1 region=$2 image=$3
service=$(gcloud run services describe "$function" --region "$region" --format json)
revision=$(jq --raw-output '.status.traffic[] | select(.percent == 100) | .revisionName' <<<"$service")
if [[ -z $revision ]]; then
  echo "$function: requests are split: $(jq --compact-output .status.traffic <<<"$service")" >&2
  exit 1
fi
serving=$(gcloud run revisions describe "$revision" --region "$region" --format json |
  jq --raw-output '.spec.containers[0].image')
if [[ $serving != "$image" ]]; then
  echo "$function: $revision serves $serving, and $image was deployed" >&2
  exit 1
fi
echo "$function: $revision serves what was deployed"
