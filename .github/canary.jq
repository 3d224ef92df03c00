# Of Monitoring's series of requests: an error, if a function's new revision answers more than a twentieth more of
# its requests with 5xx than the stable one ($file: Terraform's variable `canary`).
def share: if length == 0 then 0 else (map(select(.failed) | .count) | add // 0) / (map(.count) | add) end;

[ .timeSeries[]?
  | { service: .resource.labels.service_name, revision: .resource.labels.revision_name,
      failed: (.metric.labels.response_code_class == "5xx"),
      count: ([.points[].value.int64Value | tonumber] | add) } ]
| group_by(.service)
| map(
    $file[0].canary.stable[.[0].service] as $stable
    | select($stable)
    | { service: .[0].service,
        before: (map(select(.revision == $stable)) | share),
        now: (map(select(.revision != $stable)) | share) }
    | select(.now > .before + 0.05)
    | "\(.service): \(.now * 100 | round) % of the new revision's answers are 5xx, \(.before * 100 | round) % of the stable one's"
  )
| if length > 0 then (. + [""] | join("\n") | halt_error(1)) else "no function fails more often than before" end
