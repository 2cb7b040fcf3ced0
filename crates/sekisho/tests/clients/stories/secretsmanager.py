"""Secrets Manager: versions and their labels, keys, resource policies, deletion."""

import json

from story import (
    STAGING,
    TOOLS,
    allow,
    as_user,
    cli,
    client,
    denied,
    deny,
    move_clock,
    policy,
    refused,
    refused_cli,
    same,
    step,
)

secrets, kms = client("tools", "secretsmanager"), client("tools", "kms")
theirs = client("staging", "secretsmanager")
ALICE = f"arn:aws:iam::{TOOLS}:user/alice"
NO_IDENTITY = "because no identity-based policy allows the {} action"
NOT_FOUND = "Secrets Manager can't find the specified secret"


def given(*statements: dict) -> None:
    """Replaces what alice may do."""
    document = json.dumps(policy(*statements))
    client("tools", "iam").put_user_policy(UserName="alice", PolicyName="given", PolicyDocument=document)


def value(who=secrets, secret: str = "app/db", **which):
    answer = who.get_secret_value(SecretId=secret, **which)
    return answer.get("SecretString", answer.get("SecretBinary"))


def may_not(action: str, resource: str) -> str:
    return denied(ALICE, action, NO_IDENTITY.format(action), resource)


step("a secret is made, read and described")
made = secrets.create_secret(Name="app/db", SecretString="one", Description="the database", Tags=[{"Key": "env", "Value": "dev"}])
ARN, ONE = made["ARN"], made["VersionId"]
assert ARN.startswith(f"arn:aws:secretsmanager:us-east-1:{TOOLS}:secret:app/db-"), ARN
got = secrets.get_secret_value(SecretId="app/db")
same("got", (got["SecretString"], got["VersionId"], got["VersionStages"]), ("one", ONE, ["AWSCURRENT"]))
same("by its ARN, and by the part that one knows", (value(secret=ARN), value(secret=ARN[:-7])), ("one", "one"))
told = secrets.describe_secret(SecretId="app/db")
same("told", (told["Name"], told["Description"], told["Tags"]), ("app/db", "the database", [{"Key": "env", "Value": "dev"}]))
assert "KmsKeyId" not in told, "AWS's own key is not told"
same("by the CLI", cli("tools", "secretsmanager", "get-secret-value", "--secret-id", "app/db")["SecretString"], "one")
refused("ResourceExistsException", "The operation failed because the secret app/db already exists.",
        secrets.create_secret, Name="app/db", SecretString="x")
refused("ResourceNotFoundException", f"{NOT_FOUND}.", secrets.get_secret_value, SecretId="none", status=400)
both = "You can't specify both a binary secret value and a string secret value in the same secret."
refused("InvalidParameterException", both, secrets.create_secret, Name="both", SecretString="x", SecretBinary=b"y")

step("versions and their labels: current, previous, pending")
TWO = secrets.put_secret_value(SecretId="app/db", SecretString="two")["VersionId"]
same("current and previous", (value(), value(VersionStage="AWSPREVIOUS")), ("two", "one"))
THREE = "0123456789abcdef0123456789abcdef"
pending = {"SecretId": "app/db", "SecretBinary": b"three", "VersionStages": ["AWSPENDING"], "ClientRequestToken": THREE}
same("pending", secrets.put_secret_value(**pending)["VersionStages"], ["AWSPENDING"])
same("told twice", secrets.put_secret_value(**pending)["VersionId"], THREE)
refused("ResourceExistsException", f"You can't use ClientRequestToken {THREE} because that value is already in use for a version "
        f"of secret {ARN}.", secrets.put_secret_value, SecretId="app/db", SecretString="x", ClientRequestToken=THREE)
same("not current", (value(), value(VersionStage="AWSPENDING")), ("two", b"three"))
move = {"SecretId": "app/db", "VersionStage": "AWSCURRENT", "MoveToVersionId": THREE}
refused("InvalidParameterException", "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently "
        f"attached to version {TWO}, so you must explicitly reference that version in RemoveFromVersionId.",
        secrets.update_secret_version_stage, **move)
secrets.update_secret_version_stage(**move, RemoveFromVersionId=TWO)
stages = {TWO: ["AWSPREVIOUS"], THREE: ["AWSCURRENT", "AWSPENDING"]}
same("stages", secrets.describe_secret(SecretId="app/db")["VersionIdsToStages"], stages)
listed = secrets.list_secret_version_ids(SecretId="app/db", IncludeDeprecated=True)["Versions"]
same("versions", sorted(one["VersionId"] for one in listed), sorted([ONE, TWO, THREE]))
refused("ResourceNotFoundException", f"{NOT_FOUND} value for staging label: NEXT", secrets.get_secret_value,
        SecretId="app/db", VersionStage="NEXT")
