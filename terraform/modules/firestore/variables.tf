variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "name" {
  description = "The database."
  type        = string
  default     = "(default)"
}

variable "location" {
  description = "Where documents lie; cannot be changed later."
  type        = string
}

variable "point_in_time_recovery" {
  description = "Whether documents can be read as they were in the last seven days (stored versions are paid for)."
  type        = bool
  default     = true
}

variable "backup_days" {
  description = "For how many days each day's backup is kept; 0: none is made."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_days >= 0 && var.backup_days <= 98
    error_message = "Firestore keeps backups for up to 14 weeks."
  }
}

variable "collections" {
  description = "By collection group: fields that no query asks for, and the field with the time after which a document goes (not among the unindexed, since it is so anyway)."
  type = map(object({
    unindexed = optional(set(string), [])
    ttl       = optional(string)
  }))
}
