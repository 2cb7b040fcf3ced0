"""CloudTrail: what the event history tells of the calls of this very story, and what it keeps to itself."""

import json
from datetime import datetime, timedelta, timezone

from story import STAGING, TOOLS, allow, as_role, as_user, cli, client, denied, move_clock, policy, refused, same, step, trust

SECRET = "kept-from-the-trail"
ALICE = f"arn:aws:iam::{TOOLS}:user/alice"
trail, kms, s3 = (client("tools", service) for service in ("cloudtrail", "kms", "s3"))
iam, secrets, ssm = (client("tools", service) for service in ("iam", "secretsmanager", "ssm"))


def events(who=trail, **attribute) -> list:
    """The events with an attribute, newest first: as LookupEvents tells them, with the record read."""
    how = [{"AttributeKey": key, "AttributeValue": value} for key, value in attribute.items()]
    pages = who.get_paginator("lookup_events").paginate(LookupAttributes=how, PaginationConfig={"PageSize": 20})
    return [{**one, "record": json.loads(one["CloudTrailEvent"])} for page in pages for one in page["Events"]]


def names(found: list) -> list:
    return [one["EventName"] for one in found]


def last(name: str, who=trail) -> dict:
    """The record of the last call of an operation."""
    return events(who, EventName=name)[0]["record"]


def parts(record: dict, *wanted: str) -> dict:
    return {name: record.get(name) for name in wanted}


step("a key: made, used, and refused to somebody")
ARN = kms.create_key(Description="traced")["KeyMetadata"]["Arn"]
kms.create_alias(AliasName="alias/app", TargetKeyId=ARN)
context = {"app": "one"}
blob = kms.encrypt(KeyId="alias/app", Plaintext=SECRET.encode(), EncryptionContext=context)["CiphertextBlob"]
alice = as_user("tools", "alice")
text = denied(ALICE, "kms:Decrypt on the resource associated with this ciphertext",
              "because no identity-based policy allows the kms:Decrypt action")
refused("AccessDeniedException", text, client(alice, "kms").decrypt, CiphertextBlob=blob, EncryptionContext=context)
record = last("Decrypt")
same("error", parts(record, "errorCode", "errorMessage"), {"errorCode": "AccessDenied", "errorMessage": text})
who = record["userIdentity"]
same("who", parts(who, "type", "arn", "accountId", "accessKeyId", "userName"), {
    "type": "IAMUser", "arn": ALICE, "accountId": TOOLS, "accessKeyId": alice.key_id, "userName": "alice",
})
same("what", parts(record, "eventSource", "awsRegion", "readOnly", "managementEvent", "eventCategory", "recipientAccountId"), {
    "eventSource": "kms.amazonaws.com", "awsRegion": "us-east-1", "readOnly": True, "managementEvent": True,
    "eventCategory": "Management", "recipientAccountId": TOOLS,
})
same("parameters", record["requestParameters"], {"encryptionContext": context, "encryptionAlgorithm": "SYMMETRIC_DEFAULT"})
same("resources", record["resources"], [{"accountId": TOOLS, "type": "AWS::KMS::Key", "ARN": ARN}])
same("nothing answered", record["responseElements"], None)
kms.re_encrypt(CiphertextBlob=blob, SourceEncryptionContext=context, DestinationKeyId=ARN)
same("both algorithms", last("ReEncrypt")["requestParameters"], {
    "sourceEncryptionContext": context, "destinationKeyId": ARN,
    "sourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT", "destinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
})
kms.create_grant(KeyId=ARN, GranteePrincipal=ALICE, Operations=["Decrypt"])
same("no token", sorted(last("CreateGrant")["responseElements"]), ["grantId", "keyId"])

step("a bucket: management is told, objects are not, and S3 calls KMS as the caller")
s3.create_bucket(Bucket="traced")
s3.put_bucket_policy(Bucket="traced", Policy=json.dumps(policy(allow("s3:*", "arn:aws:s3:::traced", Principal={"AWS": TOOLS}))))
s3.put_object(Bucket="traced", Key="k", Body=b"x", ServerSideEncryption="aws:kms", SSEKMSKeyId=ARN)
same("policy", last("PutBucketPolicy")["requestParameters"]["bucketPolicy"]["Version"], "2012-10-17")
same("objects", names(events(EventName="PutObject")), [])
record = last("GenerateDataKey")
same("by S3", (record["userIdentity"]["userName"], record["userIdentity"]["invokedBy"], record["sourceIPAddress"]),
     ("admin", "AWS Internal", "AWS Internal"))
same("context", record["requestParameters"]["encryptionContext"], {"aws:s3:arn": "arn:aws:s3:::traced/k"})
same("of the bucket", names(events(ResourceName="traced")), ["PutBucketPolicy", "CreateBucket"])

step("a stranger at the bucket: each account has its own event of it, with one sharedEventID")
theirs = client("staging", "cloudtrail")
refused("AccessDenied", "Access Denied", client("staging", "s3").get_bucket_tagging, Bucket="traced")
owner, stranger = last("GetBucketTagging"), last("GetBucketTagging", theirs)
same("shared", owner["sharedEventID"], stranger["sharedEventID"])
assert owner["eventID"] != stranger["eventID"], "one event in two accounts"
same("the owner sees an account", sorted(owner["userIdentity"]), ["accountId", "principalId", "type"])
same("the stranger sees itself", stranger["userIdentity"]["arn"], f"arn:aws:iam::{STAGING}:user/admin")
same("refused", (owner["errorCode"], stranger["errorCode"]), ("AccessDenied", "AccessDenied"))

