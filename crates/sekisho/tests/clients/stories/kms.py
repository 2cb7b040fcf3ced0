"""KMS: a key from its creation to its end, and all who may not use it on the way."""

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

NO_IDENTITY = "because no identity-based policy allows the {} action"
HIDDEN = (
    "because the resource does not exist in this Region, no resource-based policies allow access, "
    "or a resource-based policy explicitly denies access"
)
ALICE, BOB = f"arn:aws:iam::{TOOLS}:user/alice", f"arn:aws:iam::{STAGING}:user/bob"
ROOT = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{TOOLS}:root"}, Sid="Enable IAM User Permissions")

admin = client("tools", "kms")


def given(account: str, name: str, *statements: dict) -> None:
    """Replaces what a user may do."""
    document = json.dumps(policy(*statements))
    client(account, "iam").put_user_policy(UserName=name, PolicyName="given", PolicyDocument=document)


def under(key: str, *statements: dict) -> None:
    """Replaces a key's policy."""
    admin.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(policy(*statements)))


step("a key, its policy, its alias")
made = admin.create_key(Description="artifacts", Tags=[{"TagKey": "team", "TagValue": "build"}])["KeyMetadata"]
KEY, ARN = made["KeyId"], made["Arn"]
same("arn", ARN, f"arn:aws:kms:us-east-1:{TOOLS}:key/{KEY}")
expected = {
    "AWSAccountId": TOOLS, "Description": "artifacts", "Enabled": True, "KeyState": "Enabled",
    "KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
    "KeyUsage": "ENCRYPT_DECRYPT", "Origin": "AWS_KMS", "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
    "MultiRegion": False,
}
same("metadata", {name: made[name] for name in expected}, expected)
same("tags", admin.list_resource_tags(KeyId=KEY)["Tags"], [{"TagKey": "team", "TagValue": "build"}])
default = json.loads(admin.get_key_policy(KeyId=KEY)["Policy"])
same("default policy", default, {**policy(ROOT), "Id": "key-default-1"})
admin.create_alias(AliasName="alias/app", TargetKeyId=KEY)
same("by alias", admin.describe_key(KeyId="alias/app")["KeyMetadata"]["Arn"], ARN)
refused("AlreadyExistsException", f"An alias with the name arn:aws:kms:us-east-1:{TOOLS}:alias/app already exists",
        admin.create_alias, AliasName="alias/app", TargetKeyId=KEY)
refused("NotFoundException", f"Alias arn:aws:kms:us-east-1:{TOOLS}:alias/none is not found.",
        admin.describe_key, KeyId="alias/none")
refused("NotFoundException", "Invalid keyId 'none'", admin.describe_key, KeyId="none")
gone = "11111111-2222-3333-4444-555555555555"
refused("NotFoundException", f"Key '{ARN.replace(KEY, gone)}' does not exist", admin.describe_key, KeyId=gone)
refused("NotFoundException", "Invalid arn eu-west-1", admin.describe_key, KeyId=ARN.replace("us-east-1", "eu-west-1"))

step("what is encrypted comes back under the same context only")
context = {"purpose": "test", "Build": "1"}
sealed = admin.encrypt(KeyId="alias/app", Plaintext=b"hello", EncryptionContext=context)["CiphertextBlob"]
opened = admin.decrypt(CiphertextBlob=sealed, EncryptionContext=context)
same("opened", (opened["Plaintext"], opened["KeyId"], opened["EncryptionAlgorithm"]), (b"hello", ARN, "SYMMETRIC_DEFAULT"))
refused("InvalidCiphertextException", "", admin.decrypt, CiphertextBlob=sealed)
refused("InvalidCiphertextException", "", admin.decrypt, CiphertextBlob=sealed, EncryptionContext={"purpose": "test", "build": "1"})
refused("InvalidCiphertextException", "", admin.decrypt, CiphertextBlob=b"no ciphertext at all")
tampered = sealed[:-1] + bytes([sealed[-1] ^ 1])
refused("InvalidCiphertextException", "", admin.decrypt, CiphertextBlob=tampered, EncryptionContext=context)
data_key = admin.generate_data_key(KeyId=ARN, KeySpec="AES_256")
same("data key", admin.decrypt(CiphertextBlob=data_key["CiphertextBlob"])["Plaintext"], data_key["Plaintext"])
without = admin.generate_data_key_without_plaintext(KeyId=ARN, NumberOfBytes=17)
same("bytes", len(admin.decrypt(CiphertextBlob=without["CiphertextBlob"])["Plaintext"]), 17)
same("random", len(admin.generate_random(NumberOfBytes=32)["Plaintext"]), 32)
refused("ValidationException", "Please specify either number of bytes or key spec.", admin.generate_data_key, KeyId=ARN)
refused("ValidationException", "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: "
        "Member must have length less than or equal to 4096", admin.encrypt, KeyId=ARN, Plaintext=b"x" * 4097)

