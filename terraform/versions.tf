terraform {
  # 1.11: write-only arguments keep the edge's keys out of one more place in the state.
  required_version = ">= 1.11"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.30"
    }
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "~> 5.24"
    }
    time = {
      source  = "hashicorp/time"
      version = "~> 0.13"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }

  # terraform init -backend-config="bucket=…": a bucket of its own, private and with versions, since the
  # state holds the edge's keys.
  backend "gcs" {
    prefix = "in"
  }
}

provider "google" {
  project = var.project_id
  region  = var.region
  # The budget's API asks for a project that pays for the call.
  user_project_override = true
  billing_project       = var.project_id
}

# Its token comes from CLOUDFLARE_API_TOKEN.
provider "cloudflare" {}
