variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the job: the functions'."
  type        = string
}

variable "function" {
  description = "Name of the function that is called."
  type        = string
}

variable "uri" {
  description = "The function's address."
  type        = string
}

variable "path" {
  description = "What is called there."
  type        = string
}

variable "schedule" {
  description = "When, in Cloud Scheduler's words."
  type        = string
}

variable "request_timeout" {
  description = "Cloud Run's, as 120s."
  type        = string
}

variable "push_account" {
  description = "Email of the account whose ID token the call carries."
  type        = string
}

variable "push_audience" {
  description = "Audience of that token."
  type        = string
}