step("from one key to another")
OTHER = admin.create_key()["KeyMetadata"]["Arn"]
moved = admin.re_encrypt(CiphertextBlob=sealed, SourceEncryptionContext=context, DestinationKeyId=OTHER)
same("source", (moved["SourceKeyId"], moved["KeyId"]), (ARN, OTHER))
same("moved", admin.decrypt(CiphertextBlob=moved["CiphertextBlob"], KeyId=OTHER)["Plaintext"], b"hello")
refused("IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation.",
        admin.decrypt, CiphertextBlob=moved["CiphertextBlob"], KeyId=ARN)

step("who has no policy is refused, by boto3 and by the aws CLI")
alice = as_user("tools", "alice")
hers = client(alice, "kms")


def alice_may_not(action: str, why: str = NO_IDENTITY, resource: str = ARN) -> str:
    return denied(ALICE, action, why.format(action), resource)


unnamed = denied(ALICE, "kms:Decrypt on the resource associated with this ciphertext", NO_IDENTITY.format("kms:Decrypt"))
refused("AccessDeniedException", alice_may_not("kms:Encrypt"), hers.encrypt, KeyId="alias/app", Plaintext=b"x")
refused("AccessDeniedException", unnamed, hers.decrypt, CiphertextBlob=sealed, EncryptionContext=context)
refused("AccessDeniedException", alice_may_not("kms:Decrypt"), hers.decrypt, status=400,
        CiphertextBlob=sealed, EncryptionContext=context, KeyId=ARN)
refused("AccessDeniedException", alice_may_not("kms:CreateKey", resource="*"), hers.create_key)
refused_cli(alice, "AccessDeniedException", alice_may_not("kms:ListKeys", resource="*"), "kms", "list-keys")
refused_cli(alice, "AccessDeniedException", alice_may_not("kms:DisableKey"), "kms", "disable-key", "--key-id", KEY)

step("her policy asks for a context")
given("tools", "alice", allow("kms:Decrypt", ARN, Condition={"StringEquals": {"kms:EncryptionContext:purpose": "test"}}))
same("opened", hers.decrypt(CiphertextBlob=sealed, EncryptionContext=context)["Plaintext"], b"hello")
other_context = {"purpose": "production"}
elsewhere = admin.encrypt(KeyId=KEY, Plaintext=b"no", EncryptionContext=other_context)["CiphertextBlob"]
refused("AccessDeniedException", unnamed, hers.decrypt, CiphertextBlob=elsewhere, EncryptionContext=other_context)

step("the key's policy has the last word")
under(KEY, ROOT, deny("kms:Decrypt", Principal={"AWS": ALICE}))
given("tools", "alice", allow("kms:*"))
refused("AccessDeniedException", alice_may_not("kms:Decrypt", "with an explicit deny in a resource-based policy"),
        hers.decrypt, CiphertextBlob=sealed, EncryptionContext=context, KeyId=KEY)
under(OTHER, allow("kms:*", Principal={"AWS": f"arn:aws:iam::{TOOLS}:user/admin"}))
closed = alice_may_not("kms:Encrypt", "because no resource-based policy allows the {} action", OTHER)
refused("AccessDeniedException", closed, hers.encrypt, KeyId=OTHER, Plaintext=b"x")
nobody = allow("kms:Decrypt", Principal={"AWS": f"arn:aws:iam::{TOOLS}:role/none"})
refused("MalformedPolicyDocumentException", "Policy contains a statement with one or more invalid principals.",
        admin.put_key_policy, KeyId=KEY, Policy=json.dumps(policy(ROOT, nobody)))
hers_alone = policy(allow("kms:*", Principal={"AWS": ALICE}))
refused("MalformedPolicyDocumentException", "The new key policy will not allow you to update the key policy in the future.",
        admin.put_key_policy, KeyId=KEY, Policy=json.dumps(hers_alone))

step("another account needs a yes from both sides")
bob = as_user("staging", "bob", policy(allow("kms:*", ARN)))
his = client(bob, "kms")


