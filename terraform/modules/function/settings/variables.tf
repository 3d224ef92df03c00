variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "images_bucket" {
  description = "Name of the bucket of images."
  type        = string
}

variable "database" {
  description = "Firestore database."
  type        = string
  default     = "(default)"
}

variable "needs" {
  description = "What the function may use beside topics, as topology.yaml names it."
  type        = set(string)

  validation {
    condition = length(setsubtract(var.needs, [
      "read-tasks", "write-tasks", "read-images", "write-images", "delete-images", "write-mails", "write-history", "vision", "edge",
    ])) == 0
    error_message = "A need that no rights are made of yet."
  }
}

variable "push" {
  description = "Who checks a push's token (auth: `oidc` the function, `iam` Cloud Run), the account that pushes, and the audience of its tokens."
  type = object({
    auth     = string
    account  = string
    audience = string
  })

  validation {
    condition     = contains(["oidc", "iam"], var.push.auth)
    error_message = "Somebody must check: oidc or iam."
  }
}

variable "operator_account" {
  description = "Email of the account whose calls for operators it answers; null where it answers none."
  type        = string
  default     = null
}

variable "edge_url" {
  description = "The edge's address, which is also the audience of sync's tokens."
  type        = string
}

variable "traces_endpoint" {
  description = "URL of the OpenTelemetry collector that spans are sent to; null for none."
  type        = string
  default     = null
}

variable "extra" {
  description = "Further settings of the function, by the names that docs/operations.md lists."
  type        = map(string)
  default     = {}

  validation {
    condition = length(setintersection(keys(var.extra), [
      "GOOGLE_CLOUD_PROJECT", "IN_IMAGES_BUCKET", "IN_PUSH_AUTH", "IN_PUSH_ACCOUNT", "IN_PUSH_AUDIENCE",
      "IN_OPERATOR_SERVICE_ACCOUNT", "IN_EDGE_URL", "IN_EDGE_AUDIENCE", "OTEL_EXPORTER_OTLP_ENDPOINT",
    ])) == 0
    error_message = "What Terraform knows itself cannot be set by hand."
  }
  validation {
    # A function on Cloud Run refuses to start with these (dev.in.core.startup.ProductionGuard).
    condition = length(setintersection(keys(var.extra), [
      "PUBSUB_EMULATOR_HOST", "FIRESTORE_EMULATOR_HOST", "STORAGE_EMULATOR_HOST", "VISION_EMULATOR_HOST",
      "IN_AI_VISION_HOST", "IN_FETCH_ALLOW", "IN_FETCH_CA", "IN_TIME_SCALE", "IN_CLOCK_OFFSET",
      "IN_OIDC_ISSUER", "QUARKUS_OIDC_TOKEN_ISSUER", "QUARKUS_OIDC_AUTH_SERVER_URL",
    ])) == 0
    error_message = "That is for tests alone."
  }
  validation {
    condition     = !contains(keys(var.extra), "PORT") && !contains(keys(var.extra), "K_SERVICE")
    error_message = "Cloud Run sets that itself."
  }
}
