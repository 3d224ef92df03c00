# GitHub Actions signs in by Workload Identity Federation: no key of Google Cloud is stored there.

resource "google_iam_workload_identity_pool" "pipeline" {
  project                   = var.project_id
  workload_identity_pool_id = "pipeline"
  display_name              = "iN's pipeline"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.pipeline.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  display_name                       = "GitHub Actions"

  # By number: a name can be given up and taken by somebody else. What runs on another branch than the
  # main one gets as far as the reviewer, whatever its workflow says.
  attribute_condition = "assertion.repository_id == \"${var.repository_id}\" && (assertion.ref == \"refs/heads/${var.branch}\" || assertion.sub == \"${local.subjects.reviewer}\")"
  attribute_mapping = {
    "google.subject"       = "assertion.sub"
    "attribute.repository" = "assertion.repository"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

locals {
  # https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
  subjects = {
    builder  = "repo:${var.repository}:ref:refs/heads/${var.branch}"
    planner  = "repo:${var.repository}:environment:${var.plan_environment}"
    deployer = "repo:${var.repository}:environment:${var.deploy_environment}"
    reviewer = "repo:${var.repository}:environment:${var.review_environment}"
  }
  does = {
    builder  = "pushes images, from the main branch alone"
    planner  = "reads everything to plan, in the environment ${var.plan_environment} alone"
    deployer = "applies, in the environment ${var.deploy_environment} alone, which asks for approval"
    reviewer = "plans pull requests, in the environment ${var.review_environment} alone, from a state without secrets"
  }
}

resource "google_service_account" "pipeline" {
  for_each     = local.subjects
  project      = var.project_id
  account_id   = "pipeline-${each.key}"
  display_name = "iN's pipeline: ${each.key}"
  description  = local.does[each.key]
}

resource "google_service_account_iam_member" "github" {
  for_each           = local.subjects
  service_account_id = google_service_account.pipeline[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principal://iam.googleapis.com/${google_iam_workload_identity_pool.pipeline.name}/subject/${each.value}"
}