step("secrets stay out, of parameters and answers alike")
secrets.create_secret(Name="app", SecretString=SECRET)
secrets.get_secret_value(SecretId="app")
ssm.put_parameter(Name="/app", Value=SECRET, Type="SecureString")
ssm.put_parameter(Name="/plain", Value=SECRET, Type="String")
same("secret", sorted(last("CreateSecret")["requestParameters"]), ["clientRequestToken", "name"])
same("read", parts(last("GetSecretValue"), "requestParameters", "responseElements"),
     {"requestParameters": {"secretId": "app"}, "responseElements": None})
same("parameter", last("PutParameter")["requestParameters"]["value"], "HIDDEN_DUE_TO_SECURITY_REASONS")
same("by the service", last("GenerateDataKey")["userIdentity"]["invokedBy"], "secretsmanager.amazonaws.com")
refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", secrets.get_secret_value, SecretId="none")
same("failed", last("GetSecretValue")["errorCode"], "ResourceNotFoundException")

step("a role of another account: both accounts are told, with one sharedEventID")
ROLE = iam.create_role(
    RoleName="visited", Path="/guests/", AssumeRolePolicyDocument=json.dumps(trust({"AWS": STAGING}))
)["Role"]["Arn"]
guest = as_role("staging", ROLE, "visit")
host, home = last("AssumeRole"), last("AssumeRole", theirs)
same("shared", (host["sharedEventID"], host["requestID"]), (home["sharedEventID"], home["requestID"]))
same("recipients", (host["recipientAccountId"], home["recipientAccountId"]), (TOOLS, STAGING))
same("the host sees an account", sorted(host["userIdentity"]), ["accountId", "principalId", "type"])
same("home sees who it was", home["userIdentity"]["userName"], "admin")
same("credentials", sorted(host["responseElements"]["credentials"]), ["accessKeyId", "expiration"])
session = f"arn:aws:sts::{TOOLS}:assumed-role/visited/visit"
text = denied(session, "kms:ListKeys", "because no identity-based policy allows the kms:ListKeys action", "*")
refused("AccessDeniedException", text, client(guest, "kms").list_keys)
who = last("ListKeys")["userIdentity"]
same("the guest", (who["type"], who["arn"], who["accessKeyId"]), ("AssumedRole", session, guest.key_id))
issuer = who["sessionContext"]["sessionIssuer"]
same("issued by", parts(issuer, "type", "arn", "userName"), {"type": "Role", "arn": ROLE, "userName": "visited"})
same("without MFA", who["sessionContext"]["attributes"]["mfaAuthenticated"], "false")
text = denied(f"arn:aws:iam::{TOOLS}:user/alice", "sts:AssumeRole", "", ROLE).strip()
refused("AccessDenied", text, client(alice, "sts").assume_role, RoleArn=ROLE, RoleSessionName="visit")
same("refused", (last("AssumeRole")["errorCode"], last("AssumeRole")["errorMessage"]), ("AccessDenied", text))
refused("NoSuchEntity", "The user with name nobody cannot be found.", iam.get_user, UserName="nobody")
same("by its shape's name", last("GetUser")["errorCode"], "NoSuchEntityException")

step("found by each attribute")
same("user", names(events(Username="alice")), ["AssumeRole", "Decrypt"])
same("session", names(events(Username="visit")), ["ListKeys"])
same("key id", names(events(AccessKeyId=guest.key_id)), ["ListKeys"])
same("type", set(names(events(ResourceType="AWS::S3::Bucket"))), {"GetBucketTagging", "PutBucketPolicy", "CreateBucket"})
assert all(one["ReadOnly"] == "false" for one in events(ReadOnly="false"))
assert all(one["EventSource"] == "kms.amazonaws.com" for one in events(EventSource="kms.amazonaws.com"))
one = events(EventName="CreateBucket")[0]
same("id", names(events(EventId=one["EventId"])), ["CreateBucket"])
same("resources", one["Resources"], [{"ResourceType": "AWS::S3::Bucket", "ResourceName": "traced"}])
found = cli("tools", "cloudtrail", "lookup-events", "--lookup-attributes", "AttributeKey=EventName,AttributeValue=CreateBucket")
same("by the CLI", [one["Username"] for one in found["Events"]], ["admin"])
everything = json.dumps([one["record"] for one in events()])
assert SECRET not in everything, "a secret stands in the trail"
assert alice.secret not in everything and guest.secret not in everything, "a secret key stands in the trail"
assert guest.token not in everything, "a session token stands in the trail"

step("what LookupEvents refuses, and what it forgets")
now = datetime.now(timezone.utc)
refused("InvalidTimeRangeException", "The start time must not be after the end time.", trail.lookup_events,
        StartTime=now, EndTime=now - timedelta(hours=1))
refused("InvalidNextTokenException", "The token is not valid, or was issued for a request with other parameters.",
        trail.lookup_events, NextToken="no")
text = denied(ALICE, "cloudtrail:LookupEvents", "because no identity-based policy allows the cloudtrail:LookupEvents action")
refused("AccessDeniedException", text, client(alice, "cloudtrail").lookup_events)
same("elsewhere", names(events(client("tools", "cloudtrail", "eu-west-1"), EventName="CreateKey")), [])
move_clock("91d")
same("forgotten", names(events(EventName="CreateKey")), [])
