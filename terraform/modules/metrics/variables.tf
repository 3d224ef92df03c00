variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "labels" {
  description = "Labels of the secret."
  type        = map(string)
  default     = {}
}