absent = "f" * 32
refused("ResourceNotFoundException", f"{NOT_FOUND} value for VersionId: {absent}", secrets.get_secret_value,
        SecretId="app/db", VersionId=absent)
secrets.update_secret(SecretId="app/db", SecretString="four")
same("updated", (value(), value(VersionStage="AWSPREVIOUS")), ("four", b"three"))

step("who has no policy is refused, existing or not")
alice = as_user("tools", "alice")
hers = client(alice, "secretsmanager")
refused("AccessDeniedException", may_not("secretsmanager:GetSecretValue", "app/db"), hers.get_secret_value, SecretId="app/db", status=400)
refused("AccessDeniedException", may_not("secretsmanager:GetSecretValue", ARN), hers.get_secret_value, SecretId=ARN)
refused("AccessDeniedException", may_not("secretsmanager:GetSecretValue", "none"), hers.get_secret_value, SecretId="none")
refused("AccessDeniedException", may_not("secretsmanager:CreateSecret", "new"), hers.create_secret, Name="new", SecretString="x")
refused("AccessDeniedException", may_not("secretsmanager:DeleteSecret", "app/db"), hers.delete_secret, SecretId="app/db")
refused_cli(alice, "AccessDeniedException", may_not("secretsmanager:ListSecrets", None), "secretsmanager", "list-secrets")

step("many at once: each is asked for itself")
for number in range(3):
    secrets.create_secret(Name=f"batch/{number}", SecretString=str(number))
batch = secrets.batch_get_secret_value(SecretIdList=["batch/0", "batch/1", "none"])
same("values", [one["SecretString"] for one in batch["SecretValues"]], ["0", "1"])
same("errors", batch["Errors"], [{"SecretId": "none", "ErrorCode": "ResourceNotFoundException", "Message": f"{NOT_FOUND}."}])
by_name = [{"Key": "name", "Values": ["batch/"]}]
page = secrets.batch_get_secret_value(Filters=by_name, MaxResults=2)
rest = secrets.batch_get_secret_value(Filters=by_name, MaxResults=2, NextToken=page["NextToken"])
same("pages", (len(page["SecretValues"]), [one["Name"] for one in rest["SecretValues"]]), (2, ["batch/2"]))
pages = secrets.get_paginator("list_secrets").paginate(PaginationConfig={"PageSize": 2})
same("all", [one["Name"] for page in pages for one in page["SecretList"]], ["app/db", "batch/0", "batch/1", "batch/2"])
given(allow("secretsmanager:BatchGetSecretValue"), allow("secretsmanager:GetSecretValue", f"{ARN[:-13]}batch/1-??????"))
batch = hers.batch_get_secret_value(SecretIdList=["batch/0", "batch/1"])
same("hers", [one["Name"] for one in batch["SecretValues"]], ["batch/1"])
same("not hers", (batch["Errors"][0]["ErrorCode"], batch["Errors"][0]["Message"]),
     ("AccessDeniedException", may_not("secretsmanager:GetSecretValue", "batch/0")))

step("tags and labels as conditions")
tagged = {"StringEquals": {"aws:ResourceTag/env": "dev", "secretsmanager:VersionStage": "AWSCURRENT"}}
given(allow("secretsmanager:GetSecretValue", Condition=tagged))
same("tagged", value(hers, VersionStage="AWSCURRENT"), "four")
text = may_not("secretsmanager:GetSecretValue", "app/db")
refused("AccessDeniedException", text, hers.get_secret_value, SecretId="app/db", VersionStage="AWSPREVIOUS")
secrets.untag_resource(SecretId="app/db", TagKeys=["env"])
refused("AccessDeniedException", text, hers.get_secret_value, SecretId="app/db", VersionStage="AWSCURRENT")

