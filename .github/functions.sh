#!/bin/sh
# The functions of the topology as `names=["ai", …]`, for a workflow's matrix.
set -eu
yq --output-format=json --indent=0 '{"names": (.functions | keys)}' \
  "$(dirname "$0")/../common-events/src/main/resources/topology.yaml" |
  jq --raw-output '"names=" + (.names | tostring)'
