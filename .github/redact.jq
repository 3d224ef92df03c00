# Terraform's state as pull requests may read it: the same resources, and "secret" in the place of each
# secret. What is derived from them stays equal to its source, so that a plan shows no change.
def secret: "secret";

walk(
  if type != "object" then .
  else
    # Keys of service accounts, in base64.
    (if has("private_key") and .private_key != null then .private_key = (secret | @base64) else . end)
    # Passwords.
    | (if has("bcrypt_hash") then .bcrypt_hash = secret | .result = secret else . end)
    | (if .secret_data? != null then .secret_data = secret else . end)
    # A Worker's secrets: CLIENT_SECRETS is what a plan without them makes of it.
    | (if .type? == "secret_text" then .text = (if .name == "CLIENT_SECRETS" then "{}" else secret end) else . end)
  end
)
| .outputs |= with_entries(select(.value.sensitive != true))
