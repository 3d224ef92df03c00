# Of a plan (`terraform show -json`), the changes that the pipeline's deployer has no rights for: printed as
# an error, where there are any. docs/operations/changes.md says what a person does.
def people_only:
  (.address | startswith("module.pipeline"))
  or (.type | IN(
    "google_service_account",
    "google_service_account_iam_member",
    "google_iam_workload_identity_pool",
    "google_iam_workload_identity_pool_provider",
    "google_project_iam_custom_role"
  ));

[
  .resource_changes[]?
  | select(.change.actions != ["no-op"] and .change.actions != ["read"])
  | select(people_only)
  | "\(.change.actions | join(" and ")) \(.address)"
]
| if length > 0 then (["a person applies these first:"] + . + [""] | join("\n") | halt_error(1))
  else "nothing here is for people alone"
  end
