variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "repository" {
  description = "GitHub repository, as owner/name."
  type        = string
}

variable "repository_id" {
  description = "Its number: gh api repos/OWNER/NAME --jq .id"
  type        = string

  validation {
    condition     = can(regex("^[0-9]+$", var.repository_id))
    error_message = "The repository's number, not its name."
  }
}

variable "branch" {
  description = "The branch whose images are pushed."
  type        = string
  default     = "main"
}

variable "plan_environment" {
  description = "GitHub environment of the jobs that plan."
  type        = string
  default     = "plan"
}

variable "deploy_environment" {
  description = "GitHub environment of the job that applies; its required reviewers are the approval."
  type        = string
  default     = "production"
}

variable "review_environment" {
  description = "GitHub environment of the job that plans pull requests."
  type        = string
  default     = "review"
}

variable "acts_as" {
  description = "Accounts that what is deployed runs as, by a name of one's own choice: the deployer may act as these."
  type        = map(string)
}

variable "replaces_keys_of" {
  description = "Accounts that have keys, by a name of one's own choice: the deployer replaces them."
  type        = map(string)
}

variable "state_bucket" {
  description = "Bucket of Terraform's state."
  type        = string
}

variable "grantable_roles" {
  description = "Roles at the project that the pipeline may grant: those of the functions. IAM takes ten at most."
  type        = set(string)

  validation {
    condition     = length(var.grantable_roles) <= 10
    error_message = "IAM takes at most ten roles in such a condition."
  }
}
