# The account that people impersonate who command tasks. It has no right of its own but to invoke the
# function that answers operators; the edge and that function know it by its email.

resource "google_service_account" "operator" {
  project      = var.project_id
  account_id   = var.account_id
  display_name = "iN's operators"
  description  = "Impersonated by people who redrive, cancel and delete tasks"
}

# ID tokens and nothing else: no access token, no signature.
# https://cloud.google.com/iam/docs/service-account-permissions#oidc-token-creator-role
resource "google_service_account_iam_member" "members" {
  for_each           = var.members
  service_account_id = google_service_account.operator.name
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  member             = each.key
}
