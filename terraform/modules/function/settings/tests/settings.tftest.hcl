variables {
  project_id    = "in-test"
  images_bucket = "images"
  needs         = ["write-tasks"]
  push          = { auth = "oidc", account = "push@in-test.iam.gserviceaccount.com", audience = "in-push" }
  edge_url      = "https://in.example.com"
}

run "a_function_that_checks_tokens_knows_their_audience" {
  command = plan
  assert {
    condition = jsonencode(output.env) == jsonencode({
      GOOGLE_CLOUD_PROJECT = "in-test"
      IN_IMAGES_BUCKET     = "images"
      IN_PUSH_AUTH         = "oidc"
      IN_PUSH_ACCOUNT      = "push@in-test.iam.gserviceaccount.com"
      IN_PUSH_AUDIENCE     = "in-push"
    })
    error_message = "Not these: ${jsonencode(output.env)}"
  }
}

run "where_cloud_run_checks_the_function_compares_the_account_alone" {
  command = plan
  variables {
    push = { auth = "iam", account = "push@in-test.iam.gserviceaccount.com", audience = "in-push" }
  }
  assert {
    condition     = output.env["IN_PUSH_AUTH"] == "iam" && !contains(keys(output.env), "IN_PUSH_AUDIENCE")
    error_message = "Not these: ${jsonencode(output.env)}"
  }
}

run "nobody_checking_is_refused" {
  command = plan
  variables {
    push = { auth = "none", account = "push@in-test.iam.gserviceaccount.com", audience = "in-push" }
  }
  expect_failures = [var.push]
}

run "only_who_answers_operators_knows_them" {
  command = plan
  variables {
    operator_account = "operator@in-test.iam.gserviceaccount.com"
  }
  assert {
    condition     = output.env["IN_OPERATOR_SERVICE_ACCOUNT"] == "operator@in-test.iam.gserviceaccount.com"
    error_message = "Not these: ${jsonencode(output.env)}"
  }
}

run "only_who_calls_the_edge_knows_it" {
  command = plan
  variables {
    needs = ["read-tasks", "edge"]
  }
  assert {
    condition     = output.env["IN_EDGE_URL"] == "https://in.example.com" && output.env["IN_EDGE_AUDIENCE"] == "https://in.example.com"
    error_message = "Not these: ${jsonencode(output.env)}"
  }
  assert {
    condition     = jsonencode(keys(output.project_roles)) == jsonencode(["roles/datastore.viewer"]) && length(output.bucket_roles) == 0
    error_message = "sync reads tasks and nothing else: ${jsonencode(output.project_roles)}"
  }
}

run "who_writes_images_writes_to_the_tasks_folder_alone" {
  command = plan
  variables {
    needs = ["write-tasks", "read-images", "write-images"]
  }
  assert {
    condition     = output.project_roles["roles/datastore.user"].expression == "resource.name == \"projects/in-test/databases/(default)\""
    error_message = "Another database than iN's: ${jsonencode(output.project_roles)}"
  }
  assert {
    condition     = output.bucket_roles["roles/storage.objectViewer"] == null
    error_message = "Reading is for the whole bucket: uploads and tasks."
  }
  assert {
    condition     = output.bucket_roles["roles/storage.objectUser"].expression == "resource.name.startsWith(\"projects/_/buckets/images/objects/tasks/\")"
    error_message = "Uploads are written by users alone: ${jsonencode(output.bucket_roles)}"
  }
}

run "who_deletes_images_does_so_in_both_folders" {
  command = plan
  variables {
    needs = ["write-tasks", "read-images", "delete-images"]
  }
  assert {
    condition     = output.bucket_roles["roles/storage.objectUser"].expression == "resource.name.startsWith(\"projects/_/buckets/images/objects/tasks/\") || resource.name.startsWith(\"projects/_/buckets/images/objects/uploads/\")"
    error_message = "Uploads go with their tasks: ${jsonencode(output.bucket_roles)}"
  }
}

run "vision_takes_no_role_but_reads_the_image_with_ours" {
  command = plan
  variables {
    needs = ["write-tasks", "read-images", "vision"]
  }
  assert {
    condition     = jsonencode(keys(output.bucket_roles)) == jsonencode(["roles/storage.objectViewer"])
    error_message = "Not these: ${jsonencode(output.bucket_roles)}"
  }
}

run "a_need_without_rights_is_refused" {
  command = plan
  variables {
    needs = ["foresight"]
  }
  expect_failures = [var.needs]
}

run "spans_go_where_a_collector_is" {
  command = plan
  variables {
    traces_endpoint = "https://collector.example.com"
  }
  assert {
    condition     = output.env["OTEL_EXPORTER_OTLP_ENDPOINT"] == "https://collector.example.com"
    error_message = "Not these: ${jsonencode(output.env)}"
  }
}

run "an_environment_may_say_more" {
  command = plan
  variables {
    extra = { IN_DOWNLOAD_MAX_SIZE = "20M" }
  }
  assert {
    condition     = output.env["IN_DOWNLOAD_MAX_SIZE"] == "20M"
    error_message = "Not these: ${jsonencode(output.env)}"
  }
}

run "what_terraform_knows_cannot_be_said_otherwise" {
  command = plan
  variables {
    extra = { IN_PUSH_AUTH = "none" }
  }
  expect_failures = [var.extra]
}

run "what_is_for_tests_is_refused" {
  command = plan
  variables {
    extra = { IN_FETCH_ALLOW = "127.0.0.1:80" }
  }
  expect_failures = [var.extra]
}
