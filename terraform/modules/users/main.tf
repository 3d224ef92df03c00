# Identity Platform: the issuer of the ID tokens that users bring to the edge.
resource "google_identity_platform_config" "users" {
  project                    = var.project_id
  authorized_domains         = var.domains
  autodelete_anonymous_users = true

  sign_in {
    allow_duplicate_emails = false

    email {
      enabled           = true
      password_required = true
    }
    anonymous {
      enabled = false
    }
    phone_number {
      enabled = false
    }
  }

  # Until it is opened, users are made by an administrator.
  client {
    permissions {
      disabled_user_signup   = !var.self_sign_up
      disabled_user_deletion = false
    }
  }

  monitoring {
    request_logging {
      enabled = true
    }
  }
}