def bob_sees_nothing(action: str, what: str = "this resource") -> str:
    return denied(BOB, f"{action} on {what}", HIDDEN)


refused("AccessDeniedException", bob_sees_nothing("kms:Encrypt"), his.encrypt, KeyId=ARN, Plaintext=b"x")
refused("AccessDeniedException", bob_sees_nothing("kms:Encrypt"), his.encrypt, KeyId=ARN.replace(KEY, gone), Plaintext=b"x")
shared = ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey", "kms:ScheduleKeyDeletion"]
under(KEY, ROOT, allow(shared, Principal={"AWS": BOB}))
theirs = his.encrypt(KeyId=f"arn:aws:kms:us-east-1:{TOOLS}:alias/app", Plaintext=b"shared")
same("ours", admin.decrypt(CiphertextBlob=theirs["CiphertextBlob"])["Plaintext"], b"shared")
same("described", his.describe_key(KeyId=ARN)["KeyMetadata"]["AWSAccountId"], TOOLS)
refused("AccessDeniedException", bob_sees_nothing("kms:ScheduleKeyDeletion"), his.schedule_key_deletion, KeyId=ARN)
given("staging", "bob", allow("s3:*"))
text = denied(BOB, "kms:Encrypt", NO_IDENTITY.format("kms:Encrypt"), ARN)
refused("AccessDeniedException", text, his.encrypt, KeyId=ARN, Plaintext=b"x")

step("a grant with a constraint, given and taken back")
under(KEY, ROOT)
given("staging", "bob", allow("kms:*", ARN))
grant = admin.create_grant(
    KeyId=KEY, GranteePrincipal=BOB, RetiringPrincipal=BOB, Name="for-bob",
    Operations=["GenerateDataKey", "Decrypt"], Constraints={"EncryptionContextSubset": {"app": "one"}},
)
wanted = {"KeyId": ARN, "KeySpec": "AES_128"}
both = {"app": "one", "more": "two"}
lent = his.generate_data_key(**wanted, EncryptionContext=both, GrantTokens=[grant["GrantToken"]])
same("lent", his.decrypt(CiphertextBlob=lent["CiphertextBlob"], EncryptionContext=both)["Plaintext"], lent["Plaintext"])
refused("AccessDeniedException", bob_sees_nothing("kms:GenerateDataKey"), his.generate_data_key, **wanted, EncryptionContext={"more": "two"})
refused("AccessDeniedException", bob_sees_nothing("kms:Encrypt"), his.encrypt, KeyId=ARN, Plaintext=b"x", EncryptionContext=both)
listed = admin.list_grants(KeyId=KEY)["Grants"]
same("listed", [(one["GrantId"], one["Name"], one["GranteePrincipal"]) for one in listed], [(grant["GrantId"], "for-bob", BOB)])
same("constraint", listed[0]["Constraints"], {"EncryptionContextSubset": {"app": "one"}})
retirable = client("staging", "kms").list_retirable_grants(RetiringPrincipal=BOB)["Grants"]
same("retirable", [one["GrantId"] for one in retirable], [grant["GrantId"]])
his.retire_grant(KeyId=ARN, GrantId=grant["GrantId"])
refused("AccessDeniedException", bob_sees_nothing("kms:GenerateDataKey"), his.generate_data_key, **wanted, EncryptionContext=both)
again = admin.create_grant(KeyId=KEY, GranteePrincipal=BOB, Operations=["Encrypt"])
his.encrypt(KeyId=ARN, Plaintext=b"x")
admin.revoke_grant(KeyId=KEY, GrantId=again["GrantId"])
refused("AccessDeniedException", bob_sees_nothing("kms:Encrypt"), his.encrypt, KeyId=ARN, Plaintext=b"x")
refused("InvalidArnException", "Key Aliases are not supported for this operation.",
        admin.create_grant, KeyId="alias/app", GranteePrincipal=BOB, Operations=["Decrypt"])

