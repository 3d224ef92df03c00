variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "name" {
  description = "The bucket's name, unique in all of Cloud Storage."
  type        = string
}

variable "location" {
  description = "Where images lie; cannot be changed later."
  type        = string
}

variable "keep_days" {
  description = "After how many days an image is deleted."
  type        = number
}

variable "soft_delete_days" {
  description = "For how many days a deleted image can be brought back: 0, or 7 to 90."
  type        = number
  default     = 7

  validation {
    condition     = var.soft_delete_days == 0 || (var.soft_delete_days >= 7 && var.soft_delete_days <= 90)
    error_message = "Cloud Storage takes 0, or 7 to 90 days."
  }
}

variable "origins" {
  description = "Origins of pages that put and read images: the edge's."
  type        = list(string)
}

variable "labels" {
  description = "Labels of the bucket."
  type        = map(string)
  default     = {}
}
