variable "project_id" {
  description = "The Google Cloud project; it exists, with billing."
  type        = string
}

variable "more_apis" {
  description = "Further APIs to switch on, such as vision.googleapis.com where a function needs it."
  type        = list(string)
  default     = []
}