step("rotation: ninety days later there is new material, and the old one still decrypts")
same("off", admin.get_key_rotation_status(KeyId=KEY)["KeyRotationEnabled"], False)
admin.enable_key_rotation(KeyId=KEY, RotationPeriodInDays=90)
same("period", admin.get_key_rotation_status(KeyId=KEY)["RotationPeriodInDays"], 90)
old = admin.encrypt(KeyId=KEY, Plaintext=b"old")["CiphertextBlob"]
move_clock("91d")
rotations = admin.list_key_rotations(KeyId=KEY)["Rotations"]
same("rotations", [one["RotationType"] for one in rotations], ["AUTOMATIC"])
first = admin.decrypt(CiphertextBlob=old)
same("old", first["Plaintext"], b"old")
second = admin.decrypt(CiphertextBlob=admin.encrypt(KeyId=KEY, Plaintext=b"new")["CiphertextBlob"])
assert first["KeyMaterialId"] != second["KeyMaterialId"], "rotated, and yet the material is the same"
admin.rotate_key_on_demand(KeyId=KEY)
rotations = admin.list_key_rotations(KeyId=KEY)["Rotations"]
same("rotations", sorted(one["RotationType"] for one in rotations), ["AUTOMATIC", "ON_DEMAND"])
same("old", admin.decrypt(CiphertextBlob=old)["Plaintext"], b"old")

step("aliases and tags as conditions")
admin.create_alias(AliasName="alias/live", TargetKeyId=KEY)
given(
    "tools", "alice",
    allow("kms:Encrypt", Condition={"StringEquals": {"aws:ResourceTag/team": "build"}}),
    allow("kms:Decrypt", Condition={"StringEquals": {"kms:RequestAlias": "alias/live"}}),
    allow("kms:GenerateDataKey", Condition={"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/live"}}),
)
tagged = hers.encrypt(KeyId=ARN, Plaintext=b"tagged")["CiphertextBlob"]
same("by alias", hers.decrypt(KeyId="alias/live", CiphertextBlob=tagged)["Plaintext"], b"tagged")
refused("AccessDeniedException", alice_may_not("kms:Decrypt"), hers.decrypt, KeyId=ARN, CiphertextBlob=tagged)
hers.generate_data_key(KeyId=ARN, KeySpec="AES_256")
NEXT = admin.create_key()["KeyMetadata"]["Arn"]
admin.update_alias(AliasName="alias/live", TargetKeyId=NEXT)
refused("AccessDeniedException", alice_may_not("kms:GenerateDataKey"), hers.generate_data_key, KeyId=ARN, KeySpec="AES_256")
admin.untag_resource(KeyId=KEY, TagKeys=["team"])
refused("AccessDeniedException", alice_may_not("kms:Encrypt"), hers.encrypt, KeyId=ARN, Plaintext=b"x")
admin.delete_alias(AliasName="alias/live")
refused("NotFoundException", f"Alias arn:aws:kms:us-east-1:{TOOLS}:alias/live is not found.",
        hers.decrypt, KeyId="alias/live", CiphertextBlob=tagged)

step("disabled, scheduled, cancelled, gone")
admin.disable_key(KeyId=KEY)
refused("DisabledException", f"{ARN} is disabled.", admin.encrypt, KeyId=KEY, Plaintext=b"x")
refused("DisabledException", f"{ARN} is disabled.", admin.decrypt, CiphertextBlob=old)
refused_cli("tools", "KMSInvalidStateException", f"{ARN} is not pending deletion.", "kms", "cancel-key-deletion", "--key-id", KEY)
scheduled = admin.schedule_key_deletion(KeyId=KEY, PendingWindowInDays=7)
same("scheduled", (scheduled["KeyState"], scheduled["PendingWindowInDays"]), ("PendingDeletion", 7))
refused("KMSInvalidStateException", f"{ARN} is pending deletion.", admin.enable_key, KeyId=KEY)
admin.cancel_key_deletion(KeyId=KEY)
same("state", admin.describe_key(KeyId=KEY)["KeyMetadata"]["KeyState"], "Disabled")
admin.enable_key(KeyId=KEY)
same("old", admin.decrypt(CiphertextBlob=old)["Plaintext"], b"old")
admin.schedule_key_deletion(KeyId=KEY, PendingWindowInDays=7)
move_clock("8d")
refused("NotFoundException", f"Key '{ARN}' does not exist", admin.describe_key, KeyId=KEY)
refused("NotFoundException", f"Alias arn:aws:kms:us-east-1:{TOOLS}:alias/app is not found.", admin.describe_key, KeyId="alias/app")

step("what is left is listed, page by page")
pages = admin.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 1})
same("keys", sorted(key["KeyArn"] for page in pages for key in page["Keys"]), sorted([OTHER, NEXT]))
same("by the CLI", len(cli("tools", "kms", "list-keys", "--page-size", "1")["Keys"]), 2)
