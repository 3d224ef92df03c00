variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "account_id" {
  description = "The service account's name before the @."
  type        = string
}

variable "members" {
  description = "Who may impersonate it, in IAM's words."
  type        = set(string)
}