step("a key of one's own: without it the secret is of no use")
KEY = kms.create_key()["KeyMetadata"]["Arn"]
OWN = secrets.create_secret(Name="own", SecretString="sealed", KmsKeyId=KEY)["ARN"]
same("told", secrets.describe_secret(SecretId="own")["KmsKeyId"], KEY)
given(allow("secretsmanager:*"))
refused("AccessDeniedException", "Access to KMS is not allowed", hers.get_secret_value, SecretId="own", status=400)
refused("AccessDeniedException", "Access to KMS is not allowed", hers.put_secret_value, SecretId="own", SecretString="x")
via = {"StringEquals": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}}
given(allow("secretsmanager:*"), allow("kms:Decrypt", KEY, Condition=via))
same("hers", value(hers, "own"), "sealed")
refused("AccessDeniedException", "Access to KMS is not allowed", hers.put_secret_value, SecretId="own", SecretString="x")
kms.disable_key(KeyId=KEY)
refused("DecryptionFailure", f"{KEY} is disabled.", secrets.get_secret_value, SecretId="own", status=400)
refused("EncryptionFailure", f"{KEY} is disabled.", secrets.put_secret_value, SecretId="own", SecretString="x")
kms.enable_key(KeyId=KEY)

step("another account: the secret's policy, the key's policy, and its own")


def shared(effect, principal: str) -> str:
    return json.dumps(policy(effect("secretsmanager:GetSecretValue", Principal={"AWS": principal})))


STRANGER = f"arn:aws:iam::{STAGING}:user/admin"
silent = "because no resource-based policy allows the secretsmanager:GetSecretValue action"
outside = denied(STRANGER, "secretsmanager:GetSecretValue", silent, OWN)
refused("AccessDeniedException", outside, theirs.get_secret_value, SecretId=OWN)
secrets.put_resource_policy(SecretId="own", ResourcePolicy=shared(allow, STRANGER), BlockPublicPolicy=True)
same("as put", secrets.get_resource_policy(SecretId="own")["ResourcePolicy"], shared(allow, STRANGER))
refused("AccessDeniedException", "Access to KMS is not allowed", theirs.get_secret_value, SecretId=OWN)
root = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{TOOLS}:root"})
kms.put_key_policy(KeyId=KEY, Policy=json.dumps(policy(root, allow("kms:Decrypt", Principal={"AWS": STAGING}))))
same("theirs", value(theirs, OWN), "sealed")
secrets.put_resource_policy(SecretId="app/db", ResourcePolicy=shared(allow, STRANGER))
refused("AccessDeniedException", "Access to KMS is not allowed", theirs.get_secret_value, SecretId=ARN)
refused("ResourceNotFoundException", f"{NOT_FOUND}.", theirs.get_secret_value, SecretId="own")

step("a resource policy denies, and one that opens to all is refused")
secrets.put_resource_policy(SecretId="app/db", ResourcePolicy=shared(deny, ALICE))
text = denied(ALICE, "secretsmanager:GetSecretValue", "with an explicit deny in a resource-based policy", ARN)
refused("AccessDeniedException", text, hers.get_secret_value, SecretId=ARN)
secrets.delete_resource_policy(SecretId="app/db")
same("again", value(hers), "four")
refused("MalformedPolicyDocumentException", "This resource policy contains an unsupported principal.",
        secrets.put_resource_policy, SecretId="own", ResourcePolicy=shared(allow, f"arn:aws:iam::{TOOLS}:role/none"))
refused("PublicPolicyException", "You can't attach a resource-based policy that allows broad access to the secret.",
        secrets.put_resource_policy, SecretId="own", ResourcePolicy=shared(allow, "*"), BlockPublicPolicy=True)

step("deleted, called back, and gone")
window = "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."
refused("InvalidParameterException", window, secrets.delete_secret, SecretId="batch/0", RecoveryWindowInDays=3)
secrets.delete_secret(SecretId="batch/0", RecoveryWindowInDays=7)
marked = "You can't perform this operation on the secret because it was marked for deletion."
refused("InvalidRequestException", marked, secrets.get_secret_value, SecretId="batch/0")
refused("InvalidRequestException", "You can't create this secret because a secret with this name is already scheduled for deletion.",
        secrets.create_secret, Name="batch/0", SecretString="x")
assert "DeletedDate" in secrets.describe_secret(SecretId="batch/0")
secrets.restore_secret(SecretId="batch/0")
same("restored", value(secret="batch/0"), "0")
secrets.delete_secret(SecretId="batch/0", RecoveryWindowInDays=7)
secrets.delete_secret(SecretId="batch/1", ForceDeleteWithoutRecovery=True)
refused("ResourceNotFoundException", f"{NOT_FOUND}.", secrets.describe_secret, SecretId="batch/1")
move_clock("8d")
refused("ResourceNotFoundException", f"{NOT_FOUND}.", secrets.restore_secret, SecretId="batch/0")
same("a password", len(secrets.get_random_password(PasswordLength=20, ExcludePunctuation=True)["RandomPassword"]), 20)
