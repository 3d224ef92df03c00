variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "retention_days" {
  description = "For how long lines are kept."
  type        = number
}

variable "requests" {
  description = "Whether Cloud Run's line of each request that succeeded is kept."
  type        = bool
}
