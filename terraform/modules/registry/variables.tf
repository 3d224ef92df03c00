variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the repository: the functions'."
  type        = string
}

variable "name" {
  description = "Name of the repository."
  type        = string
  default     = "in"
}

variable "writers" {
  description = "Emails of accounts that may push images, by a name of one's own choice."
  type        = map(string)
  default     = {}
}

variable "labels" {
  description = "Labels of the repository."
  type        = map(string)
  default     = {}
}
